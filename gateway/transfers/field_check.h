#ifndef TRACEGATE_GATEWAY_TRANSFERS_FIELD_CHECK_H_
#define TRACEGATE_GATEWAY_TRANSFERS_FIELD_CHECK_H_

#include <string>

#include "absl/time/civil_time.h"
#include "protos/tracegate/violations.h"
#include "tracegate/v1/transfer.pb.h"

namespace tracegate {

// Checks of fields that records and deliveries have alike. `field` is the field's path. Each passes a field that is empty;
// who needs it requires it beside.

// Whether the code is that of a present State.
bool IsPresentState(const std::string& code);

// A present State by its ISO 3166-1 alpha-2 code.
void CheckState(const std::string& code, const std::string& field, Violations* out);

// Present States, each once.
void CheckStates(const google::protobuf::RepeatedPtrField<std::string>& codes,
                 const std::string& field, Violations* out);

// A day of the calendar from 1900 on, not surely after `latest`.
void CheckDate(const v1::Date& date, absl::CivilDay latest, const std::string& field,
               Violations* out);

// From when and until when something holds: each a date, and in that order.
void CheckValidity(const v1::Date& issue, const v1::Date& expiry, absl::CivilDay today,
                   const std::string& at, Violations* out);

// An amount of money: a currency and no less than nothing.
void CheckMoney(const v1::Money& money, const std::string& field, Violations* out);

// A word that is set says something.
void CheckTerm(bool present, const v1::Term& term, const std::string& field, Violations* out);

void CheckParty(const v1::Party& party, const std::string& field, Violations* out);
void CheckParties(const google::protobuf::RepeatedPtrField<v1::Party>& parties,
                  const std::string& field, Violations* out);

// "lines[2]".
std::string At(const std::string& field, int index);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_TRANSFERS_FIELD_CHECK_H_
