#ifndef TRACEGATE_GATEWAY_LIAISON_CROSS_CHECKS_H_
#define TRACEGATE_GATEWAY_LIAISON_CROSS_CHECKS_H_

#include <stop_token>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "gateway/identity/caller.h"
#include "gateway/liaison/cross_check.h"
#include "gateway/liaison/cross_check_run.h"
#include "gateway/liaison/hit_feed.h"
#include "gateway/liaison/liaison_house.h"
#include "tracegate/v1/liaison.pb.h"

namespace tracegate {

// The cross-checks of one gateway: does any State know this weapon? Told is that records exist and whom to ask, never
// what stands in them; under agreements that open cross-checks alone, and counted like questions of a trace.
//
// Thread safety: all methods from any thread.
//
// Lifetime: Drain, then destroy the adapters, then the CrossChecks. `feed` outlives it.
class CrossChecks {
 public:
  CrossChecks(LiaisonHouse liaison, HitFeed* feed);

  // Asks the States of the request, or all that an agreement opens; of a peer gateway, for the one State that it names.
  // `tell` gets one response for each State, durable, receipt included; then `end` runs once. Errors: see CrossCheck in
  // liaison.proto; FIELD_REQUIRED, FIELD_INVALID, QUALITY_GATE, STATE_MISMATCH, STATE_NOT_SERVED; of a peer also what
  // metering says. Nothing is told then.
  void Check(const Caller& caller, const v1::CrossCheckRequest& request, std::string method,
             std::string request_bytes, absl::Time deadline, CrossCheckRun::Tell tell,
             CrossCheckRun::End end);

  // Asks the States of a subscription for its subscriber. Nobody waits for the words: a hit that was not told before is
  // told as a notice. `end` as of Check.
  void AskFor(const v1::Subscription& subscription, CrossCheckRun::End end);

  // Whether an agreement lets that officer ask any State of the request today; their own needs none.
  absl::Status MayAskAnybody(const Caller& caller, const v1::CrossCheckRequest& request) const;

  // Stops: States that have not spoken are told as UNAVAILABLE (DRAINING).
  void Drain();

 private:
  void Run(CrossCheck check, CrossCheckRun::Tell tell, CrossCheckRun::End end);
  // Whom the check is about, and who of them may be asked; PERMISSION_DENIED where nobody may.
  absl::StatusOr<std::vector<CheckedState>> PartiesOf(const CrossCheck& check) const;
  CheckedState Consider(const CrossCheck& check, const std::string& state) const;
  absl::Status Allow(const CrossCheck& check, CheckedState* party) const;

  StepGate gate_;
  const LiaisonHouse liaison_;
  HitFeed* const feed_;
  std::stop_source draining_;
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_LIAISON_CROSS_CHECKS_H_
