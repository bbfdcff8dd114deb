#ifndef TRACEGATE_GATEWAY_DAEMON_RECORD_KEEPING_H_
#define TRACEGATE_GATEWAY_DAEMON_RECORD_KEEPING_H_

#include <memory>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "gateway/daemon/configuration.h"
#include "gateway/daemon/own_entries.h"
#include "gateway/evidence/evidence_log.h"
#include "gateway/evidence/high_water.h"
#include "gateway/evidence/time_stamp/checkpoint_stamper.h"
#include "gateway/evidence/witness/cosignature_collector.h"
#include "gateway/evidence/witness/witness.h"
#include "gateway/storage/record_store.h"

namespace tracegate {

// The store, the evidence log, and what watches over it: its high-water mark, the witnesses it has and the logs it is
// the witness of.
//
// Thread safety: Look from one thread at a time; pointers are good until CloseLog (log) and the destructor (store).
class RecordKeeping {
 public:
  // Opens store and log, and holds the log against its high-water mark. A log that is found damaged is open for reading
  // alone: log()->damage() says why.
  static absl::StatusOr<std::unique_ptr<RecordKeeping>> Open(const Configuration& configuration);
  ~RecordKeeping();

  RecordStore* store() { return store_.get(); }
  EvidenceLog* log() { return log_.get(); }
  const OwnEntries& own() const { return *own_; }
  Witness* witness() { return witness_.get(); }  // null where this gateway is nobody's

  // Records which keys sign from now on, where others did before; first of all that is recorded.
  absl::Status RecordKeys();

  // Begins to have the log cosigned and time-stamped.
  absl::Status Begin(const Configuration& configuration);

  // When the newest time-stamp was kept, seconds since 1970; 0: none since the start.
  int64_t stamped_at_s() const;

  // About once a second.
  void Look();

  // Asks nobody any more.
  void StopAsking();
  // Commits what is queued and closes the log; the store stays.
  void CloseLog();

  // Why that State's gateway gets no service; OK where it does.
  absl::Status CheckPeerLog(std::string_view state) const;

 private:
  RecordKeeping() = default;
  absl::Status OpenWitness(const Configuration& configuration);
  void BeginCosigning(const Configuration& configuration);

  std::unique_ptr<RecordStore> store_;
  std::unique_ptr<EvidenceLog> log_;
  std::unique_ptr<OwnEntries> own_;
  std::unique_ptr<HighWater> high_water_;
  absl::Status high_water_trouble_;
  bool refuse_service_ = false;
  std::unique_ptr<Witness> witness_;
  std::unique_ptr<CosignatureCollector> collector_;
  std::unique_ptr<CheckpointStamper> stamper_;
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_DAEMON_RECORD_KEEPING_H_
