#include "adapters/marking/symbols.h"

#include <algorithm>

#include "adapters/marking/csv_table.h"
#include "adapters/marking/standard_table.h"
#include "adapters/marking/tables.h"
#include "adapters/marking/text.h"

namespace tracegate {
namespace {

constexpr std::string_view kTable = "symbols.csv";
constexpr std::string_view kAnyNumber = "#";

bool IsNumber(std::string_view code) {
  return !code.empty() &&
         std::all_of(code.begin(), code.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

absl::StatusOr<std::unique_ptr<SymbolCatalogue>> SymbolCatalogue::Parse(
    std::string_view csv, const MakerCatalogue& makers) {
  auto rows = ReadCsv(csv, "shape,code,kinds,makers,states,certain,trap,source");
  if (!rows.ok()) return rows.status();
  auto catalogue = std::make_unique<SymbolCatalogue>();
  for (const CsvRow& row : *rows) {
    const absl::Status added = catalogue->AddRow(row.fields, makers);
    if (!added.ok())
      return TableFault(kTable, row.line, {added.message().data(), added.message().size()});
  }
  return catalogue;
}

absl::Status SymbolCatalogue::AddRow(const std::vector<std::string>& fields,
                                     const MakerCatalogue& makers) {
  if (fields[7].empty()) return absl::InternalError("has no source");
  v1::SymbolShape shape = v1::SYMBOL_SHAPE_UNSPECIFIED;
  if (!v1::SymbolShape_Parse("SYMBOL_SHAPE_" + fields[0], &shape))
    return absl::InternalError("has an unknown shape");
  SymbolMeaning meaning;
  for (const std::string_view name : ListOf(fields[2])) {
    v1::MarkKind kind = v1::MARK_KIND_UNSPECIFIED;
    if (!v1::MarkKind_Parse("MARK_KIND_" + std::string(name), &kind))
      return absl::InternalError("has an unknown kind of mark");
    meaning.kinds.push_back(kind);
  }
  for (const std::string_view maker : ListOf(fields[3])) {
    if (makers.Find(std::string(maker)) == nullptr)
      return absl::InternalError("has the unknown maker '" + std::string(maker) + "'");
    meaning.makers.emplace_back(maker);
  }
  for (const std::string_view state : ListOf(fields[4])) meaning.states.emplace_back(state);
  if (fields[5] != "yes" && fields[5] != "no")
    return absl::InternalError("is neither certain (yes) nor not (no)");
  meaning.certain = fields[5] == "yes";
  if (meaning.kinds.empty() || meaning.states.empty())
    return absl::InternalError("has no kind of mark or no State");
  if (meaning.certain && meaning.states.size() != 1)
    return absl::InternalError("is certain of more than one State");
  meaning.trap = fields[6];
  const std::string code = fields[1] == kAnyNumber ? fields[1] : FoldWord(fields[1]);
  if (!index_.emplace(std::pair(int{shape}, code), meanings_.size()).second)
    return absl::InternalError("repeats a symbol");
  meanings_.push_back(std::move(meaning));
  return absl::OkStatus();
}

const SymbolCatalogue& SymbolCatalogue::Standard() {
  static const SymbolCatalogue* const kCatalogue =
      MustParse(Parse(SymbolsCsv(), MakerCatalogue::Standard()));
  return *kCatalogue;
}

const SymbolMeaning* SymbolCatalogue::Find(const v1::Symbol& symbol) const {
  const std::string code = FoldWord(symbol.code());
  auto found = index_.find({symbol.shape(), code});
  if (found == index_.end() && IsNumber(code))
    found = index_.find({symbol.shape(), std::string(kAnyNumber)});
  return found == index_.end() ? nullptr : &meanings_[found->second];
}

std::string SymbolCatalogue::StateOf(const v1::Mark& mark) const {
  std::string state;
  for (const v1::Symbol& symbol : mark.symbols()) {
    const SymbolMeaning* meaning = Find(symbol);
    if (meaning == nullptr || !meaning->certain ||
        std::find(meaning->kinds.begin(), meaning->kinds.end(), mark.kind()) ==
            meaning->kinds.end())
      continue;
    if (!state.empty() && state != meaning->states.front()) return "";
    state = meaning->states.front();
  }
  return state;
}

}  // namespace tracegate
