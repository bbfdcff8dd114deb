#include "tests/gateway/tracing/simulation/simulated_gateway.h"

#include <utility>

#include "tests/gateway/evidence/minted_key.h"

namespace tracegate::simulation {
namespace {

// A gateway that releases another reply than it recorded.
std::string Altered(std::string reply) {
  reply[2] ^= 1;  // in the trace's id
  return reply;
}

}  // namespace

SimulatedGateway::SimulatedGateway(Stage* stage, SimulatedNetwork* network, std::string state)
    : stage_(stage),
      network_(network),
      state_(std::move(state)),
      agreements_(stage->world.agreements),
      store_(stage->sabotage) {
  store_.on_kill = [this] { life_->dead = true; };
  store_.on_commit = [this](const WriteBatch& batch) { stage_->observer->OnCommit(*this, batch); };
}

SimulatedGateway::~SimulatedGateway() = default;

void SimulatedGateway::At(absl::Time when, std::function<void()> event) {
  stage_->queue.At(when, [this, event = std::move(event)] {
    event();
    FinishEvent();
  });
}

void SimulatedGateway::FinishEvent() {
  if (life_ != nullptr) life_->Settle();
  if (dead()) {
    stage_->Note(state_, " is killed");
    life_.reset();
    store_.process_dead = false;
    on_death();
  }
  on_event_end();
}

void SimulatedGateway::Start() {
  ++lives_;
  stage_->Note(state_, " starts, its clock at ", absl::FormatDuration(skew));
  life_ = std::make_unique<GatewayLife>(stage_, network_, this);
  verifier_key_ = life_->log().verifier_key();
  stage_->observer->OnStart(*this, life_->log().damage());
  life_->TakeUp(agreements_);
  if (auto resumed = life_->tracer().Resume(); !resumed.ok())
    stage_->observer->OnStart(*this, resumed);
}

void SimulatedGateway::Drain() {
  stage_->Note(state_, " stops");
  life_->Stop();
  if (!dead()) life_.reset();
}

void SimulatedGateway::Kill() {
  life_->dead = true;
  store_.process_dead = true;
}

void SimulatedGateway::Serve(const Caller& caller, const std::string& method,
                             const std::string& request_bytes, absl::Duration patience,
                             const ReplyDone& reply) {
  const Call call{caller, method, Now() + patience};
  (*life_->handlers().FindUnary(method))(call, request_bytes, Released(caller, method, reply));
}

ReplyDone SimulatedGateway::Released(const Caller& to, const std::string& method,
                                     const ReplyDone& reply) {
  return IfAlive<absl::StatusOr<std::string>>(
      [this, to, method, reply](absl::StatusOr<std::string> bytes) {
        if (bytes.ok()) {
          if (stage_->sabotage == Sabotage::kGatewayAltersReplies) bytes = Altered(*bytes);
          stage_->observer->OnRelease(*this, {to, method, *bytes});
        } else {
          stage_->observer->OnFailure(*this, to, bytes.status());
        }
        reply(std::move(bytes));
      });
}

void SimulatedGateway::EndAgreement(const std::string& id) {
  stage_->Note(state_, " ends the agreement ", id);
  std::erase_if(agreements_, [&](const auto& agreement) { return agreement.id() == id; });
  if (life_ != nullptr && stage_->sabotage != Sabotage::kPolicyForgetsEnds)
    life_->TakeUp(agreements_);
}

EvidenceLog::Options SimulatedGateway::LogOptions() const {
  EvidenceLog::Options options;
  options.origin = state_ + ".example/log";
  options.signing_key_pem = Ed25519Pem(std::string(32, state_[1]));
  options.by_hand = true;
  options.clock = [this] { return Now(); };
  return options;
}

}  // namespace tracegate::simulation
