#include "gateway/liaison/subscription_record.h"

#include <utility>

#include "gateway/liaison/subscribe_request.h"
#include "gateway/tracing/trace_view.h"

namespace tracegate {
namespace {

EntryDraft CallersEntry(const Caller& caller, const std::string& subscription_id,
                        v1::EntryKind kind, std::string content) {
  EntryDraft entry;
  entry.header.set_kind(kind);
  entry.header.set_actor(caller.spiffe_id);
  entry.header.set_state(caller.state);
  entry.header.set_method(kSubscribeMethod);
  entry.header.set_trace_id(subscription_id);
  entry.header.set_to_state(caller.state);
  entry.content = std::move(content);
  return entry;
}

}  // namespace

RecordDraft SubscribedDraft(const Caller& caller, const std::string& request_id,
                            std::string request_bytes, const v1::Subscription& subscription) {
  const std::string& id = subscription.subscription_id();
  RecordDraft draft;
  draft.entries.push_back(
      CallersEntry(caller, id, v1::ENTRY_KIND_REQUEST_RECEIVED, std::move(request_bytes)));
  draft.entries.push_back(CallersEntry(caller, id, v1::ENTRY_KIND_SUBSCRIPTION_CHANGED,
                                       subscription.SerializeAsString()));
  draft.reply_entry = 1;
  draft.answered.emplace();
  draft.answered->agency = AgencyOf(caller);
  draft.answered->request_id = request_id;
  draft.answered->method = kSubscribeMethod;
  draft.answered->request_entry = 0;
  draft.answered->reply_entry = 1;
  return draft;
}

RecordDraft ChangedDraft(const LiaisonHouse& liaison, const v1::Subscription& subscription) {
  RecordDraft draft;
  EntryDraft& entry = draft.entries.emplace_back();
  entry.header.set_kind(v1::ENTRY_KIND_SUBSCRIPTION_CHANGED);
  entry.header.set_actor(liaison.house.gateway_id);
  entry.header.set_state(liaison.house.gateway_state);
  entry.header.set_trace_id(subscription.subscription_id());
  entry.header.set_to_state(subscription.subscriber().state());
  entry.content = subscription.SerializeAsString();
  return draft;
}

}  // namespace tracegate
