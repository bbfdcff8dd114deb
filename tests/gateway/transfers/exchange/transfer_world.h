#ifndef TRACEGATE_TESTS_GATEWAY_TRANSFERS_EXCHANGE_TRANSFER_WORLD_H_
#define TRACEGATE_TESTS_GATEWAY_TRANSFERS_EXCHANGE_TRANSFER_WORLD_H_

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "gateway/evidence/evidence_log.h"
#include "gateway/evidence/receipt_check.h"
#include "gateway/rpc/transfer_service.h"
#include "gateway/transfers/transfers.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/gateway/evidence/example_log.h"
#include "tests/gateway/storage/memory_record_store.h"
#include "tests/gateway/tracing/example_trace.h"
#include "tests/gateway/tracing/fake_registry.h"
#include "tests/gateway/tracing/fake_timers.h"
#include "tests/gateway/transfers/example_record.h"

namespace tracegate {

inline constexpr char kTransferService[] = "/tracegate.v1.TransferService/";

// An agreement for transfers alone.
inline config::v1::Agreement TransferAgreement(const std::string& asking,
                                               const std::string& answering, v1::LegalBasis basis) {
  config::v1::Agreement agreement;
  agreement.set_id(asking + "-asks-" + answering + "-" + std::to_string(basis));
  agreement.set_asking_state(asking);
  agreement.set_answering_state(answering);
  agreement.set_legal_basis(basis);
  agreement.add_purposes(v1::INTENDED_USE_EXPORT_CONTROL);
  agreement.set_valid_from("2026-01-01");
  auto* sharing = agreement.mutable_transfers();
  for (const char* path : {"basis", "kind", "date", "states", "lines", "authorisation.number",
                           "authorisation.issuing_state", "authorisation.status"}) {
    sharing->add_record(path);
  }
  for (const char* path : {"end_use", "documents", "assurances"}) sharing->add_end_use_answer(path);
  sharing->add_diversion("items");
  sharing->set_figures(true);
  return agreement;
}

class TransferWorld;

// One gateway's house as far as transfers go, by hand: nothing happens but when the test lets it.
class TransferGateway {
 public:
  TransferGateway(TransferWorld* world, std::string name,
                  std::set<std::string, std::less<>> states);

  void Start();
  // As a kill: what is in the store stays.
  void Stop();

  // Calls as that caller; the reply once the world has run, nothing where none came.
  template <typename Message>
  std::shared_ptr<std::optional<absl::StatusOr<std::string>>> Call(const Caller& caller,
                                                                   const std::string& method,
                                                                   const Message& message);
  void Serve(const Caller& caller, const std::string& method, const std::string& bytes,
             AnswerOnce::Reply reply);

  // Entries of a kind, oldest first.
  std::vector<std::pair<v1::EntryHeader, std::string>> Entries(v1::EntryKind kind);

  TransferWorld* const world_;
  const std::string name_;
  const std::set<std::string, std::less<>> states_;
  MemoryRecordStore store_;
  std::unique_ptr<EvidenceLog> log_;
  std::shared_ptr<RegistryScript> registry_;  // of its first State; null: it has none
  std::unique_ptr<Transfers> transfers_;
  std::unique_ptr<RegistryTable> registries_;  // goes before what its answers reach
  std::unique_ptr<HandlerTable> handlers_;     // TransferService, as it is served
  bool is_down_ = false;
  PairQuota quota_;
  std::map<std::string, config::v1::DirectoryState> directory_;
  std::vector<Overdue> overdue_;  // that it was reminded of
};

// Gateways that reach each other, and a clock that stands.
class TransferWorld {
 public:
  TransferGateway& Add(const std::string& name, std::set<std::string, std::less<>> states) {
    return *gateways_.emplace_back(
        std::make_unique<TransferGateway>(this, name, std::move(states)));
  }
  void Agree(config::v1::Agreement agreement) {
    agreements_.push_back(std::move(agreement));
    const google::protobuf::RepeatedPtrField<config::v1::Agreement> list(agreements_.begin(),
                                                                         agreements_.end());
    auto book = AgreementBook::Create(list);
    ASSERT_TRUE(book.ok()) << book.status();
    book_.Replace(*std::move(book));
  }
  void AgreeNoMore() {
    agreements_.clear();
    book_.Replace(*AgreementBook::Create({}));
  }
  void Start() {
    for (auto& gateway : gateways_) gateway->Start();
  }
  // Until nothing happens by itself any more.
  void Run() {
    for (bool any = true; any;) {
      any = false;
      for (auto& gateway : gateways_) {
        if (gateway->log_ && gateway->log_->RecordQueued()) any = true;
      }
    }
  }
  void Pass(absl::Duration time) {
    timers_.Advance(time);
    Run();
  }
  TransferGateway* GatewayOf(const std::string& state) {
    for (auto& gateway : gateways_) {
      if (gateway->states_.contains(state)) return gateway.get();
    }
    return nullptr;
  }

  FakeTimers timers_;
  Current<AgreementBook> book_{*AgreementBook::Create({})};
  std::vector<config::v1::Agreement> agreements_;
  std::vector<std::unique_ptr<TransferGateway>> gateways_;
};

// The way to another State's gateway.
class TransferLink : public RegistryAdapter, public PartnerGateway {
 public:
  TransferLink(TransferWorld* world, std::string from, std::string to)
      : world_(world), from_(std::move(from)), to_(std::move(to)) {}

  adapter::v1::DescribeResponse Describe() const override { return {}; }
  void Find(RegistryCall, adapter::v1::FindRequest, FindDone done) override {
    done(Failure(v1::REASON_INTERNAL, "transfers ask for no weapon"));
  }
  void GetRecord(RegistryCall, adapter::v1::GetRecordRequest, RecordDone done) override {
    done(Failure(v1::REASON_INTERNAL, "transfers read no record"));
  }
  void Health(RegistryCall, HealthDone done) override { done(absl::OkStatus()); }
  void AskPartner(RegistryCall, const char* method, std::string request,
                  PartnerDone done) override {
    TransferGateway* const peer = world_->GatewayOf(to_);
    if (peer == nullptr || peer->is_down_ || !peer->transfers_) {
      return done(Failure(v1::REASON_PEER_UNAVAILABLE, "nobody answers"));
    }
    peer->Serve(ExampleCaller(from_, "gateway", Role::kPeer), method, request, std::move(done));
  }

 private:
  TransferWorld* const world_;
  const std::string from_;
  const std::string to_;
};

inline TransferGateway::TransferGateway(TransferWorld* world, std::string name,
                                        std::set<std::string, std::less<>> states)
    : world_(world), name_(std::move(name)), states_(std::move(states)) {}

inline void TransferGateway::Start() {
  auto options = ExampleOptions();
  options.by_hand = true;
  options.clock = [this] { return world_->timers_.Now(); };
  log_ = *EvidenceLog::Open(&store_, options);
  std::vector<Registry> registries;
  for (auto& other : world_->gateways_) {
    if (other.get() == this) continue;
    for (const std::string& state : other->states_) {
      auto link = std::make_unique<TransferLink>(world_, *states_.begin(), state);
      Registry& registry = registries.emplace_back();
      registry.name = state;
      registry.state = state;
      registry.is_peer = true;
      registry.timeout = absl::Seconds(10);
      registry.partner = link.get();
      registry.adapter = std::move(link);
    }
  }
  if (registry_) {
    Registry& own = registries.emplace_back();
    own.name = "register";
    own.state = *states_.begin();
    own.timeout = absl::Seconds(10);
    own.adapter = std::make_unique<FakeRegistry>(registry_);
  }
  registries_ = std::make_unique<RegistryTable>(states_, std::move(registries));
  TransferHouse house;
  house.store = &store_;
  house.log = log_.get();
  house.agreements = &world_->book_;
  house.registries = registries_.get();
  house.timers = &world_->timers_;
  house.clock = [this] { return world_->timers_.Now(); };
  house.quota = &quota_;
  house.directory_of = [this](std::string_view state) {
    const auto found = directory_.find(std::string(state));
    return found == directory_.end() ? config::v1::DirectoryState() : found->second;
  };
  house.tell_overdue = [this](const Overdue& overdue) { overdue_.push_back(overdue); };
  house.gateway_id = "spiffe://" + name_ + ".example/gateway/peer";
  house.gateway_state = *states_.begin();
  transfers_ = std::make_unique<Transfers>(house);
  handlers_ = std::make_unique<HandlerTable>();
  ServeTransfers(transfers_.get(), house.clock, handlers_.get());
  ASSERT_TRUE(transfers_->Resume().ok());
}

inline void TransferGateway::Stop() {
  transfers_->Drain();
  world_->timers_.Stop();
  registries_.reset();
  log_.reset();
  transfers_.reset();
}

inline void TransferGateway::Serve(const Caller& caller, const std::string& method,
                                   const std::string& bytes, AnswerOnce::Reply reply) {
  const HandlerTable::Unary* const handler = handlers_->FindUnary(method);
  ASSERT_NE(handler, nullptr) << method;
  (*handler)({caller, method}, bytes, std::move(reply));
}

template <typename Message>
std::shared_ptr<std::optional<absl::StatusOr<std::string>>> TransferGateway::Call(
    const Caller& caller, const std::string& method, const Message& message) {
  auto told = std::make_shared<std::optional<absl::StatusOr<std::string>>>();
  Serve(caller, kTransferService + method, message.SerializeAsString(),
        [told](absl::StatusOr<std::string> reply) {
          EXPECT_FALSE(told->has_value()) << "replied twice";
          *told = std::move(reply);
        });
  world_->Run();
  return told;
}

inline std::vector<std::pair<v1::EntryHeader, std::string>> TransferGateway::Entries(
    v1::EntryKind kind) {
  std::vector<std::pair<v1::EntryHeader, std::string>> entries;
  store_.VisitEntries(0, [&](const EntryRow& row) {
    v1::EntryHeader header;
    EXPECT_TRUE(header.ParseFromString(row.header));
    if (header.kind() == kind) entries.emplace_back(header, row.content);
  });
  return entries;
}

// Austria exports to Brazil; each has a gateway of its own.
class TransferFixture : public testing::Test {
 protected:
  // The reply as that message, whose receipt must hold.
  template <typename Reply, typename Message>
  Reply Told(TransferGateway& gateway, const Caller& caller, const std::string& method,
             const Message& message) {
    const auto told = gateway.Call(caller, method, message);
    Reply reply;
    if (!told->has_value()) {
      ADD_FAILURE() << method << ": no reply";
      return reply;
    }
    EXPECT_TRUE((*told)->ok()) << (*told)->status();
    if (!(*told)->ok()) return reply;
    const absl::Status holds = VerifyReply(***told, gateway.log_->verifier_key());
    EXPECT_TRUE(holds.ok()) << method << ": " << holds;
    EXPECT_TRUE(reply.ParseFromString(***told));
    return reply;
  }

  template <typename Message>
  absl::Status Refused(TransferGateway& gateway, const Caller& caller, const std::string& method,
                       const Message& message) {
    const auto told = gateway.Call(caller, method, message);
    if (!told->has_value()) return absl::InternalError("no reply");
    return (*told)->status();
  }

  v1::Transfer Record(TransferGateway& gateway, const Caller& caller,
                      const v1::TransferRecord& record, const std::string& id) {
    v1::RecordTransferRequest request;
    request.set_request_id(id);
    *request.mutable_record() = record;
    return Told<v1::Transfer>(gateway, caller, "RecordTransfer", request);
  }

  v1::Transfer Stored(TransferGateway& gateway, const Caller& caller, const std::string& id,
                      int revision = 0) {
    v1::GetTransferRequest request;
    request.set_transfer_id(id);
    request.set_revision(revision);
    const auto transfer = gateway.transfers_->stored().Get(caller, request);
    EXPECT_TRUE(transfer.ok()) << transfer.status();
    return transfer.ok() ? *transfer : v1::Transfer();
  }

  TransferWorld world_;
  TransferGateway& austria_ = world_.Add("at", {"AT"});
  TransferGateway& brazil_ = world_.Add("br", {"BR"});
  const Caller exporter_ = ExampleCaller("AT", "export-control", Role::kRegistry);
  const Caller importer_ = ExampleCaller("BR", "exercito", Role::kRegistry);
  const Caller auditor_ = ExampleCaller("AT", "rechnungshof", Role::kCompliance);
};

}  // namespace tracegate

#endif  // TRACEGATE_TESTS_GATEWAY_TRANSFERS_EXCHANGE_TRANSFER_WORLD_H_
