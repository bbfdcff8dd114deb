#include "gateway/liaison/cross_check.h"

#include "gateway/liaison/cross_check_request.h"
#include "gateway/tracing/question.h"

namespace tracegate {

bool CrossesBorder(const CrossCheck& check, const CheckedState& party) {
  return !IsOwnOfficers(check) || check.caller.state != party.state;
}

bool IsOwnOfficers(const CrossCheck& check) { return check.caller.role != Role::kPeer; }

v1::CrossCheckRequest RequestTo(const CrossCheck& check, const std::string& state) {
  v1::CrossCheckRequest request = check.request;
  request.clear_to_states();
  request.add_to_states(state);
  return request;
}

adapter::v1::FindRequest QuestionFor(const CrossCheck& check, const std::string& state) {
  return QuestionAbout(check.read, QuestionTo(state, check.request), check.id + "." + state);
}

}  // namespace tracegate
