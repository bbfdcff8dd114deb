#include "gateway/tracing/request_check.h"

#include <string>

#include "protos/tracegate/dates.h"
#include "protos/tracegate/failure.h"
#include "protos/tracegate/state_code.h"
#include "protos/tracegate/violations.h"

namespace tracegate {
namespace {

bool HasUnspecifiedGround(const v1::TraceRequest& request) {
  for (const int ground : request.grounds()) {
    if (ground == v1::ILLICIT_GROUND_UNSPECIFIED) return true;
  }
  return false;
}

void CheckRecovery(const v1::Recovery& recovery, Violations* out) {
  out->Require(recovery.kind() != v1::RECOVERY_KIND_UNSPECIFIED, "recovery.kind",
               "say whether it was seized, found or surrendered");
  out->Require(!recovery.state().empty(), "recovery.state",
               "say in whose territory it came to light (ISO 3166-1 alpha-2)");
  out->Refuse(!recovery.state().empty() && !IsStateCode(recovery.state()), "recovery.state",
              "is not an ISO 3166-1 alpha-2 code such as BR");
  out->Refuse(!IsRealDate(recovery.date()), "recovery.date",
              "is no day of the calendar; leave unknown parts 0");
}

}  // namespace

absl::Status CheckTraceRequest(const v1::TraceRequest& request) {
  Violations out("request.");
  out.Require(request.item().item_case() != v1::Item::ITEM_NOT_SET, "item",
              "describe the weapon, essential part or ammunition lot");
  out.Require(!request.grounds().empty(), "grounds", "say why it is considered illicit (ITI 6)");
  out.Refuse(HasUnspecifiedGround(request), "grounds",
             "each ground must be one of the five of ITI 6");
  out.Require(!request.legal_justification().empty(), "legal_justification",
              "name the law that makes it illicit (ITI 17(a))");
  out.Require(request.has_recovery(), "recovery", "say how it came to light (ITI 17(a))");
  if (request.has_recovery()) CheckRecovery(request.recovery(), &out);
  out.Require(request.intended_use() != v1::INTENDED_USE_UNSPECIFIED, "intended_use",
              "say what the answer will be used for (ITI 17(c))");
  out.Require(request.confidentiality() != v1::CONFIDENTIALITY_GUARANTEE_UNSPECIFIED,
              "confidentiality", "say whether the answer can be kept confidential (ITI 15)");
  out.Require(request.confidentiality() != v1::CONFIDENTIALITY_GUARANTEE_NOT_POSSIBLE ||
                  !request.confidentiality_note().empty(),
              "confidentiality_note", "say why confidentiality cannot be guaranteed (ITI 15)");
  out.Require(request.urgency() != v1::URGENCY_URGENT || !request.urgency_justification().empty(),
              "urgency_justification", "an urgent request needs its reason");
  out.Refuse(!request.to_state().empty() && !IsStateCode(request.to_state()), "to_state",
             "is not an ISO 3166-1 alpha-2 code such as BR");
  return out.status();
}

absl::Status GateFailure(std::string_view prefix, const std::vector<v1::MarkRemark>& remarks) {
  std::vector<v1::FieldViolation> violations;
  for (const v1::MarkRemark& remark : remarks) {
    if (remark.severity() != v1::REMARK_SEVERITY_ERROR) continue;
    v1::FieldViolation& violation = violations.emplace_back();
    violation.set_reason(v1::REASON_QUALITY_GATE);
    violation.set_field(std::string(prefix) + remark.field());
    violation.set_description(remark.message() + " " + remark.help());
  }
  return FieldFailures(v1::REASON_QUALITY_GATE,
                       "the marks would make this trace fail: " + violations[0].field() + ": " +
                           violations[0].description(),
                       violations);
}

absl::Status CheckRequestId(const std::string& request_id) {
  if (request_id.empty()) {
    return FieldFailure(v1::REASON_FIELD_REQUIRED, "request_id",
                        "choose an id for this request, so that it can be repeated safely");
  }
  bool fits = request_id.size() >= 8 && request_id.size() <= 64;
  for (const char c : request_id) {
    fits = fits && ((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
                    c == '.' || c == '_' || c == '-');
  }
  if (fits) return absl::OkStatus();
  return FieldFailure(v1::REASON_FIELD_INVALID, "request_id",
                      "must be 8 to 64 letters, digits, '.', '_' or '-'");
}

absl::Status SettleAgency(const Caller& caller, const std::string& field, v1::Agency* agency) {
  if (caller.role != Role::kPeer) {
    if (agency->state().empty()) agency->set_state(caller.state);
    if (agency->name().empty()) agency->set_name(caller.agency);
    if (agency->name() != caller.agency) {
      return FieldFailure(v1::REASON_STATE_MISMATCH, field + ".name",
                          "the certificate speaks for " + caller.agency + " only");
    }
  }
  if (agency->name().empty()) {
    return FieldFailure(v1::REASON_FIELD_REQUIRED, field + ".name",
                        "a gateway must name the agency it asks for");
  }
  if (agency->state() != caller.state) {
    return FieldFailure(v1::REASON_STATE_MISMATCH, field + ".state",
                        "the certificate speaks for " + caller.state + " only");
  }
  return absl::OkStatus();
}

absl::Status SettleRequester(const Caller& caller, v1::TraceRequest* request) {
  const absl::Status settled =
      SettleAgency(caller, "request.requesting_agency", request->mutable_requesting_agency());
  if (!settled.ok()) return settled;
  const std::string& found_in = request->recovery().state();
  const std::string& behalf = request->on_behalf_of().state();
  if (found_in != caller.state && found_in != behalf) {
    return FieldFailure(
        v1::REASON_STATE_MISMATCH, "request.recovery.state",
        "a State asks for weapons found in its own territory (ITI 16), or on behalf of the "
        "State where it was found");
  }
  return absl::OkStatus();
}

}  // namespace tracegate
