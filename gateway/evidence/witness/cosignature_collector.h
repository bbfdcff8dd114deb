#ifndef TRACEGATE_GATEWAY_EVIDENCE_WITNESS_COSIGNATURE_COLLECTOR_H_
#define TRACEGATE_GATEWAY_EVIDENCE_WITNESS_COSIGNATURE_COLLECTOR_H_

#include <cstdint>
#include <functional>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "gateway/evidence/audit/verifier_key.h"
#include "gateway/evidence/evidence_log.h"
#include "gateway/storage/record_store.h"
#include "tracegate/v1/evidence.pb.h"

namespace tracegate {

// Has other gateways cosign this log's newest checkpoint, every so often where something new was recorded; each
// cosignature is an entry. A peer that cosigned more of this log than there is shows that it was rolled back: it stops
// appending then.
//
// Thread safety: none but Stop. Lifetime: `log` and `store` outlive it.
class CosignatureCollector {
 public:
  using Response = absl::StatusOr<v1::AddCheckpointResponse>;

  struct Peer {
    std::string state;
    audit::VerifierKey cosigner;
    // Asks it: blocks until it answers, fails, or the token asks to stop.
    std::function<Response(const v1::AddCheckpointRequest&, std::stop_token)> ask;
  };

  struct Options {
    EvidenceLog* log = nullptr;
    RecordStore* store = nullptr;
    std::string gateway_id;  // who records
    std::string gateway_state;
    std::vector<Peer> peers;
    absl::Duration interval;
    // Hears what went wrong with a peer, when that changes; OK once it is well again. May be empty.
    std::function<void(const std::string& state, const absl::Status&)> tell;
  };

  // Begins at once.
  explicit CosignatureCollector(Options options);
  ~CosignatureCollector();

  // One round: every peer is asked where there is something new. For tests; else the thread does it.
  void AskAll();

 private:
  struct Standing {
    int64_t known_size = 0;     // of this log, at the peer
    int64_t recorded_size = 0;  // of this log, after the peer's cosignature was recorded
    absl::Status trouble;
  };

  void Loop(std::stop_token stop);
  absl::Status Ask(const Peer& peer, Standing* standing, std::stop_token stop);
  absl::Status Keep(const Peer& peer, const std::string& checkpoint,
                    const std::string& cosignature);
  absl::Status TakeKnown(const Peer& peer, const v1::AddCheckpointResponse& response,
                         Standing* standing);

  const Options options_;
  absl::Mutex mutex_;
  std::vector<Standing> standings_;  // of the peers, in their order; the asking thread's own
  std::jthread thread_;
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_EVIDENCE_WITNESS_COSIGNATURE_COLLECTOR_H_
