#include "gateway/transfers/alert_errand.h"

#include <algorithm>
#include <set>
#include <utility>

#include "gateway/policy/disclosure.h"
#include "gateway/tracing/timestamp.h"
#include "gateway/transfers/alert_telling.h"
#include "gateway/transfers/transfer_rows.h"
#include "protos/tracegate/bounds_check.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

constexpr char kRaise[] = "/tracegate.v1.TransferService/RaiseDiversionAlert";
constexpr char kFollowUp[] = "/tracegate.v1.TransferService/FollowUpAlert";

constexpr const char* kAlwaysTold[] = {"kind",       "detection_date", "state",
                                       "categories", "circumstances",  "authorisation"};

using Recipients = google::protobuf::RepeatedPtrField<v1::AlertRecipient>;

bool AnyUntold(const Recipients& recipients) {
  return std::any_of(recipients.begin(), recipients.end(), &IsUntold);
}

// Whether anybody is left to be told of the alert, or of what came of it.
bool AnyUntold(const v1::DiversionAlert& alert) {
  return AnyUntold(alert.recipients()) ||
         std::any_of(alert.follow_ups().begin(), alert.follow_ups().end(),
                     [](const auto& word) { return AnyUntold(word.recipients()); });
}

bool IsUntoldOf(const v1::DiversionAlert& alert, const std::string& state) {
  return std::any_of(alert.recipients().begin(), alert.recipients().end(),
                     [&](const auto& one) { return one.state() == state && IsUntold(one); });
}

// Where it is noted who was told what the question tells; null where that is gone.
Recipients* NotedOf(const PartnerQuestion& question, v1::DiversionAlert* alert) {
  if (question.method == std::string_view(kRaise)) return alert->mutable_recipients();
  v1::FollowUpAlertRequest told;
  if (!told.ParseFromString(question.bytes)) return nullptr;
  for (v1::AlertFollowUp& word : *alert->mutable_follow_ups()) {
    if (word.follow_up_id() == told.request_id()) return word.mutable_recipients();
  }
  return nullptr;
}

// Whom nobody can tell of the alert nobody tells what came of it.
void GiveUpFollowUps(const v1::AlertRecipient& recipient, v1::DiversionAlert* alert) {
  for (v1::AlertFollowUp& word : *alert->mutable_follow_ups()) {
    for (v1::AlertRecipient& one : *word.mutable_recipients()) {
      if (one.state() == recipient.state() && IsUntold(one)) {
        *one.mutable_failure() = recipient.failure();
      }
    }
  }
}

v1::RaiseDiversionAlertRequest AlertFor(const config::v1::Agreement& agreement,
                                        const v1::DiversionAlert& alert, const std::string& state) {
  v1::RaiseDiversionAlertRequest telling;
  telling.set_request_id(alert.alert_id());
  *telling.mutable_diversion() = DiversionUnder(agreement, alert.diversion());
  *telling.mutable_raising_agency() = alert.raising_agency();
  if (alert.has_on_behalf_of()) *telling.mutable_on_behalf_of() = alert.on_behalf_of();
  telling.add_to_states(state);
  *telling.mutable_handling() = alert.handling();
  return telling;
}

v1::FollowUpAlertRequest FollowUpFor(const v1::DiversionAlert& alert, const v1::AlertFollowUp& word,
                                     const std::string& state) {
  v1::FollowUpAlertRequest telling;
  telling.set_request_id(word.follow_up_id());
  const std::string& raised_id = alert.raised_alert_id();
  telling.set_alert_id(raised_id.empty() ? alert.alert_id() : raised_id);
  telling.set_to_state(state);
  *telling.mutable_follow_up() = word;
  telling.mutable_follow_up()->clear_recipients();
  return telling;
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
  return !row.due.empty() && row.due >= absl::FormatCivilTime(house_.today()) &&
         alert.ParseFromString(row.body) && AnyUntold(alert);
}

std::vector<PartnerQuestion> AlertErrand::Questions(const DocumentRow& row) const {
  std::vector<PartnerQuestion> questions;
  const auto alert = ReadDocument<v1::DiversionAlert>(row);
  if (!alert.ok()) return questions;
  const auto book = house_.agreements->Now();
  const auto agreed = [&](const std::string& state) {
    return book->FindForTransfers(state, row.state, v1::LEGAL_BASIS_ATT_11,
                                  v1::CONFIDENTIALITY_GUARANTEE_GIVEN, house_.clock());
  };
  for (const v1::AlertRecipient& recipient : alert->recipients()) {
    const std::string& state = recipient.state();
    if (!IsUntold(recipient)) continue;
    const auto agreement = agreed(state);
    if (!agreement.ok()) continue;
    questions.push_back({row.document_id, state, (*agreement)->id(), kRaise,
                         AlertFor(**agreement, *alert, state).SerializeAsString()});
  }
  for (const v1::AlertFollowUp& word : alert->follow_ups()) {
    for (const v1::AlertRecipient& recipient : word.recipients()) {
      const std::string& state = recipient.state();
      // What came of an alert is told to whoever knows of it.
      if (!IsUntold(recipient) || IsUntoldOf(*alert, state)) continue;
      const auto agreement = agreed(state);
      if (!agreement.ok()) continue;
      questions.push_back({row.document_id, state, (*agreement)->id(), kFollowUp,
                           FollowUpFor(*alert, word, state).SerializeAsString()});
    }
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
  Recipients* const noted = NotedOf(question, &*alert);
  if (noted == nullptr) return row;
  const absl::Time now = house_.clock();
  const bool given_up =
      !why.ok() && (IsFinal(why) || row.due <= absl::FormatCivilTime(house_.today()));
  for (v1::AlertRecipient& recipient : *noted) {
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
      if (noted == alert->mutable_recipients()) GiveUpFollowUps(recipient, &*alert);
    } else {
      *failure.mutable_next_attempt_time() = ToTimestamp(now + house_.ask_again_first);
    }
  }
  row = NextRevision(std::move(row), *alert);
  if (!AnyUntold(*alert)) row.due.clear();
  return row;
}

}  // namespace tracegate
