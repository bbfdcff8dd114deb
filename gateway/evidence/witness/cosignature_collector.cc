#include "gateway/evidence/witness/cosignature_collector.h"

#include <span>
#include <utility>

#include "gateway/evidence/append_and_wait.h"
#include "gateway/evidence/audit/signed_checkpoint.h"
#include "gateway/evidence/log_proofs.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

// A peer may know another size than this side thinks, once.
constexpr int kTriesMax = 2;

}  // namespace

CosignatureCollector::CosignatureCollector(Options options)
    : options_(std::move(options)), standings_(options_.peers.size()) {
  if (options_.interval < absl::InfiniteDuration()) {
    thread_ = std::jthread([this](std::stop_token stop) { Loop(std::move(stop)); });
  }
}

CosignatureCollector::~CosignatureCollector() {
  thread_.request_stop();
  if (thread_.joinable()) thread_.join();
}

void CosignatureCollector::Loop(std::stop_token stop) {
  bool stopping = false;
  const std::stop_callback wake(stop, [this, &stopping] {
    absl::MutexLock lock(&mutex_);
    stopping = true;
  });
  while (!stop.stop_requested()) {
    AskAll();
    absl::MutexLock lock(&mutex_);
    mutex_.AwaitWithTimeout(absl::Condition(&stopping), options_.interval);
  }
}

void CosignatureCollector::AskAll() {
  for (size_t i = 0; i < options_.peers.size(); ++i) {
    const Peer& peer = options_.peers[i];
    Standing& standing = standings_[i];
    const absl::Status asked = Ask(peer, &standing, thread_.get_stop_token());
    const bool is_news = asked.code() != standing.trouble.code() ||
                         DetailOf(asked).reason() != DetailOf(standing.trouble).reason();
    standing.trouble = asked;
    if (is_news && options_.tell) options_.tell(peer.state, asked);
  }
}

absl::Status CosignatureCollector::Ask(const Peer& peer, Standing* standing, std::stop_token stop) {
  for (int tries = 0; tries < kTriesMax && !stop.stop_requested(); ++tries) {
    const LogView view = options_.log->view();
    // What was recorded of the cosigning itself is nothing new.
    if (view.size == 0 || view.size == standing->recorded_size) return absl::OkStatus();
    v1::AddCheckpointRequest request;
    request.set_old_size(standing->known_size);
    request.set_checkpoint(view.checkpoint);
    auto path = LogProofs(options_.store, view).Consistency(standing->known_size, view.size);
    if (!path.ok()) return path.status();
    for (const Hash& hash : *path) request.add_consistency_path(hash.data(), hash.size());
    const Response response = peer.ask(request, stop);
    if (!response.ok()) return response.status();
    if (!response->cosignature().empty()) {
      if (absl::Status kept = Keep(peer, view.checkpoint, response->cosignature()); !kept.ok()) {
        return kept;
      }
      standing->known_size = view.size;
      standing->recorded_size = options_.log->size();
      return absl::OkStatus();
    }
    if (absl::Status taken = TakeKnown(peer, *response, standing); !taken.ok()) return taken;
  }
  return absl::OkStatus();
}

absl::Status CosignatureCollector::TakeKnown(const Peer& peer,
                                             const v1::AddCheckpointResponse& response,
                                             Standing* standing) {
  if (response.known_size() <= options_.log->size()) {
    standing->known_size = response.known_size();
    return absl::OkStatus();
  }
  // Believed only as far as this log's own key says so.
  const auto known = options_.log->OpenOwn(response.known_checkpoint());
  if (!known.ok() || known->tree_size != response.known_size()) {
    return Failure(
        v1::REASON_PEER_REFUSED,
        peer.state + " claims to know more of this log than there is, and does not show it");
  }
  const std::string why = "evidence log is damaged: " + peer.state + " cosigned it with " +
                          std::to_string(known->tree_size) + " entries, and it has " +
                          std::to_string(options_.log->size()) + "; was an older copy restored?";
  options_.log->StopAppending(why);
  return Failure(v1::REASON_LOG_READ_ONLY, why);
}

absl::Status CosignatureCollector::Keep(const Peer& peer, const std::string& checkpoint,
                                        const std::string& cosignature) {
  const std::string note = checkpoint + cosignature + "\n";
  const auto cosigned = audit::OpenCheckpoint(note, std::span(&peer.cosigner, 1));
  if (!cosigned.ok()) {
    return Failure(v1::REASON_PEER_REFUSED,
                   "the cosignature of " + peer.state +
                       " does not hold: " + std::string(cosigned.status().message()));
  }
  RecordDraft draft;
  EntryDraft& entry = draft.entries.emplace_back();
  entry.header.set_kind(v1::ENTRY_KIND_COSIGNATURE_RECEIVED);
  entry.header.set_actor(options_.gateway_id);
  entry.header.set_state(options_.gateway_state);
  entry.header.set_to_state(peer.state);
  entry.content = note;
  return AppendAndWait(*options_.log, std::move(draft)).status();
}

}  // namespace tracegate
