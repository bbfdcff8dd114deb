#include "gateway/tracing/metering.h"

#include <string>
#include <utility>

#include "adapters/marking/text.h"
#include "gateway/policy/harvest_guard.h"
#include "gateway/policy/pair_quota.h"

namespace tracegate {
namespace {

HarvestKey KeyOf(const config::v1::Agreement& agreement, const v1::TraceRequest& request) {
  return {agreement.asking_state(), request.requesting_agency().name(),
          agreement.answering_state()};
}

WeaponAsked WeaponOf(const ItemReading& read) {
  const v1::Term& maker = read.item.weapon().manufacturer();
  const std::string& serial = read.serial.key.empty() ? read.serial.pattern : read.serial.key;
  return WeaponAskedOf(FoldWord(maker.canonical().empty() ? maker.verbatim() : maker.canonical()),
                       serial);
}

void Tell(const House& house, const v1::HarvestSuspicion& suspicion) {
  RecordDraft draft;
  EntryDraft& entry = draft.entries.emplace_back();
  entry.header.set_kind(v1::ENTRY_KIND_HARVEST_SUSPECTED);
  entry.header.set_actor(house.gateway_id);
  entry.header.set_state(house.gateway_state);
  entry.header.set_to_state(suspicion.asking_state());
  entry.content = suspicion.SerializeAsString();
  house.log->Append(std::move(draft),
                    [](const auto&) {});  // a log that fails stops the question too
  if (house.tell_suspicion) house.tell_suspicion(suspicion);
}

}  // namespace

absl::Status MeterQuestion(const House& house, const config::v1::Agreement& agreement,
                           const v1::TraceRequest& request, const ItemReading& read,
                           absl::Time now) {
  const HarvestJudgement judgement =
      house.harvest_guard->Asked(KeyOf(agreement, request), WeaponOf(read), now);
  if (judgement.change) Tell(house, *judgement.change);
  if (!judgement.status.ok()) return judgement.status;
  return house.quota->Take(agreement, now);
}

void MeterAnswer(const House& house, const config::v1::Agreement& agreement,
                 const v1::TraceRequest& request, const ItemReading& read, bool hit) {
  house.harvest_guard->Answered(KeyOf(agreement, request), WeaponOf(read), hit);
}

}  // namespace tracegate
