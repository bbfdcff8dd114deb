#include "gateway/liaison/cross_checks.h"

#include <algorithm>
#include <memory>
#include <set>
#include <utility>

#include "gateway/liaison/cross_check_request.h"
#include "gateway/liaison/subscribe_request.h"
#include "gateway/tracing/admission.h"
#include "gateway/tracing/metering.h"
#include "gateway/tracing/reply_time.h"
#include "gateway/tracing/trace_id.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

LiaisonHouse WithGate(LiaisonHouse liaison, StepGate* gate) {
  liaison.house.gate = gate;
  return liaison;
}

bool LacksAgreement(const CheckedState& party) {
  return DetailOf(party.verdict).reason() == v1::REASON_NO_AGREEMENT;
}

absl::Status NobodyToAsk(const Caller& caller) {
  return Failure(v1::REASON_NO_AGREEMENT,
                 "no agreement opens cross-checks to " + caller.state + " for this use today");
}

}  // namespace

CrossChecks::CrossChecks(LiaisonHouse liaison, HitFeed* feed)
    : liaison_(WithGate(std::move(liaison), &gate_)), feed_(feed) {}

void CrossChecks::Check(const Caller& caller, const v1::CrossCheckRequest& request,
                        std::string method, std::string request_bytes, absl::Time deadline,
                        CrossCheckRun::Tell tell, CrossCheckRun::End end) {
  v1::CrossCheckRequest settled = request;
  absl::Status status = CheckCrossCheck(settled);
  if (status.ok()) status = SettleCrossCheck(caller, &settled);
  if (status.ok()) {
    const std::string first = settled.to_states().empty() ? "" : settled.to_states(0);
    status = CheckAdmission(liaison_.house, caller, first, "to_states[0]");
  }
  if (!status.ok()) return end(status);
  ItemReading read(settled.item());
  if (status = CheckMarksOf(read); !status.ok()) return end(status);
  const absl::Time now = liaison_.house.clock();
  CrossCheck check{.id = MakeTraceId(now),
                   .caller = caller,
                   .method = std::move(method),
                   .request_bytes = std::move(request_bytes),
                   .request = std::move(settled),
                   .read = std::move(read),
                   .deadline = ReplyTime(now, deadline, liaison_.wait_max)};
  Run(std::move(check), std::move(tell), std::move(end));
}

void CrossChecks::AskFor(const v1::Subscription& subscription, CrossCheckRun::End end) {
  const absl::Time now = liaison_.house.clock();
  Caller caller;  // the gateway, for that agency
  caller.spiffe_id = liaison_.house.gateway_id;
  caller.state = subscription.subscriber().state();
  caller.agency = subscription.subscriber().name();
  caller.role = Role::kLiaison;
  const absl::Status admitted = CheckAdmission(liaison_.house, caller, "", "");
  if (!admitted.ok()) return end(admitted);
  v1::CrossCheckRequest request = StandingQuestion(subscription);
  ItemReading read(request.item());
  CrossCheck check{.id = MakeTraceId(now),
                   .caller = std::move(caller),
                   .method = kSubscribeMethod,
                   .request_bytes = request.SerializeAsString(),
                   .request = std::move(request),
                   .read = std::move(read),
                   .deadline = now + liaison_.wait_max,
                   .subscription_id = subscription.subscription_id()};
  Run(
      std::move(check), [](const std::string&) { return true; }, std::move(end));
}

void CrossChecks::Run(CrossCheck check, CrossCheckRun::Tell tell, CrossCheckRun::End end) {
  auto parties = PartiesOf(check);
  if (!parties.ok()) return end(parties.status());
  const StepGate::Step step(&gate_);
  if (!step) return end(Failure(v1::REASON_DRAINING, "the gateway is stopping"));
  if (check.subscription_id.empty() && liaison_.house.tell_inquiry) {
    liaison_.house.tell_inquiry({.request = QuestionTo("", check.request),
                                 .read = check.read,
                                 .handling = check.request.handling(),
                                 .cross_check_id = check.id});
  }
  std::make_shared<CrossCheckRun>(&liaison_, feed_, std::move(check), *std::move(parties),
                                  std::move(tell), std::move(end))
      ->Start(draining_.get_token());
}

absl::Status CrossChecks::MayAskAnybody(const Caller& caller,
                                        const v1::CrossCheckRequest& request) const {
  const auto book = liaison_.house.agreements->Now();
  std::set<std::string> states(request.to_states().begin(), request.to_states().end());
  if (states.empty()) states = book->OpenToCrossCheck(caller.state);
  absl::Status why = NobodyToAsk(caller);
  for (const std::string& state : states) {
    if (state == caller.state) return absl::OkStatus();
    const auto found = book->FindForCrossCheck(caller.state, state, QuestionTo(state, request),
                                               liaison_.house.clock());
    if (found.ok()) return absl::OkStatus();
    why = found.status();
  }
  return why;
}

absl::StatusOr<std::vector<CheckedState>> CrossChecks::PartiesOf(const CrossCheck& check) const {
  std::vector<CheckedState> parties;
  for (const std::string& state : check.request.to_states()) {
    parties.push_back(Consider(check, state));
  }
  if (check.request.to_states().empty()) {
    const auto book = liaison_.house.agreements->Now();
    for (const std::string& state : book->OpenToCrossCheck(check.caller.state)) {
      CheckedState party = Consider(check, state);
      if (!LacksAgreement(party)) parties.push_back(std::move(party));
    }
  }
  if (parties.empty()) return NobodyToAsk(check.caller);
  const bool nobody_may = std::all_of(parties.begin(), parties.end(), [](const auto& party) {
    return absl::IsPermissionDenied(party.verdict);
  });
  // A gateway hears why it is turned away as it does with a trace; an officer hears it State by State.
  const bool turned_away = !IsOwnOfficers(check) && absl::IsResourceExhausted(parties[0].verdict);
  if (nobody_may || turned_away) return parties[0].verdict;
  return parties;
}

CheckedState CrossChecks::Consider(const CrossCheck& check, const std::string& state) const {
  CheckedState party;
  party.state = state;
  party.registry = liaison_.house.registries->ForState(state);
  party.verdict = Allow(check, &party);
  return party;
}

absl::Status CrossChecks::Allow(const CrossCheck& check, CheckedState* party) const {
  const House& house = liaison_.house;
  const absl::Time now = house.clock();
  const v1::TraceRequest question = QuestionTo(party->state, check.request);
  const auto book = house.agreements->Now();
  const config::v1::Agreement* agreement = nullptr;
  if (CrossesBorder(check, *party)) {
    const auto found = book->FindForCrossCheck(check.caller.state, party->state, question, now);
    if (!found.ok()) return found.status();
    agreement = *found;
    party->agreement_id = agreement->id();
  }
  if (party->registry == nullptr) {
    return Failure(v1::REASON_STATE_NOT_SERVED,
                   "this gateway has no registry or peer for " + party->state);
  }
  if (party->registry->is_desk) {
    return Failure(v1::REASON_METHOD_UNKNOWN, "people answer for " + party->state +
                                                  ", and a check does not wait; ask with a "
                                                  "trace");
  }
  if (party->registry->is_peer && party->registry->cross_checker == nullptr) {
    return Failure(v1::REASON_METHOD_UNKNOWN, party->state + " answers no cross-checks");
  }
  if (party->registry->is_peer) {
    return house.check_peer_log ? house.check_peer_log(party->state) : absl::OkStatus();
  }
  // A peer counts at its side. What is asked of a registry of this house is counted here.
  if (agreement == nullptr) return absl::OkStatus();
  return MeterQuestion(house, *agreement, question, check.read, now);
}

void CrossChecks::Drain() {
  gate_.Close();
  draining_.request_stop();
}

}  // namespace tracegate
