#include "gateway/transfers/field_check.h"

#include <algorithm>

#include "adapters/marking/states.h"
#include "protos/tracegate/dates.h"

namespace tracegate {
namespace {

constexpr int kYearMin = 1900;
// The far end of what a licence or a plan may say: beyond it is a slip of the pen.
constexpr int kYearsAheadMax = 50;
// As of the number of items: such a sum is a mistake, and a million of them can still be added up.
constexpr int64_t kMoneyMax = 1'000'000'000'000;
constexpr int32_t kNanosMax = 999'999'999;

bool IsCurrency(const std::string& code) {
  return code.size() == 3 &&
         std::all_of(code.begin(), code.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

}  // namespace

bool IsPresentState(const std::string& code) {
  const State* state = StateCatalogue::Standard().Find(code);
  return state != nullptr && !state->IsFormer();
}

void CheckState(const std::string& code, const std::string& field, Violations* out) {
  if (code.empty() || IsPresentState(code)) return;
  out->Refuse(true, field, "is no present State's ISO 3166-1 alpha-2 code, such as BR");
}

void CheckStates(const google::protobuf::RepeatedPtrField<std::string>& codes,
                 const std::string& field, Violations* out) {
  for (int i = 0; i < codes.size(); ++i) {
    out->Refuse(!IsPresentState(codes[i]), At(field, i),
                "is no present State's ISO 3166-1 alpha-2 code, such as BR");
    out->Refuse(std::find(codes.begin(), codes.begin() + i, codes[i]) != codes.begin() + i,
                At(field, i), "is in the list already");
  }
}

void CheckDate(const v1::Date& date, absl::CivilDay latest, const std::string& field,
               Violations* out) {
  if (!IsRealDate(date)) {
    out->Refuse(true, field, "is no day of the calendar; leave unknown parts 0");
    return;
  }
  if (date.year() == 0) return;
  out->Refuse(date.year() < kYearMin, field, "is before 1900; a year has four digits");
  out->Refuse(FirstDay(date) > latest, field, "is too far in the future");
}

void CheckValidity(const v1::Date& issue, const v1::Date& expiry, absl::CivilDay today,
                   const std::string& at, Violations* out) {
  // A day ahead, for the State where the sun rises first.
  CheckDate(issue, today + 1, at + "issue_date", out);
  CheckDate(expiry, absl::CivilDay(today.year() + kYearsAheadMax, 12, 31), at + "expiry_date", out);
  out->Refuse(IsLater(issue, expiry), at + "expiry_date", "is before the date of issue");
}

void CheckMoney(const v1::Money& money, const std::string& field, Violations* out) {
  out->Require(!money.currency().empty(), field + ".currency",
               "name the currency (ISO 4217), such as EUR");
  out->Refuse(!money.currency().empty() && !IsCurrency(money.currency()), field + ".currency",
              "is no code of three capital letters, such as EUR");
  out->Refuse(money.units() < 0 || money.units() > kMoneyMax, field + ".units",
              "must be 0 to 1,000,000,000,000");
  out->Refuse(money.nanos() < 0 || money.nanos() > kNanosMax, field + ".nanos",
              "must be 0 to 999,999,999 billionths");
}

void CheckTerm(bool present, const v1::Term& term, const std::string& field, Violations* out) {
  if (!present) return;
  out->Require(!term.verbatim().empty(), field + ".verbatim",
               "give the word as it is recorded, or leave the field out");
}

void CheckParty(const v1::Party& party, const std::string& field, Violations* out) {
  CheckState(party.state(), field + ".state", out);
}

void CheckParties(const google::protobuf::RepeatedPtrField<v1::Party>& parties,
                  const std::string& field, Violations* out) {
  for (int i = 0; i < parties.size(); ++i) CheckParty(parties[i], At(field, i), out);
}

std::string At(const std::string& field, int index) {
  return field + "[" + std::to_string(index) + "]";
}

}  // namespace tracegate
