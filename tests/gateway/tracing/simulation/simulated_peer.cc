#include "tests/gateway/tracing/simulation/simulated_peer.h"

#include "adapters/peer/peer_answer.h"
#include "tests/gateway/tracing/example_trace.h"
#include "tests/gateway/tracing/simulation/simulated_gateway.h"

namespace tracegate::simulation {
namespace {

std::string NameOf(const PeerCall& call) {
  return std::string(call.method).substr(sizeof("/tracegate.v1.TraceService/") - 1);
}

std::string WordOf(const absl::StatusOr<std::string>& reply) {
  if (!reply.ok()) return ReasonName(DetailOf(reply.status()).reason());
  v1::Trace trace;
  trace.ParseFromString(*reply);
  return v1::TraceState_Name(trace.state()).substr(12);
}

// What a network that is trusted with the truth could do to it.
std::string Altered(std::string reply) {
  v1::Trace trace;
  if (!trace.ParseFromString(reply) || trace.hops_size() != 1 || !trace.hops(0).has_answer())
    return reply;
  trace.mutable_hops(0)->mutable_answer()->set_outcome(v1::OUTCOME_HELD_IN_STATE_STOCK);
  return trace.SerializeAsString();
}

}  // namespace

void SimulatedPeer::Find(RegistryCall call, adapter::v1::FindRequest request, FindDone done) {
  const PendingCalls::Id id = calls_.Add(std::move(done));
  if (here_->dead()) return;
  if (stage_->sabotage == Sabotage::kPeersAskUnrecorded) {
    adapter::v1::FindRequest another = request;
    another.set_hop_id(request.hop_id() + "0");
    stage_->observer->OnQuestion(*here_, another);
  }
  stage_->observer->OnQuestion(*here_, request);
  const absl::Time too_late = stage_->queue.Now() + (call.deadline - here_->Now());
  here_->AtIfAlive(too_late, [this, id] {
    calls_.Answer(id, ReadPeerFailure(absl::DeadlineExceededError("too late"), there_));
  });
  const std::shared_ptr<Asking> asking(
      new Asking{call.deadline, id, PeerExchange(std::move(request), there_, there_)});
  Say(asking, asking->exchange.First());
}

void SimulatedPeer::Say(const std::shared_ptr<Asking>& asking, const PeerCall& call) {
  const std::string what = NameOf(call) + " " + asking->exchange.question().hop_id();
  const absl::Duration patience = asking->deadline - here_->Now();
  const auto arrive =
      here_->IfAlive<const Reply&>([this, asking](const Reply& reply) { OnReply(asking, reply); });
  network_->Carry(
      here_->state(), there_, what,
      [network = network_, here = here_->state(), there = there_, what, call, patience, arrive] {
        const auto reply = [=](const Reply& reply) {
          network->Carry(there, here, what + " is " + WordOf(reply),
                         [arrive, reply] { arrive(reply); });
        };
        SimulatedGateway& asked = network->At(there);
        if (!asked.up()) return reply(absl::UnavailableError("connection refused"));
        asked.Serve(ExampleCaller(here, "gateway", Role::kPeer), call.method, call.request,
                    patience, reply);
      });
}

void SimulatedPeer::OnReply(const std::shared_ptr<Asking>& asking, const Reply& reply) {
  const bool alter = reply.ok() && stage_->sabotage == Sabotage::kNetworkAltersAnswers;
  auto next = asking->exchange.Take(alter ? Altered(*reply) : reply, here_->Now());
  if (const auto* call = std::get_if<PeerCall>(&next)) return Say(asking, *call);
  calls_.Answer(asking->id, std::get<PeerExchange::Outcome>(std::move(next)));
}

}  // namespace tracegate::simulation
