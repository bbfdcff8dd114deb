#include "gateway/directory/state_entry.h"

#include <algorithm>
#include <string>

#include "absl/time/civil_time.h"
#include "gateway/tracing/timestamp.h"

namespace tracegate {
namespace {

constexpr char kTraceService[] = "tracegate.v1.TraceService";
constexpr char kLiaisonService[] = "tracegate.v1.LiaisonService";

// AgreementBook::Create has read it before; empty: open.
v1::Date DateOf(const std::string& day) {
  v1::Date date;
  absl::CivilDay civil;
  if (!absl::ParseCivilTime(day, &civil)) return date;
  date.set_year(static_cast<int32_t>(civil.year()));
  date.set_month(civil.month());
  date.set_day(civil.day());
  return date;
}

v1::Reachability ReachabilityOf(const RegistryStanding& standing) {
  if (standing.rests) return v1::REACHABILITY_UNREACHABLE;
  if (standing.last_failure > standing.last_answer) return v1::REACHABILITY_UNREACHABLE;
  return standing.last_answer == absl::InfinitePast() ? v1::REACHABILITY_UNKNOWN
                                                      : v1::REACHABILITY_SERVING;
}

}  // namespace

v1::Capabilities CapabilitiesOf(const Registry& registry) {
  const adapter::v1::DescribeResponse described = registry.adapter->Describe();
  v1::Capabilities capabilities;
  capabilities.add_services(kTraceService);
  // What a peer's gateway answers besides is not known here, and people answer no cross-checks.
  if (!registry.is_peer && !registry.is_desk) capabilities.add_services(kLiaisonService);
  capabilities.set_partial_serials(described.partial_serials());
  capabilities.set_answered_by_desk(registry.is_desk);
  // A part is found by its number like a frame, and told as a possible match. A peer's gateway does the same.
  capabilities.set_essential_parts(true);
  if (described.expected_answer_ms() > 0) {
    const int64_t ms = described.expected_answer_ms();
    capabilities.mutable_expected_answer()->set_seconds(ms / 1000);
    capabilities.mutable_expected_answer()->set_nanos(static_cast<int32_t>(ms % 1000) * 1'000'000);
  }
  return capabilities;
}

v1::StateHealth HealthOf(const Registry& registry) {
  v1::StateHealth health;
  const RegistryStanding standing = registry.standing ? registry.standing() : RegistryStanding();
  health.set_reachability(ReachabilityOf(standing));
  const absl::Time checked = std::max(standing.last_answer, standing.last_failure);
  if (checked != absl::InfinitePast()) *health.mutable_check_time() = ToTimestamp(checked);
  if (standing.last_answer != absl::InfinitePast()) {
    *health.mutable_last_answer_time() = ToTimestamp(standing.last_answer);
  }
  if (standing.rests) {
    *health.mutable_next_attempt_time() = ToTimestamp(standing.asked_again);
    health.set_message("failed several times running, and is let rest");
  }
  return health;
}

v1::AgreementInForce InForce(const config::v1::Agreement& agreement) {
  v1::AgreementInForce told;
  told.set_agreement_id(agreement.id());
  told.set_asking_state(agreement.asking_state());
  told.set_answering_state(agreement.answering_state());
  told.set_legal_basis(agreement.legal_basis());
  *told.mutable_purposes() = agreement.purposes();
  told.set_requires_confidentiality(agreement.requires_confidentiality());
  *told.mutable_from_date() = DateOf(agreement.valid_from());
  if (!agreement.valid_until().empty()) *told.mutable_to_date() = DateOf(agreement.valid_until());
  return told;
}

}  // namespace tracegate
