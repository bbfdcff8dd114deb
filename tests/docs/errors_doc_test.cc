// docs/reference/errors.md explains every reason of reason.proto, once, with its code, and nothing else.

#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "protos/tracegate/failure.h"
#include "tracegate/v1/reason.pb.h"

namespace tracegate {
namespace {

struct Row {
  std::string code;
  std::string meaning;
  std::string cure;
};

using Rows = std::multimap<std::string, Row>;

std::string Trimmed(const std::string& text) {
  const size_t first = text.find_first_not_of(' ');
  if (first == std::string::npos) return "";
  return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

// The cells of "| a | b |"; none where the line is no row of a table.
std::vector<std::string> CellsOf(const std::string& line) {
  std::vector<std::string> cells;
  if (line.empty() || line.front() != '|') return cells;
  for (size_t begin = 1, end; (end = line.find('|', begin)) != std::string::npos; begin = end + 1) {
    cells.push_back(Trimmed(line.substr(begin, end - begin)));
  }
  return cells;
}

// Every row of every table, without headings and rules.
Rows RowsIn(std::istream& page) {
  Rows rows;
  for (std::string line; std::getline(page, line);) {
    const auto cells = CellsOf(line);
    if (cells.empty() || cells[0] == "reason" || cells[0].starts_with("---")) continue;
    EXPECT_EQ(cells.size(), 4u) << line;
    if (cells.size() == 4) rows.emplace(cells[0], Row{cells[1], cells[2], cells[3]});
  }
  return rows;
}

Rows RowsOfThePage() {
  std::ifstream page(TRACEGATE_SOURCE_DIR "/docs/reference/errors.md");
  EXPECT_TRUE(page.is_open());
  return RowsIn(page);
}

std::set<std::string> ReasonNames() {
  std::set<std::string> names;
  const auto& reasons = *v1::Reason_descriptor();
  for (int i = 0; i < reasons.value_count(); ++i) {
    names.insert(ReasonName(static_cast<v1::Reason>(reasons.value(i)->number())));
  }
  return names;
}

TEST(ErrorsPage, ExplainsEveryReasonOnceWithItsCode) {
  const Rows rows = RowsOfThePage();
  for (const std::string& name : ReasonNames()) {
    ASSERT_EQ(rows.count(name), 1u) << name;
    const Row& row = rows.find(name)->second;
    EXPECT_EQ(row.code, absl::StatusCodeToString(CodeOf(ReasonNamed(name)))) << name;
    EXPECT_FALSE(row.meaning.empty()) << name;
    EXPECT_FALSE(row.cure.empty()) << name;
  }
}

TEST(ErrorsPage, HasNoRowForAnythingElse) {
  const auto names = ReasonNames();
  for (const auto& [name, row] : RowsOfThePage()) EXPECT_TRUE(names.contains(name)) << name;
}

}  // namespace
}  // namespace tracegate
