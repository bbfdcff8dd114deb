// What a trace's course does with what registries, desks and peers say.
#include <algorithm>
#include <utility>

#include "adapters/marking/match.h"
#include "gateway/policy/disclosure.h"
#include "gateway/tracing/judge.h"
#include "gateway/tracing/metering.h"
#include "gateway/tracing/timestamp.h"
#include "gateway/tracing/trace_course.h"
#include "gateway/tracing/trace_state.h"
#include "google/protobuf/util/message_differencer.h"

namespace tracegate {

absl::Status TraceCourse::TakeAnswer(v1::Hop* hop, adapter::v1::FindResponse* found,
                                     absl::Time now) {
  const Registry& registry = *house_->registries->ForState(hop->to_state());
  v1::Answer answer;
  std::string verbatim;
  if (found->has_answer()) {
    answer = std::move(*found->mutable_answer()->mutable_answer());
    verbatim = std::move(*found->mutable_answer()->mutable_verbatim());
  } else {
    verbatim = found->SerializeAsString();
    answer = JudgeRecords(Read().item, found->records());
    answer.mutable_responding_agency()->set_state(hop->to_state());
    answer.mutable_responding_agency()->set_name(registry.name);
    *answer.mutable_answer_time() = ToTimestamp(now);
  }
  // A peer has cut its answer at its side. What a registry of this house says for another State is cut here.
  if (hop->to_state() != hop->from_state() && !registry.is_peer) {
    if (auto status = Redact(hop, &answer, now); !status.ok()) return status;
  }
  Note(v1::ENTRY_KIND_HOP_ANSWERED, *hop, std::move(verbatim), v1::REASON_UNSPECIFIED);
  if (!hop->has_answer()) {
    // Whoever answers needs not explain any more why it took so long.
    if (!registry.is_peer) CloseClarifications(hop, now);
    *hop->mutable_answer() = std::move(answer);
    *hop->mutable_answer_time() = ToTimestamp(now);
    hop->set_remote_trace_id(found->answer().remote_trace_id());
    if (found->has_answer()) *hop->mutable_receipt() = found->answer().receipt();
  }
  TakeClarifications(hop, found->answer().clarifications());
  hop->set_state(StateAfter(hop->answer()));
  hop->clear_failure();
  Changed(now);
  return absl::OkStatus();
}

void TraceCourse::TakeClarifications(
    v1::Hop* hop, const google::protobuf::RepeatedPtrField<v1::Clarification>& clarifications) {
  const int known = std::min(hop->clarifications_size(), clarifications.size());
  for (int i = 0; i < known; ++i) {
    v1::Clarification& own = *hop->mutable_clarifications(i);
    if (own.has_answer_time() || !clarifications[i].has_answer_time()) continue;
    own.set_clarification(clarifications[i].clarification());
    *own.mutable_responding_agency() = clarifications[i].responding_agency();
    *own.mutable_answer_time() = clarifications[i].answer_time();
  }
}

void TraceCourse::CloseClarifications(v1::Hop* hop, absl::Time now) {
  for (v1::Clarification& asked : *hop->mutable_clarifications()) {
    if (!asked.has_answer_time()) *asked.mutable_answer_time() = ToTimestamp(now);
  }
}

absl::Status TraceCourse::Redact(v1::Hop* hop, v1::Answer* answer, absl::Time now) const {
  const auto book = house_->agreements->Now();
  auto agreement = book->Find(hop->from_state(), hop->to_state(), trace_.request(), now);
  if (!agreement.ok()) return agreement.status();
  hop->set_agreement_id((*agreement)->id());
  MeterAnswer(*house_, **agreement, trace_.request(), Read().item, answer->candidates_size() > 0);
  RedactAnswer(**agreement, answer);
  return absl::OkStatus();
}

void TraceCourse::LieAtDesk(v1::Hop* hop, const adapter::v1::Pending& pending, absl::Time now) {
  hop->set_state(v1::HOP_STATE_WAITING);
  if (IsPeer(*hop)) {
    hop->set_remote_trace_id(pending.remote_trace_id());
    hop->set_supplements_taken(pending.supplements_taken());
    TakeClarifications(hop, pending.clarifications());
  }
  const bool is_news = IsPeer(*hop) ? !google::protobuf::util::MessageDifferencer::Equals(
                                          hop->desk(), pending.desk())
                                    : !hop->has_desk();
  if (is_news) {
    *hop->mutable_desk() = pending.desk();
    Note(v1::ENTRY_KIND_DESK_TOLD, *hop, hop->desk().SerializeAsString(), v1::REASON_UNSPECIFIED);
  }
  Changed(now);
}

absl::StatusOr<v1::Hop*> TraceCourse::HopAtDesk(std::string_view state) {
  const v1::Hop* waiting = nullptr;
  for (v1::Hop& hop : *trace_.mutable_hops()) {
    if (!IsOpen(hop)) continue;
    if (hop.to_state() == state && !IsPeer(hop) && hop.has_desk()) return &hop;
    waiting = &hop;
  }
  if (waiting == nullptr) return WrongState("no State is being asked");
  if (waiting->to_state() != state) return WrongState("it waits for " + waiting->to_state());
  return WrongState("it does not lie at a desk");
}

absl::Status TraceCourse::TakeOfficersAnswer(v1::Hop* hop, v1::Answer answer,
                                             const v1::Agency& officer, absl::Time now) {
  adapter::v1::FindResponse found;
  found.mutable_answer()->set_verbatim(answer.SerializeAsString());
  for (v1::Candidate& candidate : *answer.mutable_candidates()) {
    v1::Candidate compared = Compare(Read().item, candidate.record());
    // The officer names it although its number is not alike: their judgement is told, and told as that.
    if (compared.grade() == v1::MATCH_GRADE_UNSPECIFIED) {
      compared.set_grade(v1::MATCH_GRADE_POSSIBLE);
      compared.set_needs_confirmation(true);
    }
    candidate = std::move(compared);
  }
  answer.clear_withheld_fields();
  *answer.mutable_responding_agency() = officer;
  *answer.mutable_answer_time() = ToTimestamp(now);
  *found.mutable_answer()->mutable_answer() = std::move(answer);
  if (auto status = TakeAnswer(hop, &found, now); !status.ok()) return status;
  hop->clear_receipt();  // it is this gateway's own answer
  return absl::OkStatus();
}

}  // namespace tracegate
