#ifndef TRACEGATE_GATEWAY_TRANSFERS_RECOVERY_FIGURES_H_
#define TRACEGATE_GATEWAY_TRANSFERS_RECOVERY_FIGURES_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "gateway/transfers/weapon_identity.h"
#include "tracegate/v1/trace.pb.h"
#include "tracegate/v1/transfer.pb.h"

namespace tracegate {

// What a State's traces say of the arms that it recovered in a period: the figures of UNODC's arms-flows questionnaire and
// of SDG 16.4.2. Counts traces that the State asks itself, of finds in its own territory. The day is that of the find,
// where that is told, else of the request. Traces of the same number and maker with the same day of the same kind of find
// are of one weapon and count once, with the most that any of them established.
//
// Thread safety: none. Memory: a few tens of bytes for each weapon.
class RecoveryFigures {
 public:
  static constexpr size_t kRowsMax = 5000;

  RecoveryFigures(std::string state, absl::CivilDay from, absl::CivilDay to)
      : state_(std::move(state)), from_(from), to_(to) {}

  void Add(const v1::Trace& trace);

  // A weapon counts as traced once a State has answered, and as traced to a State where the answer names one, a holder or
  // a point of diversion. RESOURCE_EXHAUSTED (MESSAGE_TOO_LARGE): more than kRowsMax rows.
  absl::StatusOr<v1::ArmsFlowFigures> ArmsFlows() const;

  // Numerator and denominator of SDG 16.4.2.
  v1::OriginFigures Origins() const;

 private:
  struct Recovered {
    v1::RecoveryKind recovery = v1::RECOVERY_KIND_UNSPECIFIED;
    v1::FirearmType type = v1::FIREARM_TYPE_UNSPECIFIED;
    v1::ProductionKind production = v1::PRODUCTION_KIND_UNSPECIFIED;
    v1::SerialStatus serial_status = v1::SERIAL_STATUS_UNSPECIFIED;
    v1::OffenceContext offence = v1::OFFENCE_CONTEXT_UNSPECIFIED;
    bool traced = false;
    bool traced_to_state = false;
    bool established = false;
    bool by_tracing = false;
  };

  bool Counts(const v1::Trace& trace) const;
  Recovered* WeaponOf(const v1::Trace& trace, const v1::Item& item);

  const std::string state_;
  const absl::CivilDay from_;
  const absl::CivilDay to_;
  WeaponReader reader_;
  absl::flat_hash_map<std::string, size_t> known_;
  std::vector<Recovered> recovered_;
  int64_t parts_ = 0;
  int64_t cartridges_ = 0;
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_TRANSFERS_RECOVERY_FIGURES_H_
