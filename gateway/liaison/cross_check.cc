#include "gateway/liaison/cross_check.h"

#include <vector>

#include "gateway/liaison/cross_check_request.h"

namespace tracegate {
namespace {

constexpr int kCandidatesMax = 20;

}  // namespace

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
  adapter::v1::FindRequest question;
  question.set_hop_id(check.id + "." + state);
  *question.mutable_request() = QuestionTo(state, check.request);
  *question.mutable_item() = check.read.item;
  const std::vector<std::string> spellings = SpellingsToAsk(check.read.serial);
  question.mutable_serial_spellings()->Assign(spellings.begin(), spellings.end());
  question.set_serial_pattern(check.read.serial.pattern);
  question.set_candidates_max(kCandidatesMax);
  return question;
}

}  // namespace tracegate
