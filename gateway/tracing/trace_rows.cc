#include "gateway/tracing/trace_rows.h"

#include <utility>

#include "gateway/tracing/trace_state.h"

namespace tracegate {
namespace {

void AddReplyEntry(EntryDraft entry, RecordDraft* draft) {
  entry.content = draft->trace->body;
  draft->reply_entry = static_cast<int>(draft->entries.size());
  draft->entries.push_back(std::move(entry));
}

}  // namespace

TraceRow OpenRow(const TraceKey& key, const v1::Trace& trace) {
  TraceRow row;
  row.trace_id = trace.trace_id();
  row.agency = key.agency;
  row.actor = key.actor;
  row.request_id = trace.request_id();
  row.asking_state = trace.request().requesting_agency().state();
  row.asked_state = key.asked_state;
  row.serial_number = TracedItem(trace).weapon().serial_number();
  row.state = trace.state();
  row.open = true;
  row.body = trace.SerializeAsString();
  return row;
}

EntryDraft RequestEntry(const TraceKey& key, const v1::Trace& trace, std::string request_bytes,
                        std::string agreement_id) {
  EntryDraft entry;
  entry.header.set_kind(v1::ENTRY_KIND_REQUEST_RECEIVED);
  entry.header.set_actor(key.actor);
  entry.header.set_state(trace.request().requesting_agency().state());
  entry.header.set_method(kCreateTraceMethod);
  entry.header.set_trace_id(trace.trace_id());
  entry.header.set_to_state(key.asked_state);
  entry.header.set_agreement_id(std::move(agreement_id));
  entry.content = std::move(request_bytes);
  return entry;
}

void AddReply(const House& house, const TraceKey& key, const v1::Trace& trace, v1::EntryKind kind,
              RecordDraft* draft) {
  const std::string& asking_state = trace.request().requesting_agency().state();
  const bool told = kind != v1::ENTRY_KIND_TRACE_ENDED;
  EntryDraft entry;
  entry.header.set_kind(kind);
  entry.header.set_actor(told ? key.actor : house.gateway_id);
  entry.header.set_state(told ? asking_state : house.gateway_state);
  if (told) entry.header.set_method(kCreateTraceMethod);
  entry.header.set_trace_id(trace.trace_id());
  entry.header.set_to_state(asking_state);
  // Another State's question is one hop here; an own agency's trace may have many, each with an entry of its own.
  if (!key.asked_state.empty() && trace.hops_size() > 0) {
    entry.header.set_agreement_id(trace.hops(0).agreement_id());
  }
  AddReplyEntry(std::move(entry), draft);
}

void AddReplyTo(const EntryDraft& request, RecordDraft* draft) {
  EntryDraft entry;
  entry.header = request.header;
  entry.header.set_kind(v1::ENTRY_KIND_ANSWER_DISCLOSED);
  AddReplyEntry(std::move(entry), draft);
}

}  // namespace tracegate
