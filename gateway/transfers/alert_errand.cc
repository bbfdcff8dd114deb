#include "gateway/transfers/alert_errand.h"

#include <algorithm>
#include <set>
#include <utility>

#include "gateway/policy/disclosure.h"
#include "gateway/tracing/timestamp.h"
#include "gateway/transfers/transfer_rows.h"
#include "protos/tracegate/bounds_check.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

constexpr char kMethod[] = "/tracegate.v1.TransferService/RaiseDiversionAlert";

constexpr const char* kAlwaysTold[] = {"kind",       "detection_date", "state",
                                       "categories", "circumstances",  "authorisation"};

bool IsUntold(const v1::AlertRecipient& recipient) {
  return !recipient.has_told_time() &&
         (!recipient.has_failure() || recipient.failure().has_next_attempt_time());
}

// Whether anybody is left to be told.
bool AnyUntold(const v1::DiversionAlert& alert) {
  return std::any_of(alert.recipients().begin(), alert.recipients().end(), &IsUntold);
}

// Whether the failure is told already: only the attempt would be new.
bool IsSame(const v1::AlertRecipient& recipient, const absl::Status& why) {
  return recipient.has_failure() && recipient.failure().reason() == DetailOf(why).reason();
}

}  // namespace

v1::Diversion DiversionUnder(const config::v1::Agreement& agreement, v1::Diversion diversion) {
  google::protobuf::RepeatedPtrField<std::string> paths = agreement.transfers().diversion();
  for (const char* path : kAlwaysTold) *paths.Add() = path;
  std::set<std::string> withheld;
  CutToPaths(paths, &diversion, &withheld);
  if (!diversion.has_authorisation()) diversion.clear_source();
  return diversion;
}

bool AlertErrand::IsOpen(const DocumentRow& row) const {
  v1::DiversionAlert alert;
  return !row.due.empty() && alert.ParseFromString(row.body) &&
         alert.raising_agency().state() == row.state && AnyUntold(alert);
}

std::vector<PartnerQuestion> AlertErrand::Questions(const DocumentRow& row) const {
  std::vector<PartnerQuestion> questions;
  const auto alert = ReadDocument<v1::DiversionAlert>(row);
  if (!alert.ok()) return questions;
  const auto book = house_.agreements->Now();
  for (const v1::AlertRecipient& recipient : alert->recipients()) {
    if (!IsUntold(recipient)) continue;
    const auto agreement =
        book->FindForTransfers(recipient.state(), row.state, v1::LEGAL_BASIS_ATT_11,
                               v1::CONFIDENTIALITY_GUARANTEE_GIVEN, house_.clock());
    if (!agreement.ok()) continue;
    v1::RaiseDiversionAlertRequest telling;
    telling.set_request_id(alert->alert_id());
    *telling.mutable_diversion() = DiversionUnder(**agreement, alert->diversion());
    *telling.mutable_raising_agency() = alert->raising_agency();
    if (alert->has_on_behalf_of()) *telling.mutable_on_behalf_of() = alert->on_behalf_of();
    telling.add_to_states(recipient.state());
    *telling.mutable_handling() = alert->handling();
    questions.push_back({row.document_id, recipient.state(), (*agreement)->id(), kMethod,
                         telling.SerializeAsString()});
  }
  return questions;
}

absl::StatusOr<DocumentRow> AlertErrand::Take(DocumentRow row, const PartnerQuestion& question,
                                              const absl::StatusOr<std::string>& reply) const {
  auto alert = ReadDocument<v1::DiversionAlert>(row);
  if (!alert.ok()) return alert.status();
  v1::DiversionAlert taken;
  absl::Status why = reply.status();
  if (why.ok() && !ParseChecked(*reply, &taken).ok()) {
    why = Failure(v1::REASON_PEER_REFUSED,
                  "the gateway of " + question.state + " sent no word on the alert");
  }
  const absl::Time now = house_.clock();
  const bool given_up =
      !why.ok() && (IsFinal(why) || now > FromTimestamp(alert->create_time()) + house_.expiry);
  for (v1::AlertRecipient& recipient : *alert->mutable_recipients()) {
    if (recipient.state() != question.state) continue;
    if (why.ok()) {
      *recipient.mutable_told_time() = ToTimestamp(now);
      recipient.clear_failure();
      *recipient.mutable_remote_receipt() = taken.receipt();
      continue;
    }
    if (!given_up && IsSame(recipient, why)) return row;
    v1::HopFailure& failure = *recipient.mutable_failure();
    failure.set_reason(DetailOf(why).reason());
    failure.set_message(std::string(why.message()).substr(0, 1024));
    failure.set_attempts(failure.attempts() + 1);
    if (given_up) {
      failure.clear_next_attempt_time();
    } else {
      *failure.mutable_next_attempt_time() = ToTimestamp(now + house_.ask_again_first);
    }
  }
  row = NextRevision(std::move(row), *alert);
  if (!AnyUntold(*alert)) row.due.clear();
  return row;
}

}  // namespace tracegate
