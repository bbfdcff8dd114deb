#include "adapters/marking/serial_rules.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/numbers.h"
#include "adapters/marking/csv_table.h"
#include "adapters/marking/standard_table.h"
#include "adapters/marking/tables.h"
#include "adapters/marking/text.h"

namespace tracegate {
namespace {

constexpr std::string_view kBrowningDigits = "MZYXWVTRPN";  // M is 0, Z is 1
constexpr std::string_view kBrowning = "browning";

std::optional<int> NumberOf(std::string_view text) {
  int number = 0;
  if (text.empty() || !absl::SimpleAtoi(absl::string_view(text.data(), text.size()), &number))
    return std::nullopt;
  return number;
}

// "1980-" and "1969-1983"; false for anything else that is not empty.
bool ReadYears(std::string_view text, int* first, int* last) {
  if (text.empty()) return true;
  const size_t dash = text.find('-');
  if (dash != 4 || (text.size() != 5 && text.size() != 9)) return false;
  *first = NumberOf(text.substr(0, 4)).value_or(0);
  *last = NumberOf(text.substr(5)).value_or(0);
  return *first > 0 && (text.size() == 5 || *last >= *first);
}

bool IsToldForm(std::string_view told) {
  return told.empty() || told == kBrowning ||
         (told.size() == 7 && NumberOf(told.substr(0, 4)) && (told[4] == '+' || told[4] == '-') &&
          told.substr(5) == "yy");
}

// The year that the number tells; 0 where it tells none.
int YearTold(std::string_view told, const SerialPattern::Fit& fit) {
  if (told.empty()) return 0;
  if (told == kBrowning) {
    int year = 19;
    for (const char letter : fit.letters)
      year = year * 10 + static_cast<int>(kBrowningDigits.find(letter));
    return fit.letters.size() == 2 ? year : 0;
  }
  const std::optional<int> digits = NumberOf(fit.year_digits);
  if (!digits) return 0;
  const int base = *NumberOf(told.substr(0, 4));
  return told[4] == '+' ? base + *digits : base - *digits;
}

// " PM " stands in " MAKAROV PM ", not in " PMX ".
bool HoldsWords(std::string_view phrase, std::string_view words) {
  return (" " + std::string(phrase) + " ").find(" " + std::string(words) + " ") !=
         std::string::npos;
}

// Years of two forms together; 0 is open.
void Widen(int first, int last, SerialForm& form) {
  if (form.verdict != SerialForm::Verdict::kKnown) {
    form = {SerialForm::Verdict::kKnown, first, last};
    return;
  }
  form.first_year = std::min(form.first_year, first);
  form.last_year = form.last_year == 0 || last == 0 ? 0 : std::max(form.last_year, last);
}

}  // namespace

absl::StatusOr<std::unique_ptr<SerialRules>> SerialRules::Parse(std::string_view csv) {
  constexpr std::string_view kTable = "serial_rules.csv";
  auto rows = ReadCsv(csv, "maker,models,pattern,years,told,complete,source");
  if (!rows.ok()) return rows.status();
  auto rules = std::make_unique<SerialRules>();
  for (const CsvRow& row : *rows) {
    auto pattern = SerialPattern::Parse(row.fields[2]);
    if (!pattern.ok())
      return TableFault(kTable, row.line,
                        "has a pattern that " + std::string(pattern.status().message()));
    Rule rule;
    rule.pattern = *std::move(pattern);
    for (const std::string_view model : ListOf(row.fields[1]))
      rule.models.push_back(FoldPhrase(model));
    if (!ReadYears(row.fields[3], &rule.first_year, &rule.last_year))
      return TableFault(kTable, row.line, "has no years like 1980- or 1969-1983");
    rule.told = row.fields[4];
    if (!IsToldForm(rule.told))
      return TableFault(kTable, row.line, "tells the year in no known way");
    rule.complete = row.fields[5] == "yes";
    if (!rule.complete && row.fields[5] != "no")
      return TableFault(kTable, row.line, "is neither complete (yes) nor not (no)");
    if (row.fields[0].empty() || row.fields[6].empty())
      return TableFault(kTable, row.line, "has no maker or no source");
    std::vector<Rule>& of_maker = rules->rules_[row.fields[0]];
    if (!of_maker.empty() && of_maker.front().complete != rule.complete)
      return TableFault(kTable, row.line, "calls the maker's forms complete in some rows only");
    of_maker.push_back(std::move(rule));
  }
  return rules;
}

const SerialRules& SerialRules::Standard() {
  static const SerialRules* const kRules = MustParse(Parse(SerialRulesCsv()));
  return *kRules;
}

SerialForm SerialRules::Check(std::string_view maker, std::string_view model,
                              std::string_view key) const {
  SerialForm form;
  const auto found = rules_.find(maker);
  if (found == rules_.end() || key.empty()) return form;
  if (found->second.front().complete) form.verdict = SerialForm::Verdict::kUnknown;
  const std::string phrase = FoldPhrase(model);
  for (const Rule& rule : found->second) {
    const bool named =
        std::any_of(rule.models.begin(), rule.models.end(),
                    [&](const std::string& words) { return HoldsWords(phrase, words); });
    if (!rule.models.empty() && !named) continue;
    const SerialPattern::Fit fit = rule.pattern.Match(key);
    if (!fit.fits) continue;
    const int told = YearTold(rule.told, fit);
    const bool outside = told != 0 && ((rule.first_year != 0 && told < rule.first_year) ||
                                       (rule.last_year != 0 && told > rule.last_year));
    if (outside) continue;
    Widen(told != 0 ? told : rule.first_year, told != 0 ? told : rule.last_year, form);
  }
  return form;
}

}  // namespace tracegate
