#include "adapters/marking/states.h"

#include <utility>

#include "adapters/marking/csv_table.h"
#include "adapters/marking/standard_table.h"
#include "adapters/marking/tables.h"
#include "adapters/marking/text.h"

namespace tracegate {
namespace {

constexpr std::string_view kTable = "states.csv";
constexpr std::string_view kMadeIn[] = {
    "MADEIN",        "FABRICADOEN",    "FABRICADOEM", "FABRIQUEEN", "FABRIQUEAU",
    "HERGESTELLTIN", "MANUFACTUREDIN", "HECHOEN",     "INDUSTRIA",  "ASSEMBLEDIN"};

}  // namespace

absl::StatusOr<std::unique_ptr<StateCatalogue>> StateCatalogue::Parse(std::string_view csv) {
  auto rows = ReadCsv(csv, "code,name,aliases,successors,source");
  if (!rows.ok()) return rows.status();
  auto catalogue = std::make_unique<StateCatalogue>();
  for (const CsvRow& row : *rows) {
    State state{row.fields[0], row.fields[1], {}};
    if (row.fields[4].empty()) return TableFault(kTable, row.line, "has no source");
    for (const std::string_view code : ListOf(row.fields[3])) state.successors.emplace_back(code);
    if (state.code.size() != (state.IsFormer() ? 4u : 2u)) {
      return TableFault(kTable, row.line,
                        "has a code that is not alpha-2 of a present State or alpha-4 of a former");
    }
    const size_t index = catalogue->states_.size();
    if (!catalogue->codes_.emplace(state.code, index).second)
      return TableFault(kTable, row.line, "repeats a code");
    std::vector<std::string_view> names = ListOf(row.fields[2]);
    names.insert(names.end(), {state.code, state.name});
    for (const std::string_view name : names) {
      const absl::Status added = catalogue->Add(name, index);
      if (!added.ok()) {
        return TableFault(kTable, row.line,
                          std::string(added.message().data(), added.message().size()));
      }
    }
    catalogue->states_.push_back(std::move(state));
  }
  for (const State& state : catalogue->states_) {
    for (const std::string& code : state.successors) {
      const State* successor = catalogue->Find(code);
      if (successor == nullptr || successor->IsFormer()) {
        return absl::InternalError("states.csv gives " + state.code + " the successor " + code +
                                   ", which is no present State");
      }
    }
  }
  return catalogue;
}

absl::Status StateCatalogue::Add(std::string_view name, size_t state) {
  const std::string key = FoldWord(name);
  if (key.empty()) return absl::InternalError("has a name without letters");
  const auto [found, added] = names_.emplace(key, state);
  if (!added && found->second != state) {
    return absl::InternalError("gives '" + std::string(name) + "' to a second State");
  }
  return absl::OkStatus();
}

const StateCatalogue& StateCatalogue::Standard() {
  static const StateCatalogue* const kCatalogue = MustParse(Parse(StatesCsv()));
  return *kCatalogue;
}

const State* StateCatalogue::Find(std::string_view code) const {
  const auto found = codes_.find(std::string(code));
  return found == codes_.end() ? nullptr : &states_[found->second];
}

const State* StateCatalogue::Named(std::string_view text) const {
  const std::string folded = FoldWord(text);
  auto found = names_.find(folded);
  for (const std::string_view prefix : kMadeIn) {
    if (found != names_.end()) break;
    if (folded.rfind(prefix, 0) == 0) found = names_.find(folded.substr(prefix.size()));
  }
  return found == names_.end() ? nullptr : &states_[found->second];
}

v1::Country StateCatalogue::Read(const v1::Country& country) const {
  v1::Country read = country;
  if (!country.iso_code().empty()) return read;
  if (const State* state = Named(country.verbatim()); state != nullptr)
    read.set_iso_code(state->code);
  return read;
}

}  // namespace tracegate
