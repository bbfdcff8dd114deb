#include "gateway/rpc/recorded_stream.h"

#include <utility>

#include "gateway/rpc/call_record.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

bool IsRecordedHere(RecordRule rule) {
  return rule != RecordRule::kNone && rule != RecordRule::kOwn;
}

}  // namespace

RecordedStream::RecordedStream(EvidenceLog* log, Call call, RecordRule rule,
                               std::string request_bytes, std::shared_ptr<ReplyStream> sink)
    : log_(log),
      call_(std::move(call)),
      rule_(rule),
      trace_id_(rule == RecordRule::kReply ? TraceNamedIn(call_.method, request_bytes) : ""),
      refused_(rule == RecordRule::kOwn ? request_bytes.substr(0, kRefusedContentBytesMax) : ""),
      sink_(std::move(sink)) {
  if (!IsRecordedHere(rule_)) return;
  first_.push_back(EntryOf(
      rule_ == RecordRule::kRequestOnly ? v1::ENTRY_KIND_LOG_READ : v1::ENTRY_KIND_REQUEST_RECEIVED,
      call_, std::move(request_bytes)));
}

bool RecordedStream::Send(std::string reply) {
  RecordDraft draft;
  {
    absl::MutexLock lock(&mutex_);
    if (finished_ || sink_->closed()) return false;  // whoever is gone is told nothing
    draft.entries = std::exchange(first_, {});
  }
  // From the first reply on: what it names is there, and the caller's to see.
  if (!IsRecordedHere(rule_)) return sink_->Send(std::move(reply));
  if (rule_ != RecordRule::kRequestOnly) {
    draft.reply_entry = static_cast<int>(draft.entries.size());
    draft.entries.push_back(EntryOf(v1::ENTRY_KIND_ANSWER_DISCLOSED, call_, reply));
  }
  if (draft.entries.empty()) return sink_->Send(std::move(reply));
  for (EntryDraft& entry : draft.entries) entry.header.set_trace_id(trace_id_);
  draft.of_stream = true;
  log_->Append(std::move(draft), [sink = sink_, rule = rule_, call = call_,
                                  reply = std::move(reply)](auto recorded) mutable {
    if (recorded.ok()) {
      sink->Send(rule == RecordRule::kRequestOnly ? std::move(reply) : std::move(recorded->reply));
    } else if (MayGoUnrecorded(rule, call, recorded.status())) {
      sink->Send(std::move(reply));
    } else {
      sink->Finish(recorded.status());
    }
  });
  return true;
}

void RecordedStream::Finish(absl::Status status) {
  RecordDraft draft;
  {
    absl::MutexLock lock(&mutex_);
    if (std::exchange(finished_, true)) return;
    draft.entries = std::exchange(first_, {});
  }
  // A stream not recorded here that ends as it should leaves nothing; one that is cut off was refused.
  if (!IsRecordedHere(rule_) && status.ok()) return sink_->Finish(status);
  // Behind the replies in the log's queue, so that it also reaches the sink behind them.
  EntryDraft& last = draft.entries.emplace_back(
      EntryOf(status.ok() ? v1::ENTRY_KIND_ANSWER_DISCLOSED : v1::ENTRY_KIND_CALL_REFUSED, call_,
              refused_));
  if (!status.ok()) last.header.set_reason(ReasonName(DetailOf(status).reason()));
  draft.of_stream = true;
  log_->Append(std::move(draft), [sink = sink_, status](const auto&) { sink->Finish(status); });
}

}  // namespace tracegate
