// A State's published exports of twenty years, by the mappings of docs/examples/transfers: what is in a record and what is
// told as lost add up to the file, reckoned here without either.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <tuple>
#include <vector>

#include "adapters/csv/row_walk.h"
#include "adapters/marking/states.h"
#include "gateway/cli/transfer_rows.h"

namespace tracegate {
namespace {

namespace fs = std::filesystem;

// Billionths of a euro; the file's sums are far below what this holds.
using Nanos = int64_t;
// Year, destination, category.
using Key = std::tuple<std::string, std::string, std::string>;
using Sums = std::map<Key, Nanos>;

std::string TextOf(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

// Written anew for this test: not by the mapping's number format.
Nanos NanosOf(const std::string& text) {
  return static_cast<Nanos>(std::stold(text) * 1e9L + 0.5L);
}

Nanos NanosOf(const v1::Money& money) { return money.units() * 1'000'000'000 + money.nanos(); }

class RealExports : public testing::Test {
 protected:
  // Skips the test where the file is not there.
  bool Open(const std::string& name, const std::string& mapping, const std::string& batch) {
    const fs::path file = fs::path(TRACEGATE_SOURCE_DIR) / ".." / "shared" / "data" / name;
    if (!fs::exists(file)) return false;
    text_ = TextOf(file);
    auto loaded = TransferMapping::Load(TRACEGATE_SOURCE_DIR "/docs/examples/transfers/" + mapping);
    EXPECT_TRUE(loaded.ok()) << loaded.status();
    if (!loaded.ok()) return true;
    auto rows = ReadTransferRows(name, text_, *loaded, batch);
    EXPECT_TRUE(rows.ok()) << rows.status();
    if (rows.ok()) rows_ = *std::move(rows);
    return true;
  }

  // The file's rows as they are, by the names of its first row.
  std::vector<std::map<std::string, std::string>> Cells(int rows_below) const {
    const RowFormat format = RowFormat::Delimited(',');
    RowWalk walk(format, text_);
    EXPECT_TRUE(walk.Next());
    const std::vector<std::string> header = walk.fields();
    for (int i = 0; i < rows_below; ++i) walk.Next();
    std::vector<std::map<std::string, std::string>> rows;
    while (walk.Next()) {
      auto& row = rows.emplace_back();
      for (size_t i = 0; i < header.size(); ++i) row[header[i]] = walk.fields()[i];
    }
    return rows;
  }

  // What the records say, by what `category` makes of a line.
  template <typename Category>
  Sums Recorded(Category category) const {
    Sums sums;
    for (const MappedTransfer& transfer : rows_.transfers) {
      const v1::TransferRecord& record = transfer.request.record();
      EXPECT_EQ(record.basis(), v1::TRANSFER_BASIS_ACTUAL);
      EXPECT_EQ(record.kind(), v1::TRANSFER_KIND_EXPORT);
      EXPECT_EQ(record.states().exporting(0), "FI");
      for (const v1::TransferLine& line : record.lines()) {
        EXPECT_EQ(line.value().currency(), "EUR");
        sums[{std::to_string(record.date().year()), record.states().importing(0),
              category(line)}] += NanosOf(line.value());
      }
    }
    return sums;
  }

  // Lines of the file of which a loss says that nothing is recorded.
  std::set<int64_t> LinesLost() const {
    std::set<int64_t> lines;
    for (const RowLoss& row : rows_.losses) {
      if (row.loss.stops) lines.insert(row.line);
    }
    return lines;
  }

  // How often each reason is given for what is not recorded.
  std::map<std::string, int> Reasons() const {
    std::map<std::string, int> reasons;
    for (const RowLoss& row : rows_.losses) {
      if (row.loss.stops) ++reasons["'" + row.loss.value + "' " + row.loss.reason];
    }
    return reasons;
  }

  static std::string StateOf(const std::string& name) {
    const State* state = StateCatalogue::Standard().Named(name);
    EXPECT_TRUE(state != nullptr) << name;
    return state == nullptr ? "" : state->code;
  }

  std::string text_;
  TransferRows rows_;
};

void ExpectEqual(const Sums& recorded, const Sums& file) {
  ASSERT_EQ(recorded.size(), file.size());
  for (const auto& [key, nanos] : file) {
    const auto& [year, state, category] = key;
    const auto found = recorded.find(key);
    ASSERT_TRUE(found != recorded.end()) << year << " " << state << " " << category;
    // Each row of the file is rounded to a billionth, at most a hundred of them to a sum.
    EXPECT_NEAR(static_cast<double>(found->second - nanos), 0, 100)
        << year << " " << state << " " << category;
  }
}

TEST_F(RealExports, OfMilitaryGoodsAddUpByYearDestinationAndListEntry) {
  if (!Open("fin_actual_exports_military.csv", "military.yaml", "fi-military")) {
    GTEST_SKIP() << "../shared/data/fin_actual_exports_military.csv is not there";
  }
  Sums file;
  size_t without_value = 0;
  size_t rifles = 0;
  size_t ammunition = 0;
  const auto cells = Cells(0);
  for (const auto& row : cells) {
    const std::string& value = row.at("Value of export (eur)");
    if (value == "N/A") {
      ++without_value;
      continue;
    }
    const std::string& number = row.at("Military List (ML) category number");
    const std::string& goods = row.at("Definition of material ");
    file[{row.at("Year"), StateOf(row.at("Country of destination")),
          number == "N/A" ? "" : number}] += NanosOf(value);
    const size_t sniper = goods.find("Sniper rifles and accessories");
    if (sniper != std::string::npos) ++rifles;
    if (number == "ML3" && goods != "Fire-control equipment") ++ammunition;
  }
  ExpectEqual(Recorded([](const v1::TransferLine& line) { return line.national_category(); }),
              file);

  EXPECT_EQ(rows_.rows, cells.size());
  EXPECT_EQ(rows_.lines + rows_.lines_lost, cells.size()) << "every row is recorded or told";
  EXPECT_EQ(rows_.lines_lost, without_value);
  EXPECT_EQ(LinesLost().size(), without_value);
  EXPECT_TRUE(rows_.skipped.empty());
  EXPECT_THAT(Reasons(), testing::ElementsAre(testing::Pair("'N/A' is no number such as 1234.5",
                                                            static_cast<int>(without_value))));

  // Only what the file can tell is in a category of Article 2(1).
  std::map<v1::ArmsCategory, size_t> categories;
  for (const MappedTransfer& transfer : rows_.transfers) {
    ++categories[transfer.request.record().lines(0).category()];
  }
  EXPECT_EQ(categories[v1::ARMS_CATEGORY_AMMUNITION], ammunition);
  EXPECT_LE(categories[v1::ARMS_CATEGORY_SMALL_ARMS_AND_LIGHT_WEAPONS], rifles);
  EXPECT_GT(categories[v1::ARMS_CATEGORY_SMALL_ARMS_AND_LIGHT_WEAPONS], rifles * 9 / 10)
      << "but for those that name silencers too";
  EXPECT_EQ(categories.size(), 3u) << "the rest is OTHER, with its entry of the list";
}

TEST_F(RealExports, OfCivilianArmsAddUpByYearDestinationAndCustomsCode) {
  if (!Open("fin_actual_exports_civilian.csv", "civilian.yaml", "fi-civilian")) {
    GTEST_SKIP() << "../shared/data/fin_actual_exports_civilian.csv is not there";
  }
  Sums file;
  Nanos all = 0;
  Nanos lost = 0;
  size_t lines = 0;
  size_t lines_lost = 0;
  const auto cells = Cells(2);
  for (const auto& row : cells) {
    Nanos total = 0;
    const std::string state = StateOf(row.at("Country of destination"));
    for (const auto& [name, value] : row) {
      if (!name.starts_with("93") || value == "0") continue;
      total += NanosOf(value);
      // A former State's exports cannot be ascribed to one that is there.
      if (state.size() == 4) {
        lost += NanosOf(value);
        ++lines_lost;
        continue;
      }
      ++lines;
      file[{row.at("Year"), state, name.substr(0, 6)}] += NanosOf(value);
    }
    EXPECT_EQ(total, NanosOf(row.at("Total value of exports (eur)"))) << "the file's own sum";
    all += total;
  }
  const Sums recorded = Recorded([](const v1::TransferLine& line) { return line.hs_code(); });
  ExpectEqual(recorded, file);
  Nanos in_records = 0;
  for (const auto& [key, nanos] : recorded) in_records += nanos;
  EXPECT_EQ(in_records + lost, all) << "what is recorded and what is told are all of it";
  EXPECT_EQ(rows_.rows, cells.size());
  EXPECT_EQ(rows_.lines, lines);
  EXPECT_EQ(rows_.lines_lost, lines_lost);
  for (const auto& [reason, count] : Reasons()) {
    EXPECT_EQ(reason,
              "'Yugoslavia' names Yugoslavia, which is no State any more; a code table may say "
              "which it is");
  }
}

TEST_F(RealExports, HaveTheSameRequestIdsInEveryRun) {
  if (!Open("fin_actual_exports_military.csv", "military.yaml", "fi-military")) {
    GTEST_SKIP() << "../shared/data/fin_actual_exports_military.csv is not there";
  }
  const TransferRows first = rows_;
  ASSERT_TRUE(Open("fin_actual_exports_military.csv", "military.yaml", "fi-military"));
  std::set<std::string> ids;
  ASSERT_EQ(rows_.transfers.size(), first.transfers.size());
  for (size_t i = 0; i < first.transfers.size(); ++i) {
    EXPECT_EQ(rows_.transfers[i].request.SerializeAsString(),
              first.transfers[i].request.SerializeAsString());
    ids.insert(first.transfers[i].request.request_id());
  }
  EXPECT_EQ(ids.size(), first.transfers.size());
}

}  // namespace
}  // namespace tracegate
