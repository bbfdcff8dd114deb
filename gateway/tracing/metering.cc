#include "gateway/tracing/metering.h"

#include <map>
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

absl::Status RestoreQuota(RecordStore* store, absl::Time now, PairQuota* quota) {
  const absl::CivilDay today = absl::ToCivilDay(now, absl::UTCTimeZone());
  const int64_t midnight_us = absl::ToUnixMicros(absl::FromCivil(today, absl::UTCTimeZone()));
  auto count = store->EntryCount();
  if (!count.ok()) return count.status();
  std::map<std::string, int64_t> used;
  const auto scanned =
      store->ScanEntries(*count - 1, /*descending=*/true, [&](const EntryRow& row) {
        v1::EntryHeader header;
        if (!header.ParseFromString(row.header) || header.record_time_us() < midnight_us)
          return false;
        // A peer's question as it came in; one State's of this house to another's as it was asked.
        const bool is_question = header.kind() == v1::ENTRY_KIND_REQUEST_RECEIVED ||
                                 header.kind() == v1::ENTRY_KIND_HOP_ASKED;
        if (is_question && !header.agreement_id().empty()) ++used[header.agreement_id()];
        return true;
      });
  if (!scanned.ok()) return scanned;
  for (const auto& [agreement_id, questions] : used) quota->Restore(agreement_id, today, questions);
  return absl::OkStatus();
}

}  // namespace tracegate
