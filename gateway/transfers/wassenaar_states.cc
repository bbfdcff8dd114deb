#include "gateway/transfers/wassenaar_states.h"

#include <utility>

#include "adapters/marking/csv_table.h"
#include "adapters/marking/standard_table.h"
#include "adapters/marking/states.h"

namespace tracegate {
namespace {

constexpr std::string_view kTable = "wassenaar_states.csv";

}  // namespace

absl::StatusOr<std::unique_ptr<WassenaarStates>> WassenaarStates::Parse(std::string_view csv) {
  const auto rows = ReadCsv(csv, "code,since,source");
  if (!rows.ok()) return rows.status();
  auto states = std::make_unique<WassenaarStates>();
  for (const CsvRow& row : *rows) {
    const State* state = StateCatalogue::Standard().Find(row.fields[0]);
    if (state == nullptr || state->IsFormer()) {
      return TableFault(kTable, row.line, "names no present State");
    }
    absl::CivilDay since;
    if (!absl::ParseCivilTime(row.fields[1], &since)) {
      return TableFault(kTable, row.line, "has no day such as 2017-12-08");
    }
    if (row.fields[2].empty()) return TableFault(kTable, row.line, "has no source");
    if (!states->since_.emplace(row.fields[0], since).second) {
      return TableFault(kTable, row.line, "repeats a State");
    }
  }
  return states;
}

const WassenaarStates& WassenaarStates::Standard() {
  static const WassenaarStates* const kStates = MustParse(Parse(WassenaarStatesCsv()));
  return *kStates;
}

bool WassenaarStates::TookPart(std::string_view state, absl::CivilDay day) const {
  const auto found = since_.find(std::string(state));
  return found != since_.end() && found->second <= day;
}

}  // namespace tracegate
