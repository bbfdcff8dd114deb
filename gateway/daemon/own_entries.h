#ifndef TRACEGATE_GATEWAY_DAEMON_OWN_ENTRIES_H_
#define TRACEGATE_GATEWAY_DAEMON_OWN_ENTRIES_H_

#include <string>

#include "absl/status/status.h"
#include "gateway/evidence/evidence_log.h"

namespace tracegate {

// What the gateway records of itself and by itself.
//
// Thread safety: all methods from any thread. Lifetime: `log` outlives it.
class OwnEntries {
 public:
  OwnEntries(EvidenceLog* log, std::string gateway_id, std::string gateway_state)
      : log_(log), gateway_id_(std::move(gateway_id)), gateway_state_(std::move(gateway_state)) {}

  // Waits until the entry is durable. Errors: as EvidenceLog.
  absl::Status Record(v1::EntryKind kind, std::string content) const;

  // The same without waiting; the operations log has it where it fails.
  void Note(v1::EntryKind kind, std::string content) const;

  // What people did whom nobody could identify.
  void NoteOfStrangers(v1::EntryKind kind, std::string content) const;

 private:
  EntryDraft Own(v1::EntryKind kind, std::string content) const;
  void Append(EntryDraft entry) const;

  EvidenceLog* const log_;
  const std::string gateway_id_;
  const std::string gateway_state_;
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_DAEMON_OWN_ENTRIES_H_
