#include "adapters/marking/makers.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "adapters/marking/csv_table.h"
#include "adapters/marking/maker_reader.h"
#include "adapters/marking/name_words.h"
#include "adapters/marking/standard_table.h"
#include "adapters/marking/tables.h"
#include "adapters/marking/text.h"

namespace tracegate {
namespace {

constexpr std::string_view kTable = "makers.csv";
constexpr size_t kOrdinaryWord = std::numeric_limits<size_t>::max();

bool IsStatus(std::string_view status) {
  return status == "active" || status == "closed" || status == "absorbed" || status == "unknown";
}

// A word that is as near to an ordinary one is no maker's name.
std::vector<size_t> WithoutOrdinary(std::vector<size_t> meanings) {
  if (!meanings.empty() && meanings.back() == kOrdinaryWord) return {};
  return meanings;
}

// "HRARMS" is no more of a name than "HR": a slip in it may lead to "HKARMS".
bool IsShortButForTrade(std::string_view key) {
  constexpr size_t kLettersMin = 5;
  for (size_t n = 1; n < std::min(kLettersMin, key.size()); ++n) {
    if (NameWords::Standard().Is(key.substr(n), NameWord::kTrade)) return true;
  }
  return false;
}

bool IsAlpha2(std::string_view code) {
  return code.size() == 2 &&
         std::all_of(code.begin(), code.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

}  // namespace

absl::StatusOr<std::unique_ptr<MakerCatalogue>> MakerCatalogue::Parse(std::string_view csv) {
  auto rows = ReadCsv(csv, "canonical,aliases,sites,successor,status,source");
  if (!rows.ok()) return rows.status();
  auto catalogue = std::make_unique<MakerCatalogue>();
  for (const CsvRow& row : *rows) {
    const absl::Status added = catalogue->AddRow(row.fields);
    if (!added.ok())
      return TableFault(kTable, row.line, {added.message().data(), added.message().size()});
  }
  for (const auto& [key, name] : catalogue->names_) {
    if (IsShortButForTrade(key)) continue;
    for (const size_t maker : name.makers)
      catalogue->close_names_.Add(key, name.whole_only ? kOrdinaryWord : maker);
  }
  return catalogue;
}

absl::Status MakerCatalogue::AddRow(const std::vector<std::string>& fields) {
  const std::string& status = fields[4];
  const auto [entry, is_new] = canonical_.emplace(fields[0], makers_.size());
  const size_t index = entry->second;
  if (fields[5].empty()) return absl::InternalError("has no source");
  if (is_new) {
    if (!IsStatus(status)) return absl::InternalError("has an unknown status");
    makers_.push_back({fields[0], {}, fields[3], status});
  } else if (!status.empty() || !fields[3].empty()) {
    return absl::InternalError("repeats a maker");
  }
  for (const std::string_view site : ListOf(fields[2])) {
    const size_t equals = std::min(site.find('='), site.size());
    const std::string_view note = site.substr(std::min(equals + 1, site.size()));
    if (!IsAlpha2(site.substr(0, equals)))
      return absl::InternalError("has a site that is no State");
    makers_[index].sites.push_back({std::string(site.substr(0, equals)), std::string(note)});
  }
  std::vector<std::string_view> names = ListOf(fields[1]);
  names.insert(names.begin(), fields[0]);
  for (const std::string_view name : names) {
    const absl::Status added = AddName(name, index);
    if (!added.ok()) return added;
  }
  return absl::OkStatus();
}

absl::Status MakerCatalogue::AddName(std::string_view name, size_t maker) {
  const std::string key = FoldWord(name);
  if (key.empty()) return absl::InternalError("has a name without letters or digits");
  Name& entry = names_[key];
  if (name.starts_with('=')) entry.whole_only = true;
  cut_names_.Add(FoldPhrase(name), name.starts_with('=') ? kOrdinaryWord : maker);
  if (std::find(entry.makers.begin(), entry.makers.end(), maker) == entry.makers.end())
    entry.makers.push_back(maker);
  return absl::OkStatus();
}

const MakerCatalogue& MakerCatalogue::Standard() {
  static const MakerCatalogue* const kCatalogue = MustParse(Parse(MakersCsv()));
  return *kCatalogue;
}

v1::Term MakerCatalogue::Read(std::string_view verbatim) const {
  return ReadClosely(verbatim).term;
}

MakerReading MakerCatalogue::ReadClosely(std::string_view verbatim) const {
  return MakerReader(*this, verbatim).Read();
}

const MakerCatalogue::Name* MakerCatalogue::FindName(std::string_view key) const {
  const auto found = names_.find(std::string(key));
  return found == names_.end() ? nullptr : &found->second;
}

std::vector<size_t> MakerCatalogue::FindClose(std::string_view key) const {
  return WithoutOrdinary(close_names_.Find(key));
}

std::vector<size_t> MakerCatalogue::FindCut(std::string_view key) const {
  return WithoutOrdinary(cut_names_.Find(key));
}

const Maker* MakerCatalogue::Find(std::string_view canonical) const {
  const auto found = canonical_.find(std::string(canonical));
  return found == canonical_.end() ? nullptr : &makers_[found->second];
}

std::string_view MakerCatalogue::LastOf(std::string_view canonical) const {
  // A table that leads in a circle ends somewhere in it.
  for (size_t steps = 0; steps < makers_.size(); ++steps) {
    const Maker* maker = Find(canonical);
    if (maker == nullptr || maker->successor.empty()) break;
    canonical = maker->successor;
  }
  return canonical;
}

std::vector<const Maker*> MakerCatalogue::Named(const v1::Term& read) const {
  std::vector<const Maker*> makers;
  const auto add = [&](const std::string& canonical) {
    if (const Maker* maker = Find(canonical); maker != nullptr) makers.push_back(maker);
  };
  add(read.canonical());
  for (const std::string& canonical : read.could_be()) add(canonical);
  return makers;
}

}  // namespace tracegate
