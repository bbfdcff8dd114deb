#ifndef TRACEGATE_GATEWAY_RPC_RECORDED_STREAM_H_
#define TRACEGATE_GATEWAY_RPC_RECORDED_STREAM_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "gateway/evidence/evidence_log.h"
#include "gateway/policy/access_table.h"
#include "gateway/rpc/call.h"

namespace tracegate {

// A stream of replies of which each is in the evidence log before it leaves, and goes with its receipt behind it as field
// 15; the request with the first. A test holds every RPC so recorded to having that field. Where the service records by
// itself (RecordRule::kOwn) its replies go as they are, and a refusal is recorded with the request.
//
// Thread safety: all methods from any thread. Lifetime: `log` outlives it; `sink` is shared.
class RecordedStream : public ReplyStream {
 public:
  RecordedStream(EvidenceLog* log, Call call, RecordRule rule, std::string request_bytes,
                 std::shared_ptr<ReplyStream> sink);

  bool Send(std::string reply) override;
  void Finish(absl::Status status) override;
  bool closed() override { return sink_->closed(); }

 private:
  EvidenceLog* const log_;
  const Call call_;
  const RecordRule rule_;
  const std::string trace_id_;  // that the request names
  const std::string refused_;   // what is kept of the request where the service records by itself
  const std::shared_ptr<ReplyStream> sink_;
  absl::Mutex mutex_;
  std::vector<EntryDraft> first_ ABSL_GUARDED_BY(mutex_);
  bool finished_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_RPC_RECORDED_STREAM_H_
