#include "gateway/rpc/call_record.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "gateway/rpc/operations_log.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

constexpr size_t kMethodBytesMax = 256;

}  // namespace

std::string TraceNamedIn(const std::string& method, const std::string& request_bytes) {
  using google::protobuf::FieldDescriptor;
  std::string name = method.substr(std::min<size_t>(method.size(), 1));
  std::ranges::replace(name, '/', '.');
  const auto* rpc = google::protobuf::DescriptorPool::generated_pool()->FindMethodByName(name);
  const FieldDescriptor* field =
      rpc == nullptr ? nullptr : rpc->input_type()->FindFieldByName("trace_id");
  if (field == nullptr || field->type() != FieldDescriptor::TYPE_STRING || field->is_repeated()) {
    return "";
  }
  auto* factory = google::protobuf::MessageFactory::generated_factory();
  const std::unique_ptr<google::protobuf::Message> request(
      factory->GetPrototype(rpc->input_type())->New());
  if (!request->ParseFromString(request_bytes)) return "";
  return request->GetReflection()->GetString(*request, field);
}

EntryDraft EntryOf(v1::EntryKind kind, const Call& call, std::string content) {
  EntryDraft entry;
  entry.header.set_kind(kind);
  entry.header.set_actor(call.caller.spiffe_id);
  entry.header.set_state(call.caller.state);
  entry.header.set_method(call.method);
  entry.content = std::move(content);
  return entry;
}

EntryDraft RefusalOf(const IncomingCall& incoming, const Caller* caller, const absl::Status& why) {
  EntryDraft entry;
  entry.header.set_kind(v1::ENTRY_KIND_CALL_REFUSED);
  entry.header.set_method(incoming.method.substr(0, kMethodBytesMax));
  entry.header.set_reason(ReasonName(DetailOf(why).reason()));
  if (caller != nullptr) {
    entry.header.set_actor(caller->spiffe_id);
    entry.header.set_state(caller->state);
    entry.content = incoming.request_bytes.substr(0, kRefusedContentBytesMax);
  } else {
    entry.content = std::string(why.message());  // a stranger's bytes are not kept
    if (!incoming.peer.empty()) entry.content += "\nfrom " + incoming.peer;
  }
  return entry;
}

absl::Status ToldToStranger(const absl::Status& why) {
  const v1::Reason reason = DetailOf(why).reason();
  if (reason == v1::REASON_CERTIFICATE_MISSING) return why;
  return Failure(reason, "this certificate is not accepted; the gateway's operator can say why");
}

bool MayGoUnrecorded(RecordRule rule, const Call& call, const absl::Status& why) {
  const v1::Reason reason = DetailOf(why).reason();
  const bool is_damaged = reason == v1::REASON_LOG_DAMAGED || reason == v1::REASON_LOG_READ_ONLY;
  if (rule != RecordRule::kRequestOnly || !is_damaged) return false;
  LogError("log_read_not_recorded", {{"caller", call.caller.spiffe_id}, {"method", call.method}});
  return true;
}

void LogCall(const IncomingCall& incoming, const Caller* caller, const absl::Status& status,
             absl::Duration took) {
  nlohmann::json fields = {{"method", incoming.method},
                           {"caller", caller == nullptr ? "" : caller->spiffe_id},
                           {"code", absl::StatusCodeToString(status.code())},
                           {"from", incoming.peer},
                           {"ms", absl::ToDoubleMilliseconds(took)}};
  if (!status.ok()) fields["reason"] = ReasonName(DetailOf(status).reason());
  if (caller != nullptr && caller->revocation > RevocationStanding::kCurrent) {
    fields["revocation"] = RevocationStandingName(caller->revocation);
  }
  LogInfo("call", fields);
}

}  // namespace tracegate
