#ifndef TRACEGATE_GATEWAY_LIAISON_STATE_WORD_H_
#define TRACEGATE_GATEWAY_LIAISON_STATE_WORD_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "adapters/marking/reading.h"
#include "tracegate/adapter/v1/registry_adapter.pb.h"
#include "tracegate/v1/liaison.pb.h"

namespace tracegate {

// One State's word, before it is told.
struct StateWord {
  v1::CrossCheckResponse response;
  // What the registry or the gateway said, exactly, for the log; empty where it said nothing.
  std::string verbatim;
  // Why it could not be asked, or has not answered; UNSPECIFIED where it spoke.
  v1::Reason failure = v1::REASON_UNSPECIFIED;
  // Which records of a registry of this house were hit, best first: for their owner alone.
  std::vector<std::string> record_numbers;
};

// What a registry of this house found, as its State's word: that records exist, never a field of one. `contact`: whom to
// ask. Records are compared as for a trace (tracing/judge): only one that agrees exactly, alone, needs no confirmation.
// More records than could be compared, or an answer that says neither yes nor no, is UNAVAILABLE: never "no hit".
StateWord WordOf(const std::string& state, const ItemReading& read,
                 const adapter::v1::FindResponse& found, const v1::PointOfContact& contact,
                 absl::Time now);

// The word of a State that could not be asked, or has not answered. No agreement is told as that; a missing guarantee of
// confidentiality as a refusal on its ground (ITI 22(iii)); everything else as UNAVAILABLE with its reason.
StateWord WordOfFailure(const std::string& state, const absl::Status& why);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_LIAISON_STATE_WORD_H_
