#include "gateway/liaison/cross_check_request.h"

#include <algorithm>
#include <set>
#include <vector>

#include "adapters/marking/quality_gate.h"
#include "adapters/marking/states.h"
#include "gateway/tracing/request_check.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

bool IsStateOfToday(const std::string& code) {
  const State* state = StateCatalogue::Standard().Find(code);
  return state != nullptr && !state->IsFormer();
}

template <typename List, typename Value>
bool Holds(const List& list, Value value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

void CheckStates(const v1::CrossCheckRequest& request, const std::string& field, Violations* out) {
  std::set<std::string> named;
  for (int i = 0; i < request.to_states_size(); ++i) {
    const std::string& code = request.to_states(i);
    const std::string at = field + "[" + std::to_string(i) + "]";
    out->Refuse(!IsStateOfToday(code), at,
                "'" + code + "' is no State of today; write ISO 3166-1 alpha-2 such as BR");
    out->Refuse(!named.insert(code).second, at, "names " + code + " again");
  }
}

void CheckOnBehalfOf(const v1::CrossCheckRequest& request, Violations* out) {
  if (!request.has_on_behalf_of()) return;
  const v1::Agency& agency = request.on_behalf_of();
  out->Refuse(!IsStateOfToday(agency.state()), "on_behalf_of.state",
              "must be the ISO 3166-1 alpha-2 code of that agency's State");
  out->Require(!agency.name().empty(), "on_behalf_of.name",
               "name the agency that it is asked for: both appear in the log");
}

}  // namespace

absl::Status CheckCrossCheck(const v1::CrossCheckRequest& request) {
  if (request.has_blinded()) {
    return FieldFailure(v1::REASON_FIELD_INVALID, "blinded",
                        "this gateway answers no blinded checks; give the item");
  }
  Violations out;
  CheckQuestion(request, "to_states", &out);
  return out.status();
}

void CheckQuestion(const v1::CrossCheckRequest& request, const std::string& states_field,
                   Violations* out) {
  out->Require(request.item().item_case() != v1::Item::ITEM_NOT_SET, "item",
               "describe the weapon or essential part");
  out->Require(request.used_in_crime() || !request.grounds().empty(), "grounds",
               "say why it is of interest: illicit on these grounds (ITI 6), or used_in_crime");
  out->Refuse(Holds(request.grounds(), v1::ILLICIT_GROUND_UNSPECIFIED), "grounds",
              "each ground must be one of the five of ITI 6");
  out->Require(request.intended_use() != v1::INTENDED_USE_UNSPECIFIED, "intended_use",
               "say what a hit will be used for");
  out->Require(!request.justification().empty(), "justification", "say why it is asked");
  out->Require(request.confidentiality() != v1::CONFIDENTIALITY_GUARANTEE_UNSPECIFIED,
               "confidentiality", "say whether a hit can be kept confidential (ITI 15)");
  out->Require(!Holds(request.handling().codes(), v1::HANDLING_CODE_H3) ||
                   !request.handling().restrictions().empty(),
               "handling.restrictions", "H3 needs the restriction in words");
  CheckOnBehalfOf(request, out);
  CheckStates(request, states_field, out);
}

absl::Status CheckMarksOf(const ItemReading& read) {
  const auto remarks = CheckMarks(read);
  return StopsTrace(remarks) ? GateFailure("item.", remarks) : absl::OkStatus();
}

absl::Status SettleCrossCheck(const Caller& caller, v1::CrossCheckRequest* request) {
  const absl::Status settled =
      SettleAgency(caller, "requesting_agency", request->mutable_requesting_agency());
  if (!settled.ok() || caller.role != Role::kPeer) return settled;
  if (request->to_states().empty()) {
    return FieldFailure(v1::REASON_FIELD_REQUIRED, "to_states",
                        "a gateway must name the State it asks");
  }
  if (request->to_states_size() == 1) return absl::OkStatus();
  return FieldFailure(v1::REASON_FIELD_INVALID, "to_states",
                      "a gateway asks one State at a time, each by its own gateway");
}

v1::TraceRequest QuestionTo(const std::string& state, const v1::CrossCheckRequest& request) {
  v1::TraceRequest question;
  *question.mutable_item() = request.item();
  *question.mutable_requesting_agency() = request.requesting_agency();
  if (request.has_on_behalf_of()) *question.mutable_on_behalf_of() = request.on_behalf_of();
  question.set_to_state(state);
  *question.mutable_grounds() = request.grounds();
  question.set_legal_justification(request.justification());
  question.set_intended_use(request.intended_use());
  question.set_confidentiality(request.confidentiality());
  return question;
}

}  // namespace tracegate
