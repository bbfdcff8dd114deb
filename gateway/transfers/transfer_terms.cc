#include "gateway/transfers/transfer_terms.h"

#include <algorithm>

#include "absl/strings/numbers.h"
#include "adapters/marking/csv_table.h"
#include "adapters/marking/standard_table.h"
#include "google/protobuf/descriptor.h"

namespace tracegate {
namespace {

constexpr char kHeader[] = "duty,states,kinds,categories,years,days,source";

absl::CivilDay Later(absl::CivilDay day, int years, int days) {
  // 29 February is followed, years later, by 1 March: never a day too early.
  return absl::CivilDay(day.year() + years, day.month(), day.day()) + days;
}

// The values of words such as EXPORT of an enum whose names begin with `prefix`.
absl::StatusOr<std::set<int>> ValuesOf(const google::protobuf::EnumDescriptor& type,
                                       const std::string& prefix, const std::string& list,
                                       int line) {
  std::set<int> values;
  for (const std::string_view word : ListOf(list)) {
    const auto* value = type.FindValueByName(prefix + std::string(word));
    if (value == nullptr) {
      return TableFault("transfer_terms", line, "unknown word " + std::string(word));
    }
    values.insert(value->number());
  }
  return values;
}

}  // namespace

absl::StatusOr<std::unique_ptr<TransferTerms>> TransferTerms::Parse(std::string_view csv) {
  const auto rows = ReadCsv(csv, kHeader);
  if (!rows.ok()) return rows.status();
  auto terms = std::make_unique<TransferTerms>();
  for (const CsvRow& row : *rows) {
    Term term;
    if (row.fields[0] != "keep" && row.fields[0] != "confirm") {
      return TableFault("transfer_terms", row.line, "duty is neither keep nor confirm");
    }
    term.duty = row.fields[0] == "keep" ? Duty::kKeep : Duty::kConfirm;
    for (const std::string_view state : ListOf(row.fields[1])) term.states.emplace(state);
    auto kinds =
        ValuesOf(*v1::TransferKind_descriptor(), "TRANSFER_KIND_", row.fields[2], row.line);
    if (!kinds.ok()) return kinds.status();
    term.kinds = *std::move(kinds);
    auto categories =
        ValuesOf(*v1::ArmsCategory_descriptor(), "ARMS_CATEGORY_", row.fields[3], row.line);
    if (!categories.ok()) return categories.status();
    term.categories = *std::move(categories);
    if (!absl::SimpleAtoi(row.fields[4], &term.years) ||
        !absl::SimpleAtoi(row.fields[5], &term.days) || row.fields[6].empty()) {
      return TableFault("transfer_terms", row.line, "years, days or source is missing");
    }
    terms->terms_.push_back(std::move(term));
  }
  return terms;
}

const TransferTerms& TransferTerms::Standard() {
  static const TransferTerms* const terms = MustParse(Parse(TransferTermsCsv()));
  return *terms;
}

bool TransferTerms::Fits(const Term& term, std::string_view state,
                         const v1::TransferRecord& record) {
  if (!term.states.empty() && !term.states.contains(state)) return false;
  if (!term.kinds.empty() && !term.kinds.contains(record.kind())) return false;
  return term.categories.empty() || std::any_of(record.lines().begin(), record.lines().end(),
                                                [&](const v1::TransferLine& line) {
                                                  return term.categories.contains(line.category());
                                                });
}

absl::CivilDay TransferTerms::KeepUntil(std::string_view state, const v1::TransferRecord& record,
                                        absl::CivilDay recorded) const {
  absl::CivilDay until = recorded;
  for (const Term& term : terms_) {
    if (term.duty != Duty::kKeep || !Fits(term, state, record)) continue;
    until = std::max(until, Later(recorded, term.years, term.days));
  }
  return until;
}

std::optional<absl::CivilDay> TransferTerms::ConfirmBy(std::string_view state,
                                                       const v1::TransferRecord& record,
                                                       absl::CivilDay departure) const {
  std::optional<absl::CivilDay> by;
  for (const Term& term : terms_) {
    if (term.duty != Duty::kConfirm || !Fits(term, state, record)) continue;
    const absl::CivilDay day = Later(departure, term.years, term.days);
    by = by ? std::min(*by, day) : day;
  }
  return by;
}

}  // namespace tracegate
