#include "gateway/evidence/retention/legal_holds.h"

#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

absl::Status Missing(std::string_view field, std::string_view what) {
  return FieldFailure(v1::REASON_FIELD_REQUIRED, field, what);
}

absl::Status CheckHold(const v1::LegalHold& hold) {
  if (hold.hold_id().empty()) return Missing("hold.hold_id", "name the case");
  if (hold.lifted()) return absl::OkStatus();
  if (hold.trace_id().empty()) return Missing("hold.trace_id", "say which trace is held");
  if (hold.ground().empty()) return Missing("hold.ground", "say on what ground: a court's order");
  return absl::OkStatus();
}

EntryDraft EntryOf(const v1::EntryHeader& header, const v1::LegalHold& hold) {
  EntryDraft entry{header, hold.SerializeAsString()};
  entry.header.set_kind(v1::ENTRY_KIND_LEGAL_HOLD_CHANGED);
  entry.header.set_trace_id(hold.trace_id());
  return entry;
}

}  // namespace

absl::StatusOr<HoldTable> HoldTable::Read(RetainedLog& log) {
  HoldTable table;
  absl::Status status;
  const absl::Status scanned = log.Scan(0, [&](const EntryRow& row) {
    v1::EntryHeader header;
    v1::LegalHold hold;
    bool readable = header.ParseFromString(row.header);
    if (readable && header.kind() == v1::ENTRY_KIND_LEGAL_HOLD_CHANGED) {
      readable = hold.ParseFromString(row.content);
      table.Apply(header.state(), hold);
    }
    if (!readable) {
      status = Failure(v1::REASON_LOG_DAMAGED,
                       "entry " + std::to_string(row.index) + " cannot be read for legal holds");
    }
    return readable;
  });
  if (!status.ok()) return status;
  if (!scanned.ok()) return scanned;
  return table;
}

void HoldTable::Apply(const std::string& state, const v1::LegalHold& hold) {
  const Key key(state, hold.hold_id(), hold.trace_id());
  if (!hold.lifted()) {
    if (standing_.insert_or_assign(key, hold).second) ++holds_on_[hold.trace_id()];
    return;
  }
  if (standing_.erase(key) == 0) return;
  const auto on = holds_on_.find(hold.trace_id());
  if (--on->second == 0) holds_on_.erase(on);
}

bool HoldTable::Holds(std::string_view trace_id) const { return holds_on_.contains(trace_id); }

std::vector<v1::LegalHold> HoldTable::Of(std::string_view state) const {
  std::vector<v1::LegalHold> holds;
  for (const auto& [key, hold] : standing_) {
    if (state.empty() || std::get<0>(key) == state) holds.push_back(hold);
  }
  return holds;
}

absl::StatusOr<std::unique_ptr<LegalHolds>> LegalHolds::Open(RecordStore* store, EvidenceLog* log) {
  auto table = HoldTable::Read(*RetainedLogIn(store));
  if (!table.ok()) return table.status();
  return std::unique_ptr<LegalHolds>(new LegalHolds(log, *std::move(table)));
}

void LegalHolds::Change(const v1::EntryHeader& header, const v1::LegalHold& hold, Done done) {
  if (absl::Status right = CheckHold(hold); !right.ok()) return done(right);
  std::vector<v1::LegalHold> changes;
  {
    absl::MutexLock lock(&mutex_);
    if (!hold.lifted()) {
      changes.push_back(hold);
      coming_.insert(hold.trace_id());
    } else {
      for (v1::LegalHold& standing : table_.Of(header.state())) {
        const bool meant = standing.hold_id() == hold.hold_id() &&
                           (hold.trace_id().empty() || standing.trace_id() == hold.trace_id());
        if (!meant) continue;
        standing.set_lifted(true);
        if (!hold.ground().empty()) standing.set_ground(hold.ground());
        changes.push_back(std::move(standing));
      }
    }
  }
  if (changes.empty()) {
    return done(FieldFailure(v1::REASON_FIELD_INVALID, "hold.hold_id",
                             "no such hold of " + header.state() + " stands"));
  }
  RecordDraft draft;
  for (const v1::LegalHold& change : changes) draft.entries.push_back(EntryOf(header, change));
  log_->Append(std::move(draft), [this, state = header.state(), changes = std::move(changes), hold,
                                  done = std::move(done)](const auto& recorded) {
    this->Recorded(state, changes, recorded.ok());
    if (!recorded.ok()) return done(recorded.status());
    done(hold);
  });
}

void LegalHolds::Recorded(const std::string& state, const std::vector<v1::LegalHold>& changes,
                          bool ok) {
  absl::MutexLock lock(&mutex_);
  for (const v1::LegalHold& change : changes) {
    if (ok) table_.Apply(state, change);
    if (!change.lifted()) coming_.erase(coming_.find(change.trace_id()));
  }
}

bool LegalHolds::HoldsLocked(std::string_view trace_id) const {
  return table_.Holds(trace_id) || coming_.contains(trace_id);
}

bool LegalHolds::Holds(std::string_view trace_id) const {
  absl::MutexLock lock(&mutex_);
  return HoldsLocked(trace_id);
}

std::vector<v1::LegalHold> LegalHolds::Of(std::string_view state) const {
  absl::MutexLock lock(&mutex_);
  return table_.Of(state);
}

bool LegalHolds::AppendUnlessHeld(const std::set<std::string>& traces, RecordDraft draft,
                                  EvidenceLog::Done done) {
  // Held while the draft is queued: a hold that is set afterwards stands behind it in the log.
  absl::MutexLock lock(&mutex_);
  for (const std::string& trace_id : traces) {
    if (HoldsLocked(trace_id)) return false;
  }
  log_->Append(std::move(draft), std::move(done));
  return true;
}

}  // namespace tracegate
