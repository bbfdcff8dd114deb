#include "gateway/transfers/alert_telling.h"

#include "gateway/tracing/timestamp.h"
#include "gateway/transfers/partner_question.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

void SetFailure(const absl::Status& why, v1::AlertRecipient* recipient) {
  recipient->mutable_failure()->set_reason(DetailOf(why).reason());
  recipient->mutable_failure()->set_message(std::string(why.message()));
}

}  // namespace

absl::StatusOr<bool> TellStates(
    const TransferHouse& house, const std::string& from, const std::set<std::string>& states,
    const std::function<absl::Status(const config::v1::Agreement&, const std::string& state)>& here,
    google::protobuf::RepeatedPtrField<v1::AlertRecipient>* recipients) {
  const absl::Time now = house.clock();
  const auto book = house.agreements->Now();
  bool any_left = false;
  for (const std::string& state : states) {
    v1::AlertRecipient& recipient = *recipients->Add();
    recipient.set_state(state);
    const auto agreement = book->FindForTransfers(state, from, v1::LEGAL_BASIS_ATT_11,
                                                  v1::CONFIDENTIALITY_GUARANTEE_GIVEN, now);
    if (!agreement.ok()) {
      SetFailure(agreement.status(), &recipient);
    } else if (house.registries->Serves(state)) {
      const absl::Status told = here(**agreement, state);
      if (told.ok()) {
        *recipient.mutable_told_time() = ToTimestamp(now);
      } else if (absl::IsNotFound(told)) {
        SetFailure(told, &recipient);
      } else {
        return told;
      }
    } else if (PartnerOf(house, state) == nullptr) {
      SetFailure(Failure(v1::REASON_STATE_NOT_SERVED, "this gateway has no peer for " + state),
                 &recipient);
    } else {
      any_left = true;
    }
  }
  return any_left;
}

bool IsUntold(const v1::AlertRecipient& recipient) {
  return !recipient.has_told_time() &&
         (!recipient.has_failure() || recipient.failure().has_next_attempt_time());
}

std::string LastDayOfTelling(const TransferHouse& house) {
  return absl::FormatCivilTime(absl::ToCivilDay(house.clock() + house.expiry, absl::UTCTimeZone()));
}

std::string ArrivalOf(const std::string& request_id, const std::string& state, absl::Time now) {
  v1::DiversionAlert told;
  told.set_request_id(request_id);
  v1::AlertRecipient& recipient = *told.add_recipients();
  recipient.set_state(state);
  *recipient.mutable_told_time() = ToTimestamp(now);
  return told.SerializeAsString();
}

}  // namespace tracegate
