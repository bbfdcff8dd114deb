#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <numeric>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "SQLiteCpp/Database.h"
#include "absl/strings/numbers.h"
#include "gtest/gtest.h"
#include "tests/gateway/storage/example_rows.h"
#include "tests/gateway/storage/sqlite_place.h"

namespace tracegate {
namespace {

// What stands in the store's files, whoever reads them.
std::string BytesIn(const SqlitePlace& place) {
  std::string bytes;
  for (const char* end : {"", "-wal", "-shm"}) {
    std::ifstream file(place.file() + end, std::ios::binary);
    bytes.append(std::istreambuf_iterator<char>(file), {});
  }
  return bytes;
}

std::string Marked(char what, int number) {
  return std::string("<") + what + std::to_string(100000 + number) + ">";
}

class SqliteErasure : public testing::Test {
 protected:
  bool IsOnDisk(const std::string& bytes) const {
    return BytesIn(place_).find(bytes) != std::string::npos;
  }

  // Entries and ended traces with marks of their own in all that is to go. `content_bytes`: of the entry of a number.
  template <typename Size>
  void CommitMarked(int first, int last, Size content_bytes) {
    WriteBatch batch;
    for (int number = first; number <= last; ++number) {
      const size_t bytes = content_bytes(number);
      EntryRow& row = batch.entries.emplace_back(ExampleEntry(number));
      row.salt = Marked('S', number) + std::string(23, 's');
      row.content = Marked('C', number) + std::string(bytes, '.') + Marked('D', number);
      TraceRow& trace = batch.traces.emplace_back(ExampleTrace(0));
      trace.trace_id = TraceId(number);
      trace.request_id = "request " + trace.trace_id;
      trace.serial_number = Marked('N', number);
      trace.body = Marked('B', number) + std::string(bytes % 5000, ',');
    }
    const std::vector<TraceRow> begun = batch.traces;
    for (TraceRow trace : begun) {  // as they go on
      trace.body += std::string(2000, ';');
      if (trace.trace_id.back() % 3 == 0) batch.traces.push_back(std::move(trace));
    }
    for (int number = first; number <= last; ++number) {
      TraceRow& trace = batch.traces.emplace_back(begun[static_cast<size_t>(number - first)]);
      trace.open = false;
      trace.body = "";
      trace.reply_entry = number;
      trace.reply_receipt = Marked('R', number) + std::string(700, 'r');
    }
    ASSERT_TRUE(store_->Commit(batch).ok());
  }

  // 1,500 of them, in commits of 30.
  template <typename Size>
  std::vector<int> CommitMany(Size content_bytes) {
    std::vector<int> all(1500);
    std::iota(all.begin(), all.end(), 0);
    for (int i = 0; i < 1500; i += 30) CommitMarked(i, i + 29, content_bytes);
    return all;
  }

  static std::string TraceId(int number) { return "T" + std::to_string(100000 + number); }

  absl::Status Erase(const std::vector<int>& numbers, bool sweep) {
    WriteBatch batch;
    for (const int number : numbers) {
      batch.erasure.entries.push_back(number);
      batch.erasure.traces.push_back(TraceId(number));
    }
    batch.erasure.sweep = sweep;
    return store_->Commit(batch);
  }

  int LeftOf(const std::vector<int>& numbers) const {
    const std::set<int> gone(numbers.begin(), numbers.end());
    const std::string bytes = BytesIn(place_);
    int left = 0;
    for (size_t at = bytes.find('<'); at != std::string::npos; at = bytes.find('<', at + 1)) {
      const std::string mark = bytes.substr(at, Marked('C', 0).size());
      int number = 0;
      if (mark.back() != '>' || !absl::SimpleAtoi(mark.substr(2, 6), &number)) continue;
      if (!gone.contains(number - 100000)) continue;
      ++left;
      ADD_FAILURE() << mark << " is still there";
    }
    return left;
  }

  SqlitePlace place_;
  std::unique_ptr<SqliteRecordStore> store_ = place_.Open();
};

TEST_F(SqliteErasure, LeavesNothingInTheFilesWhileTheStoreIsOpenNorAfter) {
  CommitMarked(0, 5, [](int number) { return size_t{number == 2 ? 60'000u : 300u}; });
  for (const char what : {'S', 'C', 'D', 'N', 'R'}) EXPECT_TRUE(IsOnDisk(Marked(what, 2)));
  ASSERT_TRUE(Erase({1, 2, 4}, true).ok());
  EXPECT_EQ(LeftOf({1, 2, 4}), 0);
  EXPECT_EQ(std::filesystem::file_size(place_.file() + "-wal"), 0u);
  EXPECT_TRUE(IsOnDisk(Marked('C', 3)));
  CommitMarked(6, 6, [](int) { return 300; });
  EXPECT_EQ(LeftOf({1, 2, 4}), 0);
  store_.reset();
  EXPECT_EQ(LeftOf({1, 2, 4}), 0);
  EXPECT_TRUE(IsOnDisk(Marked('C', 3)));
}

// SQLite moves rows when it splits and joins pages; a copy of one may stay behind in a page's unused part.
TEST_F(SqliteErasure, LeavesNoCopyInPagesThatWereSplitOrJoined) {
  std::minstd_rand random(7);
  std::vector<int> order = CommitMany(
      [&](int number) { return number % 50 == 0 ? size_t{20'000} : 20 + random() % 1500; });
  std::shuffle(order.begin(), order.end(), random);
  std::vector<int> gone;
  for (auto next = order.begin(); next != order.end(); next += 250) {
    ASSERT_TRUE(Erase({next, next + 250}, true).ok());
    gone.insert(gone.end(), next, next + 250);
    ASSERT_EQ(LeftOf(gone), 0) << gone.size();
  }
}

TEST_F(SqliteErasure, SweepsWhenItOpensWhatAKilledGatewayDidNot) {
  const std::vector<int> all = CommitMany([](int number) { return 300 + number % 1000; });
  ASSERT_TRUE(Erase(all, false).ok());
  store_.reset();
  store_ = place_.Open();
  EXPECT_EQ(LeftOf(all), 0);
}

TEST_F(SqliteErasure, EmptiesTheWriteAheadLogLaterWhereAReaderIsInTheWay) {
  CommitMarked(0, 2, [](int) { return 300; });
  {
    SQLite::Database reader(place_.file(), SQLite::OPEN_READONLY);
    reader.exec("BEGIN");
    reader.execAndGet("SELECT count(*) FROM entry");
    ASSERT_TRUE(Erase({1}, true).ok());
    EXPECT_TRUE(IsErased(*store_->ReadEntry(1)));
  }
  CommitMarked(3, 3, [](int) { return 300; });
  EXPECT_EQ(LeftOf({1}), 0);
}

}  // namespace
}  // namespace tracegate
