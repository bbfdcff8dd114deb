#include "gateway/rpc/import_traces.h"

#include <memory>
#include <string>
#include <utility>

#include "protos/tracegate/bounds_check.h"
#include "protos/tracegate/failure.h"
#include "protos/tracegate/field_bytes.h"
#include "tracegate/v1/trace.pb.h"

namespace tracegate {
namespace {

constexpr char kMethod[] = "/tracegate.v1.TraceService/ImportTraces";

// The trace with its receipt goes out as the bytes that were recorded.
std::string Reply(const std::string& request_id, const std::string& trace) {
  v1::ImportTracesResponse response;
  response.set_request_id(request_id);
  std::string reply = response.SerializeAsString();
  AppendFieldBytes(v1::ImportTracesResponse::kTraceFieldNumber, trace, &reply);
  return reply;
}

class ImportServer : public ItemServer {
 public:
  explicit ImportServer(std::shared_ptr<TraceBatch> batch) : batch_(std::move(batch)) {}

  void Serve(std::string item, ReplyDone done) override {
    const auto bytes = FieldBytes(item, v1::ImportTracesRequest::kTraceFieldNumber);
    if (!bytes.ok()) return done(bytes.status());
    v1::CreateTraceRequest request;
    if (auto status = ParseChecked(*bytes, &request); !status.ok()) return done(status);
    const std::string request_id = request.request_id();
    batch_->Open(std::move(request), std::string(*bytes),
                 [request_id, done = std::move(done)](const absl::StatusOr<std::string>& trace) {
                   if (!trace.ok()) return done(trace.status());
                   done(Reply(request_id, *trace));
                 });
  }

  std::string Failed(const std::string& item, const absl::Status& why) const override {
    v1::ImportTracesResponse response;
    v1::ImportTracesRequest request;
    if (request.ParseFromString(item)) response.set_request_id(request.trace().request_id());
    *response.mutable_failure() = DetailOf(why);
    return response.SerializeAsString();
  }

 private:
  const std::shared_ptr<TraceBatch> batch_;
};

}  // namespace

void ServeImports(TraceBatch::Parts parts, HandlerTable* table) {
  table->ServeItems(kMethod, [parts = std::move(parts)](const Call& call) {
    return std::make_shared<ImportServer>(
        std::make_shared<TraceBatch>(parts, call.caller, call.deadline));
  });
}

}  // namespace tracegate
