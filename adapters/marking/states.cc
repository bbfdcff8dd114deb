#include "adapters/marking/states.h"

#include <algorithm>
#include <utility>

#include "absl/strings/numbers.h"
#include "adapters/marking/csv_table.h"
#include "adapters/marking/standard_table.h"
#include "adapters/marking/state_phrase.h"
#include "adapters/marking/tables.h"
#include "adapters/marking/text.h"
#include "adapters/marking/words.h"

namespace tracegate {
namespace {

constexpr std::string_view kTable = "states.csv";
constexpr size_t kNobody = static_cast<size_t>(-1);

int YearOf(const std::string& field) {
  int year = 0;
  return absl::SimpleAtoi(field, &year) ? year : 0;
}

// Letters with signs between them are no code of ISO: "R.U." is not Russia, "N/A" not Namibia.
bool AreInitials(std::string_view text, const std::string& folded) {
  constexpr size_t kCodeMax = 3;
  return folded.size() <= kCodeMax && UpperCase(text).find(folded) == std::string::npos;
}

}  // namespace

bool State::IsSucceededBy(std::string_view state) const {
  return std::find(successors.begin(), successors.end(), state) != successors.end();
}

absl::StatusOr<std::unique_ptr<StateCatalogue>> StateCatalogue::Parse(std::string_view iso_csv,
                                                                      std::string_view csv) {
  auto catalogue = std::make_unique<StateCatalogue>();
  if (absl::Status added = catalogue->AddIso(iso_csv); !added.ok()) return added;
  if (absl::Status added = catalogue->AddTable(csv); !added.ok()) return added;
  if (absl::Status checked = catalogue->CheckSuccessors(); !checked.ok()) return checked;
  for (const auto& [name, owner] : catalogue->names_) {
    if (owner.state != kNobody) catalogue->near_.Add(name, owner.state);
  }
  return catalogue;
}

absl::Status StateCatalogue::AddIso(std::string_view csv) {
  auto rows = ReadCsv(csv, "code,alpha_2,alpha_3,numeric,until,name,names");
  if (!rows.ok()) return rows.status();
  for (const CsvRow& row : *rows) {
    const std::vector<std::string>& fields = row.fields;
    const size_t state = states_.size();
    const int until = YearOf(fields[4]);
    if (!codes_.emplace(fields[0], state).second)
      return TableFault("iso_states.csv", row.line, "repeats a code");
    states_.push_back({fields[0], fields[5], {}});
    for (size_t i = 0; i < 4; ++i) {
      // The first two are the same for a present State.
      if (!fields[i].empty() && (i == 0 || fields[i] != fields[0]))
        bearers_[fields[i]].push_back({state, 0, until});
    }
    const Weight weight = until == 0 ? Weight::kPresentState : Weight::kFormerState;
    if (until == 0) AddName(fields[1], {state, Weight::kTable, true});
    AddName(fields[2], {state, until == 0 ? Weight::kTable : weight, true});
    for (const std::string_view name : ListOf(fields[6])) AddName(name, {state, weight});
  }
  return absl::OkStatus();
}

absl::Status StateCatalogue::AddTable(std::string_view csv) {
  auto rows = ReadCsv(csv, "code,name,names,since,successors,source");
  if (!rows.ok()) return rows.status();
  absl::flat_hash_map<std::string, int> seen;
  for (const CsvRow& row : *rows) {
    const std::string& code = row.fields[0];
    if (row.fields[5].empty()) return TableFault(kTable, row.line, "has no source");
    if (!seen.emplace(code, row.line).second) return TableFault(kTable, row.line, "repeats a code");
    const auto [known, added] = codes_.emplace(code, states_.size());
    if (added) {
      if (row.fields[1].empty()) return TableFault(kTable, row.line, "has no name");
      states_.push_back({code, "", {}});
      bearers_[code].push_back({known->second, 0, 0});
      AddName(code, {known->second, Weight::kTable, true});
    }
    State& state = states_[known->second];
    if (!row.fields[1].empty()) state.name = row.fields[1];
    for (const std::string_view name : ListOf(row.fields[4])) state.successors.emplace_back(name);
    if (const int since = YearOf(row.fields[3]); since != 0) SetSince(known->second, since);
    std::vector<std::string_view> names = ListOf(row.fields[2]);
    names.push_back(state.name);
    for (const std::string_view name : names) {
      if (!AddName(name, {known->second, Weight::kTable})) {
        return TableFault(kTable, row.line,
                          "gives '" + std::string(name) + "' to a second State, or to none");
      }
    }
  }
  return absl::OkStatus();
}

void StateCatalogue::SetSince(size_t state, int since) {
  for (auto& [code, bearers] : bearers_) {
    for (Bearer& bearer : bearers) {
      if (bearer.state == state) bearer.since = since;
    }
  }
}

absl::Status StateCatalogue::CheckSuccessors() const {
  for (const State& state : states_) {
    if (state.code.size() != (state.IsFormer() ? 4u : 2u)) {
      return absl::InternalError("states.csv: " + state.code +
                                 " is neither a present State nor a former one with successors");
    }
    for (const std::string& code : state.successors) {
      const State* successor = Find(code);
      if (successor == nullptr || successor->IsFormer()) {
        return absl::InternalError("states.csv gives " + state.code + " the successor " + code +
                                   ", which is no present State");
      }
    }
  }
  return absl::OkStatus();
}

bool StateCatalogue::AddName(std::string_view name, Name owner) {
  const std::string key = FoldWord(name);
  if (key.empty()) return false;
  const auto [found, added] = names_.emplace(key, owner);
  if (found->second.state == owner.state && !owner.is_code) found->second.is_code = false;
  if (added || found->second.state == owner.state || owner.weight < found->second.weight) {
    return true;
  }
  const bool outweighs = owner.weight > found->second.weight;
  found->second = outweighs ? owner : Name{kNobody, owner.weight};
  return outweighs;
}

const StateCatalogue& StateCatalogue::Standard() {
  static const StateCatalogue* const kCatalogue = MustParse(Parse(IsoStatesCsv(), StatesCsv()));
  return *kCatalogue;
}

const State* StateCatalogue::Find(std::string_view code) const {
  const auto found = codes_.find(std::string(code));
  return found == codes_.end() ? nullptr : &states_[found->second];
}

std::vector<std::string> StateCatalogue::FormersOf(std::string_view code) const {
  std::vector<std::string> formers;
  for (const State& state : states_) {
    if (std::find(state.successors.begin(), state.successors.end(), code) !=
        state.successors.end()) {
      formers.push_back(state.code);
    }
  }
  std::sort(formers.begin(), formers.end());
  return formers;
}

const State* StateCatalogue::Find(std::string_view code, int year) const {
  const auto found = bearers_.find(std::string(code));
  if (found == bearers_.end()) return nullptr;
  const Bearer* then = nullptr;
  const Bearer* now = nullptr;
  for (const Bearer& bearer : found->second) {
    const bool bore = year != 0 && bearer.since <= year && year <= bearer.until;
    if (bore && (then == nullptr || bearer.until < then->until)) then = &bearer;
    if (bearer.until == 0) now = &bearer;
  }
  const Bearer* bearer = then != nullptr ? then : now;
  if (bearer == nullptr && found->second.size() == 1) bearer = &found->second.front();
  return bearer == nullptr ? nullptr : &states_[bearer->state];
}

const State* StateCatalogue::NamedExactly(const std::string& folded, bool codes_too) const {
  const auto found = names_.find(folded);
  if (found == names_.end() || found->second.state == kNobody) return nullptr;
  if (found->second.is_code && !codes_too) return nullptr;
  return &states_[found->second.state];
}

const State* StateCatalogue::Named(std::string_view text) const {
  const std::string folded = FoldWord(text);
  if (const State* state = NamedExactly(folded, !AreInitials(text, folded)); state != nullptr)
    return state;
  if (const State* state = NamedExactly(WithoutArticle(text)); state != nullptr) return state;
  // What follows "made in" may be a place and its State, or a State and more.
  const std::vector<std::string> words = WordsAfterMadeIn(text);
  const State* first = nullptr;
  const State* last = nullptr;
  for (size_t n = words.size(); n > 0; --n) {
    if (first == nullptr) first = NamedExactly(JoinedWords(words, 0, n));
    if (last == nullptr) last = NamedExactly(JoinedWords(words, words.size() - n, words.size()));
  }
  if (first == nullptr || last == nullptr) return first == nullptr ? last : first;
  return first == last ? first : nullptr;
}

const State* StateCatalogue::NamedInParts(std::string_view text) const {
  const State* named = nullptr;
  for (const std::string& part : PartsOfCell(text)) {
    // A code is too short to stand beside other words: "MA" is Morocco's and Massachusetts'.
    constexpr size_t kCodeMax = 2;
    const State* state = part.size() > kCodeMax ? NamedExactly(part) : nullptr;
    if (state == nullptr || state == named) continue;
    // "Germany (DDR)": the State that is there to be asked.
    if (named == nullptr || named->IsSucceededBy(state->code)) {
      named = state;
    } else if (!state->IsSucceededBy(named->code)) {
      return nullptr;
    }
  }
  return named;
}

const State* StateCatalogue::NamedNearly(std::string_view text) const {
  if (!PartsOfCell(text).empty()) return nullptr;
  const std::optional<size_t> state = near_.FindOne(FoldWord(text));
  return state.has_value() ? &states_[*state] : nullptr;
}

v1::Country StateCatalogue::Read(const v1::Country& country, int year) const {
  v1::Country read = country;
  const std::string& text = country.verbatim();
  if (!country.iso_code().empty() || TellsNothing(text)) return read;
  const std::string folded = FoldWord(text);
  const State* state = Named(text);
  if (state == nullptr && !AreInitials(text, folded)) state = Find(folded, year);
  if (state == nullptr) state = NamedInParts(text);
  if (state == nullptr) state = NamedNearly(text);
  if (state != nullptr) read.set_iso_code(state->code);
  return read;
}

}  // namespace tracegate
