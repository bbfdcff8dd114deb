#include "gateway/evidence/evidence_log.h"

#include "gateway/evidence/log_head.h"
#include "gateway/evidence/log_writer.h"
#include "gateway/evidence/note_signer.h"
#include "gateway/evidence/note_verifier.h"
#include "protos/tracegate/failure.h"

namespace tracegate {

class EvidenceLog::Impl {
 public:
  Impl(RecordStore* store, const Options& options, std::unique_ptr<NoteSigner> signer, LogHead head)
      : verifier_key(signer->verifier_key()),
        writer(store, {options.queue_max, options.clock}, std::move(signer), std::move(head)) {}

  const std::string verifier_key;
  LogWriter writer;
};

absl::StatusOr<std::unique_ptr<EvidenceLog>> EvidenceLog::Open(RecordStore* store,
                                                               Options options) {
  if (!options.clock || options.queue_max < 1) {
    return Failure(v1::REASON_INTERNAL, "an evidence log needs a clock and room in its queue");
  }
  auto signer = NoteSigner::FromPem(options.origin, options.signing_key_pem);
  if (!signer.ok()) return signer.status();
  const auto verifier = NoteVerifier::Parse((*signer)->verifier_key());
  if (!verifier.ok()) return verifier.status();
  auto head = ReplayLog(*store, *verifier);
  if (!head.ok()) return head.status();
  auto impl = std::make_unique<Impl>(store, options, *std::move(signer), *std::move(head));
  return std::unique_ptr<EvidenceLog>(new EvidenceLog(std::move(impl)));
}

EvidenceLog::EvidenceLog(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

EvidenceLog::~EvidenceLog() = default;

void EvidenceLog::Append(RecordDraft draft, Done done) {
  const auto entries = static_cast<int>(draft.entries.size());
  if (entries == 0 || draft.reply_entry < -1 || draft.reply_entry >= entries) {
    done(Failure(v1::REASON_INTERNAL, "a draft for the evidence log has no such entry"));
    return;
  }
  impl_->writer.Append(std::move(draft), std::move(done));
}

int64_t EvidenceLog::size() const { return impl_->writer.size(); }

std::string EvidenceLog::checkpoint() const { return impl_->writer.checkpoint(); }

std::string EvidenceLog::verifier_key() const { return impl_->verifier_key; }

}  // namespace tracegate
