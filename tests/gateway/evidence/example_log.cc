#include "tests/gateway/evidence/example_log.h"

#include "gateway/evidence/append_and_wait.h"
#include "tracegate/v1/trace.pb.h"

namespace tracegate {

std::string ExampleReply(const std::string& trace_id) {
  v1::Trace trace;
  trace.set_trace_id(trace_id);
  trace.set_state(v1::TRACE_STATE_ANSWERED);
  return trace.SerializeAsString();
}

RecordDraft ExampleDraft(const std::string& trace_id) {
  RecordDraft draft;
  draft.entries.resize(2);
  draft.entries[0].header.set_kind(v1::ENTRY_KIND_REQUEST_RECEIVED);
  draft.entries[0].header.set_trace_id(trace_id);
  draft.entries[0].content = "request of " + trace_id;
  draft.entries[1].header.set_kind(v1::ENTRY_KIND_ANSWER_DISCLOSED);
  draft.entries[1].header.set_trace_id(trace_id);
  draft.entries[1].content = ExampleReply(trace_id);
  draft.reply_entry = 1;
  TraceRow row;
  row.trace_id = trace_id;
  row.agency = "BR/policia-federal";
  row.request_id = "request " + trace_id;
  row.body = "body";
  draft.trace = row;
  return draft;
}

RecordDraft ExampleNote(const std::string& content) {
  RecordDraft draft;
  draft.entries.resize(1);
  draft.entries[0].header.set_kind(v1::ENTRY_KIND_GATEWAY_STARTED);
  draft.entries[0].content = content;
  return draft;
}

std::future<absl::StatusOr<Recorded>> Append(EvidenceLog& log, RecordDraft draft) {
  auto promise = std::make_shared<std::promise<absl::StatusOr<Recorded>>>();
  log.Append(std::move(draft), [promise](absl::StatusOr<Recorded> recorded) {
    promise->set_value(std::move(recorded));
  });
  return promise->get_future();
}

absl::StatusOr<Recorded> AppendTo(EvidenceLog& log, RecordDraft draft) {
  return AppendAndWait(log, std::move(draft));
}

}  // namespace tracegate
