#include "adapters/peer/peer_adapter.h"

#include <optional>
#include <utility>

#include "absl/time/clock.h"
#include "adapters/find_request.h"
#include "adapters/peer/peer_answer.h"
#include "adapters/peer/peer_word.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

constexpr char kCrossCheck[] = "/tracegate.v1.LiaisonService/CrossCheck";
constexpr char kHealthCheck[] = "/grpc.health.v1.Health/Check";

// As many as a trace has supplements, and a hop clarifications, at most: a peer that never takes one is not told for ever.
constexpr int kCallsMax = 48;

}  // namespace

struct PeerAdapter::Exchange {
  RegistryCall call;
  adapter::v1::FindRequest question;
  FindDone done;
  std::string word;  // its last trace, as it came
  int calls_left = kCallsMax;
};

PeerAdapter::PeerAdapter(Options options)
    : options_(std::move(options)), caller_(options_.peer, options_.trust, options_.calls_max) {}

adapter::v1::DescribeResponse PeerAdapter::Describe() const {
  return DescribeSearchBySerial(options_.name, options_.peer.state, 0);
}

void PeerAdapter::Find(RegistryCall call, adapter::v1::FindRequest request, FindDone done) {
  auto exchange = std::make_shared<Exchange>();
  exchange->call = std::move(call);
  exchange->question = std::move(request);
  exchange->done = std::move(done);
  Say(std::move(exchange), FirstPeerCall(exchange->question));
}

void PeerAdapter::Say(std::shared_ptr<Exchange> exchange, const PeerCall& call) {
  caller_.Call(exchange->call, call.method, call.request,
               [this, exchange](auto reply) { OnReply(exchange, std::move(reply)); });
}

void PeerAdapter::OnReply(const std::shared_ptr<Exchange>& exchange,
                          absl::StatusOr<std::string> reply) {
  const adapter::v1::FindRequest& question = exchange->question;
  if (question.has_withdrawal())
    return exchange->done(ReadPeerWithdrawal(reply.status(), options_.name));
  // It has ended since it told how it stands: what it said last holds until it is asked again.
  const bool too_late = absl::IsFailedPrecondition(reply.status()) && !exchange->word.empty();
  if (!reply.ok() && !too_late)
    return exchange->done(ReadPeerFailure(reply.status(), options_.name));
  if (!too_late) exchange->word = *std::move(reply);
  const auto next = too_late ? std::nullopt : NextPeerCall(question, exchange->word);
  if (next && exchange->calls_left-- > 0) return Say(exchange, *next);
  exchange->done(ReadPeerReply(std::move(exchange->word), options_.peer.state, question.hop_id(),
                               absl::Now()));
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

}  // namespace tracegate
