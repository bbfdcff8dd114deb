#ifndef TRACEGATE_GATEWAY_EVIDENCE_LOG_BATCH_H_
#define TRACEGATE_GATEWAY_EVIDENCE_LOG_BATCH_H_

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "gateway/evidence/evidence_log.h"
#include "gateway/evidence/hash.h"
#include "gateway/evidence/log_head.h"
#include "gateway/evidence/log_keys.h"
#include "gateway/evidence/merkle_batch.h"
#include "gateway/storage/record_store.h"

namespace tracegate {

// Several drafts as one step of the log: the rows to commit, the head the log has then, and what each
// caller is told. Nothing of it counts until the rows are durable.
class LogBatch {
 public:
  // Moves contents and traces out of the drafts; GiveBack returns them. Erasures, documents and replies are copied. `now_us` is raised to the head's
  // time: the log's time never goes backwards.
  //
  // Errors: UNAVAILABLE (RECORD_NOT_DURABLE) where there are no random bytes; the drafts are as they were.
  static absl::StatusOr<LogBatch> Build(const LogHead& before, std::span<RecordDraft> drafts,
                                        int64_t now_us, const LogKeys& keys, Hasher& hasher);

  const WriteBatch& rows() const { return rows_; }
  LogHead& after() { return after_; }
  // One for each draft, in their order.
  std::vector<Recorded>& recorded() { return recorded_; }

  // Puts contents and traces back where Build took them from.
  void GiveBack(std::span<RecordDraft> drafts);

 private:
  LogBatch() = default;
  // The leaf hashes of the entries; their rows go to rows_.
  std::vector<Hash> AddEntries(int64_t first_index, std::span<RecordDraft> drafts,
                               std::string_view salts, Hasher& hasher);
  void AddDocuments(std::span<const RecordDraft> drafts);
  void AddErasures(std::span<const RecordDraft> drafts);
  void AddCheckpoint(const MerkleBatch& tree, const LogKeys& keys);
  void AddReplies(const MerkleBatch& tree, std::span<RecordDraft> drafts, const LogKeys& keys);

  WriteBatch rows_;
  LogHead after_;
  std::vector<Recorded> recorded_;
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_EVIDENCE_LOG_BATCH_H_
