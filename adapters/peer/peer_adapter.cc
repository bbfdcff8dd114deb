#include "adapters/peer/peer_adapter.h"

#include <utility>

#include "absl/time/clock.h"
#include "adapters/find_request.h"
#include "adapters/peer/peer_answer.h"
#include "protos/tracegate/failure.h"
#include "tracegate/v1/trace.pb.h"

namespace tracegate {
namespace {

constexpr char kCreateTrace[] = "/tracegate.v1.TraceService/CreateTrace";
constexpr char kHealthCheck[] = "/grpc.health.v1.Health/Check";

}  // namespace

PeerAdapter::PeerAdapter(Options options)
    : options_(std::move(options)), caller_(options_.peer, options_.trust, options_.calls_max) {}

adapter::v1::DescribeResponse PeerAdapter::Describe() const {
  return DescribeSearchBySerial(options_.name, options_.peer.state, 0);
}

void PeerAdapter::Find(RegistryCall call, adapter::v1::FindRequest request, FindDone done) {
  v1::CreateTraceRequest ask;
  ask.set_request_id(request.hop_id());
  *ask.mutable_request() = std::move(*request.mutable_request());
  caller_.Call(
      call, kCreateTrace, ask.SerializeAsString(),
      [this, request_id = ask.request_id(), done = std::move(done)](auto reply) {
        if (!reply.ok()) return done(ReadPeerFailure(reply.status(), options_.name));
        done(ReadPeerReply(*std::move(reply), options_.peer.state, request_id, absl::Now()));
      });
}

void PeerAdapter::GetRecord(RegistryCall, adapter::v1::GetRecordRequest, RecordDone done) {
  done(Failure(v1::REASON_METHOD_UNKNOWN, "a peer gateway shows no records by number"));
}

void PeerAdapter::Health(RegistryCall call, HealthDone done) {
  caller_.Call(call, kHealthCheck, "", [this, done = std::move(done)](const auto& reply) {
    done(reply.ok() ? absl::OkStatus() : ReadPeerFailure(reply.status(), options_.name));
  });
}

}  // namespace tracegate
