#include "gateway/evidence/evidence_log.h"

#include <algorithm>
#include <utility>

#include "gateway/evidence/log_head.h"
#include "gateway/evidence/log_keys.h"
#include "gateway/evidence/log_writer.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

absl::Status CheckDraft(const RecordDraft& draft, int64_t log_size) {
  const auto entries = static_cast<int>(draft.entries.size());
  if (entries == 0 || draft.reply_entry < -1 || draft.reply_entry >= entries) {
    return Failure(v1::REASON_INTERNAL, "a draft for the evidence log has no such entry");
  }
  if (draft.erasure.empty()) return absl::OkStatus();
  const bool tells = std::ranges::any_of(draft.entries, [](const EntryDraft& entry) {
    return entry.header.kind() == v1::ENTRY_KIND_CONTENT_ERASED;
  });
  const bool known = std::ranges::all_of(
      draft.erasure.entries, [log_size](int64_t index) { return index >= 0 && index < log_size; });
  if (tells && known) return absl::OkStatus();
  return Failure(v1::REASON_INTERNAL,
                 "a draft would erase without an entry that says so, or what is not in the log");
}

}  // namespace

class EvidenceLog::Impl {
 public:
  Impl(RecordStore* store, const Options& options, std::unique_ptr<LogKeys> keys, LogReplay replay)
      : verifier_keys(keys->verifier_keys()),
        keys_changed(!replay.head.checkpoint.empty() &&
                     !keys->IsSignedAsNow(replay.head.checkpoint)),
        writer(store, {options.queue_max, options.by_hand, options.clock}, std::move(keys),
               std::move(replay)) {}

  const std::vector<std::string> verifier_keys;
  const bool keys_changed;
  LogWriter writer;
};

absl::StatusOr<std::unique_ptr<EvidenceLog>> EvidenceLog::Open(RecordStore* store,
                                                               Options options) {
  if (!options.clock || options.queue_max < 1) {
    return Failure(v1::REASON_INTERNAL, "an evidence log needs a clock and room in its queue");
  }
  auto keys = LogKeys::Create({.origin = options.origin,
                               .signing_key_pem = options.signing_key_pem,
                               .next_signing_key_pem = options.next_signing_key_pem,
                               .former = options.former_keys});
  if (!keys.ok()) return keys.status();
  auto replay = ReplayLog(*store, **keys);
  if (!replay.ok()) return replay.status();
  auto impl = std::make_unique<Impl>(store, options, *std::move(keys), *std::move(replay));
  return std::unique_ptr<EvidenceLog>(new EvidenceLog(std::move(impl)));
}

EvidenceLog::EvidenceLog(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

EvidenceLog::~EvidenceLog() = default;

void EvidenceLog::Append(RecordDraft draft, Done done) {
  if (absl::Status sound = CheckDraft(draft, size()); !sound.ok()) return done(std::move(sound));
  impl_->writer.Append(std::move(draft), std::move(done));
}

bool EvidenceLog::RecordQueued() { return impl_->writer.RecordQueued(); }

int64_t EvidenceLog::size() const { return view().size; }

std::string EvidenceLog::checkpoint() const { return view().checkpoint; }

LogView EvidenceLog::view() const { return impl_->writer.view(); }

std::string EvidenceLog::verifier_key() const { return impl_->verifier_keys.front(); }

std::vector<std::string> EvidenceLog::verifier_keys() const { return impl_->verifier_keys; }

bool EvidenceLog::keys_changed() const { return impl_->keys_changed; }

absl::StatusOr<Checkpoint> EvidenceLog::OpenOwn(std::string_view note) const {
  const auto text = impl_->writer.keys().Open(note);
  if (!text.ok()) return text.status();
  return ParseCheckpoint(*text);
}

void EvidenceLog::StopAppending(std::string_view why) { impl_->writer.StopAppending(why); }

absl::Status EvidenceLog::damage() const { return impl_->writer.damage(); }

}  // namespace tracegate
