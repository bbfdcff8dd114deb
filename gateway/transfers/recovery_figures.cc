#include "gateway/transfers/recovery_figures.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "adapters/marking/firearm_types.h"
#include "adapters/marking/serial.h"
#include "gateway/tracing/timestamp.h"
#include "gateway/tracing/trace_state.h"
#include "protos/tracegate/dates.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

absl::CivilDay DayOf(const v1::Trace& trace) {
  const v1::Date& date = trace.request().recovery().date();
  if (date.year() != 0 && IsRealDate(date)) return FirstDay(date);
  return absl::ToCivilDay(FromTimestamp(trace.create_time()), absl::UTCTimeZone());
}

bool LeadsToState(v1::Outcome outcome) {
  switch (outcome) {
    case v1::OUTCOME_LAST_HOLDER_IDENTIFIED:
    case v1::OUTCOME_TRANSFERRED_TO_STATE:
    case v1::OUTCOME_HELD_IN_STATE_STOCK:
    case v1::OUTCOME_REPORTED_LOST_OR_STOLEN:
    case v1::OUTCOME_DESTROYED_ON_RECORD:
    case v1::OUTCOME_DEACTIVATED_ON_RECORD:
    case v1::OUTCOME_NO_RECORD_OF_EXPORT: return true;
    default: return false;
  }
}

bool IsAnswered(const v1::Trace& trace) {
  return std::any_of(trace.hops().begin(), trace.hops().end(), [](const v1::Hop& hop) {
    return hop.has_answer() && hop.answer().outcome() != v1::OUTCOME_WITHHELD;
  });
}

v1::FirearmType TypeOf(const v1::Firearm& weapon) {
  if (weapon.type() != v1::FIREARM_TYPE_UNSPECIFIED) return weapon.type();
  return ReadFirearmType(weapon.type_verbatim()).type;
}

v1::SerialStatus SerialStatusOf(const v1::Item& item) {
  const v1::SerialStatus told = item.weapon().serial_status();
  return told != v1::SERIAL_STATUS_UNSPECIFIED ? told : ReadSerialOf(item).status;
}

}  // namespace

bool RecoveryFigures::Counts(const v1::Trace& trace) const {
  const v1::TraceRequest& request = trace.request();
  if (request.requesting_agency().state() != state_ || request.recovery().state() != state_) {
    return false;
  }
  const absl::CivilDay day = DayOf(trace);
  return from_ <= day && day <= to_;
}

void RecoveryFigures::Add(const v1::Trace& trace) {
  if (!Counts(trace)) return;
  const v1::Item& item = TracedItem(trace);
  if (item.has_ammunition_lot())
    cartridges_ += std::max<int64_t>(0, item.ammunition_lot().quantity());
  if (item.has_essential_part()) ++parts_;
  if (!item.has_weapon()) return;
  const v1::PointOfDiversion& point = trace.finding().point_of_diversion();
  Recovered* const weapon = WeaponOf(trace, item);
  weapon->traced = weapon->traced || IsAnswered(trace);
  weapon->traced_to_state =
      weapon->traced_to_state || point.established() || LeadsToState(trace.finding().outcome());
  weapon->established = weapon->established || point.established();
  weapon->by_tracing =
      weapon->by_tracing || (point.established() && point.method() == v1::DIVERSION_METHOD_TRACING);
}

// What was recovered, as its first trace has it.
RecoveryFigures::Recovered* RecoveryFigures::WeaponOf(const v1::Trace& trace,
                                                      const v1::Item& item) {
  const v1::Recovery& recovery = trace.request().recovery();
  const WeaponIdentity identity = reader_.Read(item);
  if (identity.certain) {
    const std::string key = std::to_string(identity.maker) + "/" + std::to_string(recovery.kind()) +
                            "/" + DateText(recovery.date()) + "/" + identity.number;
    const auto [known, is_new] = known_.emplace(key, recovered_.size());
    if (!is_new) return &recovered_[known->second];
  }
  Recovered& weapon = recovered_.emplace_back();
  weapon.recovery = recovery.kind();
  weapon.type = TypeOf(item.weapon());
  weapon.production = item.weapon().production();
  weapon.serial_status = SerialStatusOf(item);
  if (!trace.request().offences().empty()) {
    weapon.offence = static_cast<v1::OffenceContext>(trace.request().offences(0));
  }
  return &weapon;
}

absl::StatusOr<v1::ArmsFlowFigures> RecoveryFigures::ArmsFlows() const {
  using Key = std::tuple<v1::RecoveryKind, v1::FirearmType, v1::ProductionKind, v1::SerialStatus,
                         v1::OffenceContext>;
  std::map<Key, v1::ArmsFlowRow> rows;
  for (const Recovered& weapon : recovered_) {
    v1::ArmsFlowRow& row = rows[{weapon.recovery, weapon.type, weapon.production,
                                 weapon.serial_status, weapon.offence}];
    row.set_recovery(weapon.recovery);
    row.set_type(weapon.type);
    row.set_production(weapon.production);
    row.set_serial_status(weapon.serial_status);
    row.set_offence(weapon.offence);
    row.set_recovered(row.recovered() + 1);
    row.set_traced(row.traced() + (weapon.traced ? 1 : 0));
    row.set_traced_to_state(row.traced_to_state() + (weapon.traced_to_state ? 1 : 0));
  }
  if (rows.size() > kRowsMax) {
    return Failure(
        v1::REASON_MESSAGE_TOO_LARGE,
        "the report has more than " + std::to_string(kRowsMax) + " rows; report a shorter period");
  }
  v1::ArmsFlowFigures figures;
  for (auto& [key, row] : rows) *figures.add_rows() = std::move(row);
  figures.set_parts(parts_);
  figures.set_cartridges(cartridges_);
  return figures;
}

v1::OriginFigures RecoveryFigures::Origins() const {
  v1::OriginFigures figures;
  for (const Recovered& weapon : recovered_) {
    figures.set_recovered(figures.recovered() + 1);
    switch (weapon.recovery) {
      case v1::RECOVERY_KIND_SEIZED: figures.set_seized(figures.seized() + 1); break;
      case v1::RECOVERY_KIND_FOUND: figures.set_found(figures.found() + 1); break;
      case v1::RECOVERY_KIND_SURRENDERED: figures.set_surrendered(figures.surrendered() + 1); break;
      default: break;
    }
    if (!weapon.established) continue;
    figures.set_established(figures.established() + 1);
    if (weapon.by_tracing) {
      figures.set_established_by_tracing(figures.established_by_tracing() + 1);
    } else {
      figures.set_established_otherwise(figures.established_otherwise() + 1);
    }
  }
  return figures;
}

}  // namespace tracegate
