#ifndef TRACEGATE_TESTS_GATEWAY_LIAISON_EXAMPLE_CHECK_H_
#define TRACEGATE_TESTS_GATEWAY_LIAISON_EXAMPLE_CHECK_H_

#include <string>

#include "adapters/cross_checker.h"
#include "tests/gateway/tracing/example_trace.h"
#include "tracegate/v1/liaison.pb.h"

namespace tracegate {

// A liaison officer's complete check of the pistol of ExampleRequest.
inline v1::CrossCheckRequest ExampleCheck() {
  v1::CrossCheckRequest request;
  *request.mutable_item() = ExampleRequest().item();
  request.add_grounds(v1::ILLICIT_GROUND_NATIONAL_LAW);
  request.set_intended_use(v1::INTENDED_USE_CRIMINAL_INVESTIGATION);
  request.set_justification("found with a gang that crosses the border");
  request.set_confidentiality(v1::CONFIDENTIALITY_GUARANTEE_GIVEN);
  return request;
}

// The same as that State's gateway passes it on.
inline v1::CrossCheckRequest ExampleCheckFrom(const std::string& state, const std::string& to) {
  v1::CrossCheckRequest request = ExampleCheck();
  request.mutable_requesting_agency()->set_state(state);
  request.mutable_requesting_agency()->set_name("liaison-bureau");
  request.add_to_states(to);
  return request;
}

// What a gateway of that State says where it knows nothing.
inline CrossCheckWord NoHitOf(const std::string& state) {
  CrossCheckWord word;
  word.response.set_state(state);
  word.response.set_outcome(v1::CROSS_CHECK_OUTCOME_NO_HIT);
  word.verbatim = "no hit, as it came";
  return word;
}

// And where it knows the weapon.
inline CrossCheckWord HitOf(const std::string& state) {
  CrossCheckWord word;
  word.response.set_state(state);
  word.response.set_outcome(v1::CROSS_CHECK_OUTCOME_HIT);
  v1::Hit* hit = word.response.add_hits();
  hit->set_hit_id("01ARZ3NDEKTSV4RRFFQ69G5FAV");
  hit->set_state(state);
  hit->mutable_contact()->mutable_agency()->set_state(state);
  hit->mutable_contact()->mutable_agency()->set_name("arms-office");
  hit->mutable_contact()->set_email("arms@" + state + ".example");
  hit->set_needs_confirmation(true);
  hit->mutable_handling()->add_codes(v1::HANDLING_CODE_H2);
  word.response.mutable_receipt()->set_log_origin("theirs");
  word.verbatim = "a hit, as it came";
  return word;
}

}  // namespace tracegate

#endif  // TRACEGATE_TESTS_GATEWAY_LIAISON_EXAMPLE_CHECK_H_
