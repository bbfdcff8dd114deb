#ifndef TRACEGATE_TESTS_GATEWAY_TRACING_TRACING_HOUSE_H_
#define TRACEGATE_TESTS_GATEWAY_TRACING_TRACING_HOUSE_H_

#include <chrono>
#include <functional>
#include <future>
#include <memory>
#include <set>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "gateway/evidence/evidence_log.h"
#include "gateway/evidence/receipt_check.h"
#include "gateway/policy/agreement_book.h"
#include "gateway/policy/limit_defaults.h"
#include "gateway/tracing/tracer.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/gateway/evidence/example_log.h"
#include "tests/gateway/policy/example_agreement.h"
#include "tests/gateway/storage/sqlite_place.h"
#include "tests/gateway/tracing/example_trace.h"
#include "tests/gateway/tracing/fake_registry.h"
#include "tests/gateway/tracing/fake_timers.h"

namespace tracegate {

// Brazil's gateway without its RPCs: a real store and a real log, a clock that stands, its own registry and the
// peers Austria (AT) and Argentina (AR).
class TracingHouse : public testing::Test {
 protected:
  using Reply = absl::StatusOr<std::string>;

  TracingHouse() {
    for (const char* state : {"AT", "AR"}) {
      agreements_.push_back(ExampleAgreement("BR", state));
      agreements_.push_back(
          ExampleAgreement(state, "BR", {"firearm.serial_number", "events.kind"}));
    }
    limits_.open_traces_max = 100;
    limits_.hops_max = 12;
    limits_.expiry = absl::Hours(24);
    limits_.retry_first = absl::Seconds(5);
    limits_.retry_max = absl::Minutes(10);
    limits_.reply_wait_max = absl::Hours(1);
    brazil_->Plays([](const auto&) { return NoRecords(); });
    austria_->Plays([](const auto&) { return AnswerOf(v1::OUTCOME_TRANSFERRED_TO_STATE, "AR"); });
    argentina_->Plays([](const auto&) { return AnswerOf(v1::OUTCOME_LAST_HOLDER_IDENTIFIED); });
  }

  void TearDown() override { Stop(); }

  void Start() {
    google::protobuf::RepeatedPtrField<config::v1::Agreement> list(agreements_.begin(),
                                                                   agreements_.end());
    book_.Replace(*AgreementBook::Create(list));
    timers_ = std::make_unique<FakeTimers>();
    store_ = place_.Open();
    auto options = ExampleOptions();
    options.clock = [this] { return timers_->Now(); };
    log_ = *EvidenceLog::Open(store_.get(), options);
    std::vector<Registry> registries;
    const auto add = [&](const std::string& state, std::shared_ptr<RegistryScript> script) {
      Registry& registry = registries.emplace_back();
      registry.name = "registry-" + state;
      registry.state = state;
      registry.is_peer = state != "BR";
      registry.timeout = absl::Seconds(30);
      registry.adapter = std::make_unique<FakeRegistry>(std::move(script));
    };
    add("BR", brazil_);
    add("AT", austria_);
    add("AR", argentina_);
    registries_ = std::make_unique<RegistryTable>(std::set<std::string, std::less<>>{"BR"},
                                                  std::move(registries));
    house_.store = store_.get();
    house_.log = log_.get();
    house_.agreements = &book_;
    house_.quota = &quota_;
    house_.harvest_guard = &harvest_guard_;
    house_.tell_suspicion = [this](const v1::HarvestSuspicion& suspicion) {
      suspicions_.push_back(suspicion);
    };
    house_.registries = registries_.get();
    house_.timers = timers_.get();
    house_.clock = [this] { return timers_->Now(); };
    house_.gateway_id = "spiffe://br.example/gateway/peer";
    house_.gateway_state = "BR";
    tracer_ = std::make_unique<Tracer>(house_, limits_);
  }

  // In the order in which the gateway stops.
  void Stop() {
    if (!tracer_) return;
    tracer_->Drain();
    timers_->Stop();
    registries_.reset();
    log_.reset();
    tracer_.reset();
    store_.reset();
  }

  std::future<Reply> Create(const Caller& caller, const std::string& request_id,
                            const v1::TraceRequest& request,
                            absl::Time deadline = absl::InfiniteFuture()) {
    v1::CreateTraceRequest create;
    create.set_request_id(request_id);
    *create.mutable_request() = request;
    auto promise = std::make_shared<std::promise<Reply>>();
    tracer_->Create(caller, create, create.SerializeAsString(), deadline,
                    [promise](Reply reply) { promise->set_value(std::move(reply)); });
    return promise->get_future();
  }

  std::future<Reply> Ask(const std::string& request_id = "request-1") {
    return Create(officer_, request_id, ExampleRequest());
  }

  template <typename Request>
  using ActOn = absl::StatusOr<const v1::Hop*> (*)(const Request&, const tracegate::Act&);

  // What a caller does to a trace, by the call `/a/Method`.
  template <typename Request>
  std::future<Reply> Act(const Caller& caller, const Request& request, ActOn<Request> act,
                         bool reopens = false) {
    TraceStep step;
    step.trace_id = request.trace_id();
    step.method = "/a/Method";
    step.request_bytes = request.SerializeAsString();
    step.reopens = reopens;
    step.act = [request, act](const tracegate::Act& acting) { return act(request, acting); };
    auto promise = std::make_shared<std::promise<Reply>>();
    tracer_->Do(caller, std::move(step),
                [promise](Reply reply) { promise->set_value(std::move(reply)); });
    return promise->get_future();
  }

  static Reply Wait(std::future<Reply> reply) {
    if (reply.wait_for(std::chrono::seconds(30)) != std::future_status::ready) {
      return absl::InternalError("no reply came");
    }
    return reply.get();
  }

  // The trace in a reply, whose receipt must hold.
  v1::Trace Checked(const Reply& reply) {
    v1::Trace trace;
    EXPECT_TRUE(reply.ok()) << reply.status();
    if (!reply.ok()) return trace;
    const absl::Status holds = VerifyReply(*reply, log_->verifier_key());
    EXPECT_TRUE(holds.ok()) << holds;
    EXPECT_TRUE(trace.ParseFromString(*reply));
    return trace;
  }

  v1::Trace Got(const Caller& caller, const std::string& trace_id) {
    const Reply bytes = tracer_->Get(caller, trace_id);
    v1::Trace trace;
    EXPECT_TRUE(bytes.ok()) << bytes.status();
    EXPECT_TRUE(bytes.ok() && trace.ParseFromString(*bytes));
    return trace;
  }

  // Until every trace that has replied is closed too.
  void AwaitClosed() {
    while (tracer_->open_traces() != 0) std::this_thread::yield();
  }

  // The log's headers of that kind.
  std::vector<v1::EntryHeader> Entries(v1::EntryKind kind) {
    std::vector<v1::EntryHeader> headers;
    EXPECT_TRUE(store_
                    ->ScanEntries(0, false,
                                  [&](const EntryRow& row) {
                                    v1::EntryHeader header;
                                    EXPECT_TRUE(header.ParseFromString(row.header));
                                    if (header.kind() == kind) headers.push_back(header);
                                    return true;
                                  })
                    .ok());
    return headers;
  }

  // The same once there are so many, or after a long while.
  std::vector<v1::EntryHeader> AwaitEntries(v1::EntryKind kind, size_t count) {
    for (int i = 0; i < 100'000 && Entries(kind).size() < count; ++i) std::this_thread::yield();
    return Entries(kind);
  }

  const Caller officer_ = ExampleCaller("BR", "policia-federal", Role::kRegistry);
  const Caller argentine_gateway_ = ExampleCaller("AR", "gateway", Role::kPeer);
  const std::shared_ptr<RegistryScript> brazil_ = std::make_shared<RegistryScript>();
  const std::shared_ptr<RegistryScript> austria_ = std::make_shared<RegistryScript>();
  const std::shared_ptr<RegistryScript> argentina_ = std::make_shared<RegistryScript>();
  std::vector<config::v1::Agreement> agreements_;
  TracingLimits limits_;

  SqlitePlace place_;
  std::unique_ptr<FakeTimers> timers_;
  Current<AgreementBook> book_{nullptr};
  std::unique_ptr<SqliteRecordStore> store_;
  std::unique_ptr<EvidenceLog> log_;
  std::unique_ptr<RegistryTable> registries_;
  static config::v1::HarvestGuard GuardConfig() {
    config::v1::HarvestGuard config;
    FillDefaults(&config);
    return config;
  }

  PairQuota quota_;
  HarvestGuard harvest_guard_{GuardConfig()};
  std::vector<v1::HarvestSuspicion> suspicions_;
  House house_;
  std::unique_ptr<Tracer> tracer_;
};

}  // namespace tracegate

#endif  // TRACEGATE_TESTS_GATEWAY_TRACING_TRACING_HOUSE_H_
