#include "gateway/evidence/witness/witness.h"

#include <span>
#include <utility>

#include "gateway/evidence/audit/proof.h"
#include "gateway/evidence/audit/signed_checkpoint.h"
#include "gateway/evidence/signed_note.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

constexpr absl::Duration kBusyHint = absl::Seconds(1);

absl::Status BadField(std::string_view field, std::string_view what) {
  return FieldFailure(v1::REASON_FIELD_INVALID, field, what);
}

// A signed smaller or other checkpoint is proof of itself; a missing proof may still come.
bool IsForGood(v1::LogConflictKind kind) {
  return kind == v1::LOG_CONFLICT_KIND_SHRUNK || kind == v1::LOG_CONFLICT_KIND_FORKED;
}

absl::StatusOr<audit::ConsistencyClaim> ClaimOf(int64_t from_size, const audit::Digest& from_root,
                                                const audit::SignedCheckpoint& checkpoint,
                                                const v1::AddCheckpointRequest& request) {
  audit::ConsistencyClaim claim{.from_size = static_cast<uint64_t>(from_size),
                                .to_size = static_cast<uint64_t>(checkpoint.tree_size),
                                .from_root = from_root,
                                .to_root = checkpoint.root,
                                .path = {}};
  for (const std::string& bytes : request.consistency_path()) {
    const auto digest = audit::DigestFrom(bytes);
    if (!digest) return BadField("consistency_path", "has a hash that is not 32 bytes");
    claim.path.push_back(*digest);
  }
  return claim;
}

}  // namespace

v1::AddCheckpointResponse Witness::KnownOf(const Seen& seen) {
  v1::AddCheckpointResponse response;
  response.set_known_size(seen.size);
  response.set_known_checkpoint(seen.note);
  return response;
}

absl::StatusOr<std::unique_ptr<Witness>> Witness::Open(Options options, RecordStore* store) {
  std::unique_ptr<Witness> witness(new Witness(std::move(options)));
  if (absl::Status remembered = witness->Remember(store); !remembered.ok()) return remembered;
  return witness;
}

absl::Status Witness::Remember(RecordStore* store) {
  // Of each log only the last counts: a signature is looked at once, however often was cosigned.
  std::map<std::string, Recalled> recalled;
  absl::Status read;
  const absl::Status scanned =
      store->ScanEntries(0, /*descending=*/false, [&](const EntryRow& row) {
        read = Recall(row, &recalled);
        return read.ok();
      });
  if (!scanned.ok()) return scanned;
  if (!read.ok()) return read;
  absl::MutexLock lock(&mutex_);
  for (const auto& [state, last] : recalled) seen_[state] = SeenOf(options_.logs.at(state), last);
  return absl::OkStatus();
}

absl::Status Witness::Recall(const EntryRow& row, std::map<std::string, Recalled>* recalled) const {
  v1::EntryHeader header;
  if (!header.ParseFromString(row.header)) {
    return Failure(v1::REASON_LOG_DAMAGED,
                   "the header of entry " + std::to_string(row.index) + " cannot be read");
  }
  if (!options_.logs.contains(header.to_state())) return absl::OkStatus();
  if (header.kind() == v1::ENTRY_KIND_CHECKPOINT_COSIGNED) {
    (*recalled)[header.to_state()] = {row.content, {}};
  } else if (header.kind() == v1::ENTRY_KIND_LOG_CONFLICT_FOUND) {
    v1::LogConflict conflict;
    if (!conflict.ParseFromString(row.content)) {
      return Failure(v1::REASON_LOG_DAMAGED,
                     "entry " + std::to_string(row.index) + " is no conflict that can be read");
    }
    (*recalled)[header.to_state()].conflicts.push_back(std::move(conflict));
  }
  return absl::OkStatus();
}

Witness::Seen Witness::SeenOf(const audit::VerifierKey& key, const Recalled& last) {
  const std::span<const audit::VerifierKey> keys(&key, 1);
  Seen seen;
  // Of another key or origin: that log was begun anew, and is another one now.
  if (const auto checkpoint = audit::OpenCheckpoint(last.cosigned, keys); checkpoint.ok()) {
    seen = {checkpoint->tree_size, checkpoint->root, last.cosigned};
  }
  for (const v1::LogConflict& conflict : last.conflicts) {
    if (conflict.log_origin() == key.name &&
        audit::OpenCheckpoint(conflict.shown_checkpoint(), keys).ok()) {
      seen.conflict = conflict.kind();
    }
  }
  return seen;
}

void Witness::AddCheckpoint(const std::string& state, const v1::AddCheckpointRequest& request,
                            Done done) {
  const auto known = options_.logs.find(state);
  if (known == options_.logs.end()) {
    return done(Failure(v1::REASON_STATE_NOT_SERVED,
                        "this gateway knows no log of " + state + " to be a witness of"));
  }
  const auto checkpoint = audit::OpenCheckpoint(request.checkpoint(), std::span(&known->second, 1));
  if (!checkpoint.ok()) {
    return done(BadField("checkpoint", std::string(checkpoint.status().message())));
  }
  Seen last;
  {
    absl::MutexLock lock(&mutex_);
    Seen& seen = seen_[state];
    if (seen.busy) {
      return done(RetryableFailure(v1::REASON_OVERLOADED, "a checkpoint of it is being cosigned",
                                   kBusyHint));
    }
    seen.busy = true;
    last = seen;
  }
  Judge(state, request, *checkpoint, last, [this, state, done = std::move(done)](auto result) {
    {
      absl::MutexLock lock(&mutex_);
      seen_[state].busy = false;
    }
    done(std::move(result));
  });
}

void Witness::Judge(const std::string& state, const v1::AddCheckpointRequest& request,
                    const audit::SignedCheckpoint& checkpoint, const Seen& last, Done done) {
  if (checkpoint.tree_size < last.size) {
    // Told what is known, the log's own gateway sees that it was rolled back.
    if (IsForGood(last.conflict)) return done(KnownOf(last));
    return Conflict(state, request, v1::LOG_CONFLICT_KIND_SHRUNK,
                    [done, last](const absl::Status&) { done(KnownOf(last)); });
  }
  if (IsForGood(last.conflict)) return done(CheckLog(state));
  if (checkpoint.tree_size == last.size && last.size > 0 && checkpoint.root != last.root) {
    return Conflict(state, request, v1::LOG_CONFLICT_KIND_FORKED, done);
  }
  if (request.old_size() != last.size) return done(KnownOf(last));
  if (last.size > 0) {
    const auto claim = ClaimOf(last.size, last.root, checkpoint, request);
    if (!claim.ok()) return done(claim.status());
    if (!audit::CheckConsistency(*claim).ok()) {
      if (last.conflict == v1::LOG_CONFLICT_KIND_NO_PROOF) return done(CheckLog(state));
      return Conflict(state, request, v1::LOG_CONFLICT_KIND_NO_PROOF, done);
    }
  }
  Cosign(state, request, Seen{checkpoint.tree_size, checkpoint.root, request.checkpoint()}, done);
}

void Witness::Conflict(const std::string& state, const v1::AddCheckpointRequest& request,
                       v1::LogConflictKind kind, std::function<void(absl::Status)> done) {
  v1::LogConflict conflict;
  conflict.set_log_origin(options_.logs.at(state).name);
  conflict.set_shown_checkpoint(request.checkpoint());
  *conflict.mutable_consistency_path() = request.consistency_path();
  conflict.set_kind(kind);
  {
    absl::MutexLock lock(&mutex_);
    Seen& seen = seen_[state];
    conflict.set_seen_checkpoint(seen.note);
    seen.conflict = kind;  // counts at once, recorded or not
  }
  if (options_.tell_conflict) options_.tell_conflict(state, conflict);
  RecordDraft draft;
  draft.entries.push_back(
      EntryOf(v1::ENTRY_KIND_LOG_CONFLICT_FOUND, state, conflict.SerializeAsString()));
  options_.log->Append(std::move(draft), [told = CheckLog(state),
                                          done = std::move(done)](const auto&) { done(told); });
}

void Witness::Cosign(const std::string& state, const v1::AddCheckpointRequest& request, Seen next,
                     Done done) {
  const std::string& note = request.checkpoint();
  const std::string text = ParseNote(note)->text;
  v1::AddCheckpointResponse response;
  response.set_cosignature(options_.cosigner.Cosign(text, absl::ToUnixSeconds(options_.clock())));
  response.set_known_size(next.size);
  response.set_known_checkpoint(note);
  RecordDraft draft;
  draft.entries.push_back(
      EntryOf(v1::ENTRY_KIND_CHECKPOINT_COSIGNED, state, note + response.cosignature() + "\n"));
  options_.log->Append(std::move(draft),
                       [this, state, next = std::move(next), response = std::move(response),
                        done = std::move(done)](const auto& recorded) mutable {
                         if (!recorded.ok()) return done(recorded.status());
                         {
                           absl::MutexLock lock(&mutex_);
                           next.busy = true;  // until `done`
                           seen_[state] = std::move(next);
                         }
                         done(std::move(response));
                       });
}

absl::Status Witness::CheckLog(std::string_view state) const {
  absl::MutexLock lock(&mutex_);
  const auto found = seen_.find(state);
  if (found == seen_.end() || found->second.conflict == v1::LOG_CONFLICT_KIND_UNSPECIFIED) {
    return absl::OkStatus();
  }
  return Failure(v1::REASON_LOG_CONFLICT,
                 "the log of " + std::string(state) +
                     " contradicts what it showed before; it is for both operators to settle");
}

EntryDraft Witness::EntryOf(v1::EntryKind kind, const std::string& state,
                            std::string content) const {
  EntryDraft entry;
  entry.header.set_kind(kind);
  entry.header.set_actor(options_.gateway_id);
  entry.header.set_state(options_.gateway_state);
  entry.header.set_to_state(state);
  entry.content = std::move(content);
  return entry;
}

}  // namespace tracegate
