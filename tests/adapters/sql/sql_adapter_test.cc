#include "adapters/sql/sql_adapter.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <future>
#include <latch>
#include <thread>

#include "absl/time/clock.h"
#include "tests/adapters/sql/foreign_database.h"
#include "tests/adapters/sql/sql_calls.h"

namespace tracegate {
namespace {

using adapter::v1::FindResponse;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

// A registry in a SQLite file, and what is special about such.
class SqlAdapterTest : public SqlCalls {
 protected:
  SqlAdapterTest() : database_(::testing::UnitTest::GetInstance()->current_test_info()->name()) {}

  void OpenAdapter(const std::string& yaml = kYaml, int concurrency = 2, int queue_max = 16) {
    config::v1::SqlRegistry source;
    source.set_sqlite_file(database_.path());
    Open(source, yaml, concurrency, queue_max);
  }

  ForeignDatabase database_;
};

TEST_F(SqlAdapterTest, TakesNoOtherNumberForRemarksInAColumnOfAnyType) {
  const std::string yaml =
      "source: T\nrecord_number: ID\nserial_search: {column: SN, cell: NUMBER_FIRST}\n"
      "fields: [{column: SN, to: firearm.model}]\n";
  for (const char* type :
       {"", "TEXT", "INTEGER", "NUMERIC", "REAL", "BLOB", "TEXT COLLATE NOCASE"}) {
    database_.Run("DROP TABLE IF EXISTS T; CREATE TABLE T (ID, SN " + std::string(type) +
                  "); INSERT INTO T VALUES (1, 38125), (2, 38127), (3, 100000), (4, 381265), "
                  "(5, '38126 (x)'), (6, '38126a'), (7, '3812'), (8, 'zz')");
    OpenAdapter(yaml);
    EXPECT_THAT(Found(Spelled({"38126"})), ElementsAre("5")) << type;
    EXPECT_THAT(Found(Spelled({"38128"})), IsEmpty()) << type;
  }
}

TEST_F(SqlAdapterTest, ReadsAndLooksForTextInTheRegistrysCharacterSet) {
  // "Ж12" and "Ижмех" in windows-1251, and a byte that is no character of it.
  database_.Run(R"(CREATE TABLE W (ID TEXT, NR TEXT, M TEXT);
    INSERT INTO W VALUES ('1', CAST(X'C6313220' AS TEXT), CAST(X'C8E6ECE5F5' AS TEXT)),
                         (CAST(X'CE32' AS TEXT), CAST(X'C63133' AS TEXT), CAST(X'C898' AS TEXT)))");
  OpenAdapter(R"(
source: W
record_number: ID
serial_search: {column: NR, cell: NUMBER_ANYWHERE}
character_set: windows-1251
fields: [{column: M, to: firearm.manufacturer}]
)");
  auto found = Find(Patterned("Ж12*"));
  ASSERT_TRUE(found.ok()) << found.status();
  ASSERT_EQ(found->records().records_size(), 1);
  EXPECT_EQ(found->records().records(0).firearm().manufacturer().verbatim(), "Ижмех");
  EXPECT_EQ(found->records().records(0).losses_size(), 0);
  found = Find(Spelled({"Ж13", "日13"}));
  ASSERT_TRUE(found.ok()) << found.status();
  ASSERT_EQ(found->records().records_size(), 1);
  EXPECT_EQ(found->records().records(0).record_number(), "О2");
  EXPECT_EQ(found->records().records(0).firearm().manufacturer().verbatim(), "И\\x98");
  EXPECT_EQ(found->records().records(0).losses_size(), 1);
  EXPECT_THAT(Found(Spelled({"日13"})), IsEmpty());
  EXPECT_TRUE(GetRecord("О2").ok());
  EXPECT_EQ(ReasonOf(GetRecord("日2").status()), v1::REASON_RECORD_NOT_FOUND);
}

TEST_F(SqlAdapterTest, FindsNumbersInColumnsOfEveryType) {
  const std::string yaml =
      "source: T\nrecord_number: ID\nserial_search: {column: SN}\nfields: [{column: SN, to: "
      "firearm.model}]\n";
  for (const char* type : {"", "TEXT", "INTEGER", "NUMERIC", "BLOB"}) {
    database_.Run("DROP TABLE IF EXISTS T; CREATE TABLE T (ID, SN " + std::string(type) +
                  "); INSERT INTO T VALUES (7, 12345)");
    OpenAdapter(yaml);
    EXPECT_THAT(Found(Spelled({"12345"})), ElementsAre("7")) << type;
    EXPECT_THAT(Found(Spelled({"12346"})), IsEmpty()) << type;
    EXPECT_TRUE(GetRecord("7").ok()) << type;
    EXPECT_EQ(ReasonOf(GetRecord("07").status()), v1::REASON_RECORD_NOT_FOUND) << type;
  }
}

TEST_F(SqlAdapterTest, RefusesRequestsOutOfBounds) {
  database_.Run(kSchema);
  OpenAdapter();
  EXPECT_EQ(ReasonOf(Find(Spelled({})).status()), v1::REASON_FIELD_REQUIRED);
  EXPECT_EQ(ReasonOf(Find(Spelled({"1"}, 0)).status()), v1::REASON_FIELD_INVALID);
  EXPECT_EQ(ReasonOf(Find(Spelled({"1"}, 51)).status()), v1::REASON_FIELD_INVALID);
  EXPECT_EQ(ReasonOf(Find(Spelled({""})).status()), v1::REASON_FIELD_INVALID);
  EXPECT_EQ(ReasonOf(Find(Spelled({std::string(257, '1')})).status()), v1::REASON_FIELD_INVALID);
  EXPECT_TRUE(Find(Spelled({std::string(256, '1')})).ok());
  EXPECT_EQ(ReasonOf(Find(Spelled(std::vector<std::string>(65, "1"))).status()),
            v1::REASON_FIELD_TOO_LONG);
  EXPECT_TRUE(Find(Spelled(std::vector<std::string>(64, "1"))).ok());
  EXPECT_EQ(ReasonOf(Find(Patterned(std::string(129, '?'))).status()), v1::REASON_FIELD_TOO_LONG);
  EXPECT_EQ(ReasonOf(Find(Patterned("*1*2*3*4*5")).status()), v1::REASON_FIELD_TOO_LONG);
}

TEST_F(SqlAdapterTest, RefusesAMappingOfListsInARecord) {
  std::string yaml = kYaml;
  const std::string number = "    record_number: ОРУЖЈЕ\n";
  yaml.erase(yaml.find(number), number.size());
  SqlAdapter::Options options{
      .name = "zastava", .state = "RS", .source = {}, .mapping = MappingOf(yaml)};
  options.source.set_sqlite_file(database_.path());
  const absl::Status status = SqlAdapter::Open(std::move(options)).status();
  EXPECT_EQ(ReasonOf(status), v1::REASON_CONFIG_INVALID);
  EXPECT_THAT(std::string(status.message()),
              HasSubstr("sql.mapping: has events[0].source without record_number"));
}

TEST_F(SqlAdapterTest, DescribesWhatItCovers) {
  OpenAdapter();
  const auto description = adapter_->Describe();
  EXPECT_EQ(description.name(), "zastava");
  EXPECT_THAT(description.states(), ElementsAre("RS"));
  EXPECT_TRUE(description.partial_serials());
}

TEST_F(SqlAdapterTest, WorksOnceAMissingFileAppears) {
  OpenAdapter();
  const absl::Status missing = Find(Spelled({"42"})).status();
  EXPECT_EQ(ReasonOf(missing), v1::REASON_REGISTRY_UNAVAILABLE);
  EXPECT_EQ(missing.code(), absl::StatusCode::kUnavailable);
  EXPECT_THAT(std::string(missing.message()), HasSubstr("registry 'zastava'"));
  EXPECT_THAT(std::string(missing.message()), Not(HasSubstr("registry.db")));
  EXPECT_EQ(ReasonOf(Health()), v1::REASON_REGISTRY_UNAVAILABLE);
  EXPECT_FALSE(std::filesystem::exists(database_.path())) << "it was not made by looking";
  database_.Run(kSchema);
  EXPECT_TRUE(Health().ok());
  EXPECT_THAT(Found(Spelled({"42"})), ElementsAre("1"));
}

TEST_F(SqlAdapterTest, SeesTheFileThatIsThereNow) {
  database_.Run(kSchema);
  OpenAdapter(kYaml, 1);
  EXPECT_THAT(Found(Spelled({"42"})), ElementsAre("1"));
  database_.Disconnect();
  std::filesystem::rename(database_.path(), database_.path() + ".old");
  EXPECT_EQ(ReasonOf(Find(Spelled({"42"})).status()), v1::REASON_REGISTRY_UNAVAILABLE)
      << "not an answer from a file that was taken away";
  database_.Run(kSchema);
  database_.Run("UPDATE ОРУЖЈЕ SET БРОЈ = 'new' WHERE СЕРИЈСКИ = '42'");
  EXPECT_THAT(Found(Spelled({"42"})), ElementsAre("new"));
  database_.Run("UPDATE ОРУЖЈЕ SET БРОЈ = 'newer' WHERE СЕРИЈСКИ = '42'");
  EXPECT_THAT(Found(Spelled({"42"})), ElementsAre("newer"));
}

TEST_F(SqlAdapterTest, SurvivesGarbageInPlaceOfTheDatabase) {
  database_.Run(kSchema);
  OpenAdapter(kYaml, 1);
  EXPECT_THAT(Found(Spelled({"42"})), ElementsAre("1"));
  database_.Disconnect();
  std::string good(4096, '\0');
  std::ifstream(database_.path(), std::ios::binary).read(good.data(), 4096);
  database_.Overwrite(std::string(4096, '\xA5'));
  EXPECT_EQ(ReasonOf(Find(Spelled({"42"})).status()), v1::REASON_REGISTRY_UNAVAILABLE);
  EXPECT_EQ(ReasonOf(Health()), v1::REASON_REGISTRY_UNAVAILABLE);
  std::filesystem::resize_file(database_.path(), 4096);
  EXPECT_EQ(ReasonOf(Find(Spelled({"42"})).status()), v1::REASON_REGISTRY_UNAVAILABLE);
  std::filesystem::remove(database_.path());
  database_.Run(kSchema);
  EXPECT_THAT(Found(Spelled({"42"})), ElementsAre("1"));
}

TEST_F(SqlAdapterTest, TakesNothingElseForADatabase) {
  OpenAdapter();
  const auto reason = [&] { return ReasonOf(Find(Spelled({"42"})).status()); };
  std::ofstream(database_.path()).put('x');
  EXPECT_EQ(reason(), v1::REASON_REGISTRY_UNAVAILABLE);
  std::filesystem::resize_file(database_.path(), 0);
  EXPECT_EQ(reason(), v1::REASON_REGISTRY_UNAVAILABLE) << "one that is being copied begins empty";
  std::filesystem::remove(database_.path());
  std::filesystem::create_directory(database_.path());
  EXPECT_EQ(reason(), v1::REASON_REGISTRY_UNAVAILABLE);
  std::filesystem::remove(database_.path());
  ASSERT_EQ(mkfifo(database_.path().c_str(), 0600), 0);
  EXPECT_EQ(reason(), v1::REASON_REGISTRY_UNAVAILABLE) << "without waiting for a writer";
  std::filesystem::remove(database_.path());
  database_.Run("CREATE TABLE other (a)");
  EXPECT_EQ(reason(), v1::REASON_REGISTRY_MISMATCH);
}

TEST_F(SqlAdapterTest, WaitsForALockNoLongerThanTheCallHasTime) {
  database_.Run(kSchema);
  OpenAdapter(kYaml, 1);
  for (const bool was_open : {false, true}) {
    database_.Run("BEGIN EXCLUSIVE");
    const absl::Status busy =
        Find(Spelled({"42"}), {absl::Now() + absl::Milliseconds(60), {}}).status();
    EXPECT_EQ(ReasonOf(busy), v1::REASON_REGISTRY_BUSY) << was_open << " " << busy;
    EXPECT_EQ(busy.code(), absl::StatusCode::kUnavailable);
    EXPECT_EQ(DetailOf(busy).retry_after().seconds(), 1);
    EXPECT_EQ(ReasonOf(Health({absl::Now() + absl::Milliseconds(30), {}})),
              v1::REASON_REGISTRY_BUSY);
    database_.Run("COMMIT");
    EXPECT_THAT(Found(Spelled({"42"})), ElementsAre("1"));
  }
}

TEST_F(SqlAdapterTest, LeavesNoLockBehind) {
  database_.Run(kSchema);
  OpenAdapter();
  EXPECT_TRUE(Find(Spelled({"42"})).ok());
  EXPECT_TRUE(Find(Spelled({"none"})).ok());
  EXPECT_TRUE(Find(Spelled({"MANY"}, 1)).ok());
  EXPECT_TRUE(Health().ok());
  database_.Run("BEGIN EXCLUSIVE; UPDATE ОРУЖЈЕ SET МАРКА = 'Y'; COMMIT");
}

TEST_F(SqlAdapterTest, AnswersAWaitingCallOnceTheLockIsGone) {
  database_.Run(kSchema);
  OpenAdapter(kYaml, 1);
  database_.Run("BEGIN EXCLUSIVE");
  std::promise<absl::StatusOr<FindResponse>> answered;
  adapter_->Find({}, Spelled({"42"}), [&](auto answer) { answered.set_value(std::move(answer)); });
  database_.Run("COMMIT");
  EXPECT_TRUE(answered.get_future().get().ok());
}

TEST_F(SqlAdapterTest, RefusesCallsThatAreOver) {
  database_.Run(kSchema);
  OpenAdapter();
  const absl::Status late = Find(Spelled({"42"}), {absl::Now() - absl::Seconds(1), {}}).status();
  EXPECT_EQ(late.code(), absl::StatusCode::kDeadlineExceeded);
  std::stop_source source;
  source.request_stop();
  const absl::Status stopped =
      Find(Spelled({"42"}), {absl::InfiniteFuture(), source.get_token()}).status();
  EXPECT_EQ(stopped.code(), absl::StatusCode::kCancelled);
}

// A search that takes longer than anybody waits: every row is made by counting to a billion.
constexpr char kEndless[] = R"(
CREATE VIEW ENDLESS AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<1000000000)
  SELECT i AS ID, 'X'||i AS SN FROM n;
)";
constexpr char kEndlessYaml[] =
    "source: ENDLESS\nrecord_number: ID\nserial_search: {column: SN}\nfields: [{column: SN, to: "
    "firearm.model}]\n";

TEST_F(SqlAdapterTest, BreaksOffAtTheDeadline) {
  database_.Run(kEndless);
  OpenAdapter(kEndlessYaml);
  const absl::Status status =
      Find(Spelled({"none"}), {absl::Now() + absl::Milliseconds(50), {}}).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kDeadlineExceeded) << status;
}

TEST_F(SqlAdapterTest, BreaksOffWhenCancelled) {
  database_.Run(kEndless);
  OpenAdapter(kEndlessYaml);
  std::stop_source source;
  std::promise<absl::Status> answered;
  adapter_->Find({absl::InfiniteFuture(), source.get_token()}, Spelled({"none"}),
                 [&](auto answer) { answered.set_value(answer.status()); });
  source.request_stop();
  EXPECT_EQ(answered.get_future().get().code(), absl::StatusCode::kCancelled);
}

TEST_F(SqlAdapterTest, CancelsWhatIsInFlightWhenDestroyed) {
  database_.Run(kEndless);
  OpenAdapter(kEndlessYaml, 1, 4);
  std::atomic<int> cancelled = 0;
  for (int i = 0; i < 4; ++i) {
    adapter_->Find({}, Spelled({"none"}), [&](auto answer) {
      cancelled += answer.status().code() == absl::StatusCode::kCancelled ? 1 : 0;
    });
  }
  adapter_.reset();
  EXPECT_EQ(cancelled, 4) << "every callback ran before the destructor returned";
}

TEST_F(SqlAdapterTest, RefusesCallsPastItsQueueWithAHint) {
  database_.Run(kSchema);
  OpenAdapter(kYaml, 1, 1);
  std::latch started(1), release(1);
  std::promise<void> second_done;
  adapter_->Find({}, Spelled({"42"}), [&](auto) {
    started.count_down();
    release.wait();
  });
  started.wait();
  adapter_->Find({}, Spelled({"42"}), [&](auto answer) {
    EXPECT_TRUE(answer.ok());
    second_done.set_value();
  });
  const absl::Status refused = Find(Spelled({"42"})).status();
  EXPECT_EQ(ReasonOf(refused), v1::REASON_OVERLOADED);
  EXPECT_EQ(refused.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_GT(DetailOf(refused).retry_after().seconds(), 0);
  release.count_down();
  second_done.get_future().wait();
  EXPECT_TRUE(Find(Spelled({"42"})).ok());
}

TEST_F(SqlAdapterTest, AnswersEightThreadsAtOnce) {
  database_.Run(kSchema);
  OpenAdapter(kYaml, 4, 64);
  std::atomic<int> right = 0;
  std::vector<std::thread> callers;
  for (int i = 0; i < 8; ++i) {
    callers.emplace_back([&, i] {
      const std::string serial = i % 2 == 0 ? "42" : "00042";
      const std::string number = i % 2 == 0 ? "1" : "001";
      for (int j = 0; j < 100; ++j) {
        const absl::StatusOr<FindResponse> response = Find(Spelled({serial}));
        if (response.ok() && response->records().records_size() == 1 &&
            response->records().records(0).record_number() == number) {
          ++right;
        }
      }
    });
  }
  for (std::thread& caller : callers) caller.join();
  EXPECT_EQ(right, 800);
}

TEST_F(SqlAdapterTest, NeverWritesToTheRegistry) {
  database_.Run(kSchema);
  OpenAdapter();
  database_.Disconnect();
  const auto before = std::filesystem::last_write_time(database_.path());
  EXPECT_TRUE(Find(Spelled({"42"})).ok());
  EXPECT_EQ(std::filesystem::last_write_time(database_.path()), before);
  EXPECT_FALSE(std::filesystem::exists(database_.path() + "-journal"));
}

TEST(SqlAdapterOptions, AreChecked) {
  const auto reason_with = [](auto change) {
    SqlAdapter::Options options{"zastava", "RS", {}, MappingOf(kYaml)};
    options.source.set_sqlite_file("registry.db");
    change(options);
    const auto opened = SqlAdapter::Open(std::move(options));
    return opened.ok() ? v1::REASON_UNSPECIFIED : DetailOf(opened.status()).reason();
  };
  EXPECT_EQ(reason_with([](auto&) {}), v1::REASON_UNSPECIFIED);
  EXPECT_EQ(reason_with([](auto& o) { o.name = ""; }), v1::REASON_CONFIG_INVALID);
  EXPECT_EQ(reason_with([](auto& o) { o.state = "Rs"; }), v1::REASON_CONFIG_INVALID);
  EXPECT_EQ(reason_with([](auto& o) { o.source.clear_sqlite_file(); }), v1::REASON_CONFIG_INVALID);
  EXPECT_EQ(reason_with([](auto& o) { o.source.set_odbc("DSN=arms"); }), v1::REASON_CONFIG_INVALID)
      << "two databases";
  EXPECT_EQ(reason_with([](auto& o) {
              o.mapping = MappingOf("character_set: windows-1251\n" + std::string(kYaml));
            }),
            v1::REASON_UNSPECIFIED);
  EXPECT_EQ(reason_with([](auto& o) {
              o.mapping = MappingOf("character_set: Shift_JIS\n" + std::string(kYaml));
            }),
            v1::REASON_CONFIG_INVALID);
  EXPECT_EQ(reason_with([](auto& o) { o.concurrency = 0; }), v1::REASON_CONFIG_INVALID);
  EXPECT_EQ(reason_with([](auto& o) { o.concurrency = 65; }), v1::REASON_CONFIG_INVALID);
  EXPECT_EQ(reason_with([](auto& o) { o.queue_max = -1; }), v1::REASON_CONFIG_INVALID);
  EXPECT_EQ(reason_with([](auto& o) { o.timeout = absl::ZeroDuration(); }),
            v1::REASON_CONFIG_INVALID);
}

}  // namespace
}  // namespace tracegate
