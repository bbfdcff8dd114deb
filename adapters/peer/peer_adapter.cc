#include "adapters/peer/peer_adapter.h"

#include <utility>
#include <variant>

#include "absl/time/clock.h"
#include "adapters/find_request.h"
#include "adapters/peer/peer_answer.h"
#include "adapters/peer/peer_word.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

constexpr char kCrossCheck[] = "/tracegate.v1.LiaisonService/CrossCheck";
constexpr char kHealthCheck[] = "/grpc.health.v1.Health/Check";

}  // namespace

struct PeerAdapter::Asking {
  RegistryCall call;
  FindDone done;
  PeerExchange exchange;
};

PeerAdapter::PeerAdapter(Options options)
    : options_(std::move(options)), caller_(options_.peer, options_.trust, options_.calls_max) {}

adapter::v1::DescribeResponse PeerAdapter::Describe() const {
  return DescribeSearchBySerial(options_.name, options_.peer.state, 0);
}

void PeerAdapter::Find(RegistryCall call, adapter::v1::FindRequest request, FindDone done) {
  const std::shared_ptr<Asking> asking(
      new Asking{std::move(call), std::move(done),
                 PeerExchange(std::move(request), options_.peer.state, options_.name)});
  Say(asking, asking->exchange.First());
}

void PeerAdapter::Say(const std::shared_ptr<Asking>& asking, const PeerCall& call) {
  caller_.Call(asking->call, call.method, call.request, [this, asking](auto reply) {
    auto next = asking->exchange.Take(std::move(reply), absl::Now());
    if (const auto* call = std::get_if<PeerCall>(&next)) return Say(asking, *call);
    asking->done(std::get<PeerExchange::Outcome>(std::move(next)));
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

void PeerAdapter::CrossCheck(RegistryCall call, v1::CrossCheckRequest request,
                             CrossCheckDone done) {
  // A peer speaks for its own State alone, so its stream is one reply: on the wire, a unary call.
  caller_.Call(call, kCrossCheck, request.SerializeAsString(),
               [this, done = std::move(done)](auto reply) {
                 if (!reply.ok()) return done(ReadPeerFailure(reply.status(), options_.name));
                 done(ReadPeerWord(*std::move(reply), options_.peer.state));
               });
}

void PeerAdapter::AskPartner(RegistryCall call, const char* method, std::string request,
                             PartnerDone done) {
  caller_.Call(call, method, request, [this, done = std::move(done)](auto reply) {
    if (!reply.ok()) return done(ReadPeerFailure(reply.status(), options_.name));
    done(std::move(reply));
  });
}

}  // namespace tracegate
