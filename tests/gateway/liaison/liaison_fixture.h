#ifndef TRACEGATE_TESTS_GATEWAY_LIAISON_LIAISON_FIXTURE_H_
#define TRACEGATE_TESTS_GATEWAY_LIAISON_LIAISON_FIXTURE_H_

#include <chrono>
#include <future>
#include <memory>
#include <set>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/synchronization/mutex.h"
#include "absl/synchronization/notification.h"
#include "gateway/evidence/evidence_log.h"
#include "gateway/evidence/receipt_check.h"
#include "gateway/liaison/cross_checks.h"
#include "gateway/liaison/fellow_searchers.h"
#include "gateway/liaison/hit_watch.h"
#include "gateway/liaison/subscriptions.h"
#include "gateway/policy/limit_defaults.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/gateway/evidence/example_log.h"
#include "tests/gateway/liaison/example_check.h"
#include "tests/gateway/liaison/fake_gateway.h"
#include "tests/gateway/policy/example_agreement.h"
#include "tests/gateway/storage/sqlite_place.h"
#include "tests/gateway/tracing/fake_registry.h"
#include "tests/gateway/tracing/fake_timers.h"

namespace tracegate {

// What one call was told, from whatever thread.
class Listener {
 public:
  bool Take(std::string bytes) {
    absl::MutexLock lock(&mutex_);
    if (left_) return false;
    told_.push_back(std::move(bytes));
    return true;
  }
  void End(absl::Status status) {
    absl::MutexLock lock(&mutex_);
    EXPECT_FALSE(ended_) << "ended twice";
    ended_ = true;
    status_ = std::move(status);
  }
  void Leave() {
    absl::MutexLock lock(&mutex_);
    left_ = true;
  }
  bool left() {
    absl::MutexLock lock(&mutex_);
    return left_;
  }
  bool ended() {
    absl::MutexLock lock(&mutex_);
    return ended_;
  }
  // Waits for the end.
  absl::Status Wait() {
    absl::MutexLock lock(&mutex_);
    if (!mutex_.AwaitWithTimeout(absl::Condition(&ended_), absl::Seconds(30))) {
      return absl::InternalError("it did not end");
    }
    return status_;
  }
  // Waits for that many messages; fewer after half a minute.
  std::vector<std::string> Await(size_t count) {
    absl::MutexLock lock(&mutex_);
    const auto enough = [&] { return told_.size() >= count; };
    mutex_.AwaitWithTimeout(absl::Condition(&enough), absl::Seconds(30));
    return told_;
  }
  std::vector<std::string> told() {
    absl::MutexLock lock(&mutex_);
    return told_;
  }

 private:
  absl::Mutex mutex_;
  std::vector<std::string> told_ ABSL_GUARDED_BY(mutex_);
  bool ended_ ABSL_GUARDED_BY(mutex_) = false;
  bool left_ ABSL_GUARDED_BY(mutex_) = false;
  absl::Status status_ ABSL_GUARDED_BY(mutex_);
};

// Brazil's and Uruguay's gateway without its RPCs: a real store and a real log, a clock that stands, the two States' own
// registries, and the peers Austria (AT) and Argentina (AR). Brazil may cross-check all three others, and Argentina Brazil.
class LiaisonFixture : public testing::Test {
 protected:
  LiaisonFixture() {
    for (const char* state : {"AR", "AT", "UY"}) {
      agreements_.push_back(ExampleAgreement("BR", state));
      agreements_.back().set_cross_check(true);
    }
    agreements_.push_back(ExampleAgreement("AR", "BR"));
    agreements_.back().set_cross_check(true);
    agreements_.back().add_handling(v1::HANDLING_CODE_H1);
    brazil_->Plays([](const auto&) { return RecordsOf(ExampleRecord("BR-7")); });
    uruguay_->Plays([](const auto&) { return RecordsNone(); });
    austria_->Plays([](const auto&) { return NoHitOf("AT"); });
    argentina_->Plays([](const auto&) { return HitOf("AR"); });
    config::v1::DirectoryState& brazil = *directory_.Add();
    brazil.set_state("BR");
    v1::PointOfContact* contact = brazil.add_contacts();
    contact->mutable_agency()->set_state("BR");
    contact->mutable_agency()->set_name("policia-federal");
    contact->add_purposes(v1::CONTACT_PURPOSE_LIAISON);
    contact->set_email("armas@br.example");
  }

  void TearDown() override { Stop(); }

  void Start() {
    const google::protobuf::RepeatedPtrField<config::v1::Agreement> list(agreements_.begin(),
                                                                         agreements_.end());
    book_.Replace(*AgreementBook::Create(list));
    contacts_.Replace(*DirectoryBook::Create(directory_, absl::UnixEpoch()));
    store_ = place_.Open();
    auto options = ExampleOptions();
    options.clock = [this] { return timers_->Now(); };
    log_ = *EvidenceLog::Open(store_.get(), options);
    registries_ = Registries();
    feed_ = *HitFeed::Open(store_.get());
    subscription_book_ = *SubscriptionBook::Open(store_.get());
    LiaisonHouse liaison;
    liaison.house.store = store_.get();
    liaison.house.log = log_.get();
    liaison.house.agreements = &book_;
    liaison.house.quota = &quota_;
    liaison.house.harvest_guard = &harvest_guard_;
    liaison.house.registries = registries_.get();
    liaison.house.timers = timers_.get();
    liaison.house.clock = [this] { return timers_->Now(); };
    liaison.house.check_peer_log = [this](std::string_view state) {
      return state == distrusted_ ? Failure(v1::REASON_LOG_CONFLICT, "its log was cut")
                                  : absl::OkStatus();
    };
    liaison.house.tell_inquiry = [this](Inquiry inquiry) { fellows_->Note(std::move(inquiry)); };
    liaison.house.gateway_id = "spiffe://br.example/gateway/peer";
    liaison.house.gateway_state = "BR";
    liaison.directory = &contacts_;
    fellows_ = std::make_unique<FellowSearchers>(liaison, feed_.get(), subscription_book_.get());
    ASSERT_TRUE(fellows_->Recall().ok());
    checks_ = std::make_unique<CrossChecks>(liaison, feed_.get());
    subscriptions_ = std::make_unique<Subscriptions>(liaison, subscription_limits_,
                                                     subscription_book_.get(), checks_.get());
    subscriptions_->Begin();
    house_ = liaison.house;
  }

  // In the order in which the gateway stops.
  void Stop() {
    if (!checks_) return;
    subscriptions_->Drain();
    checks_->Drain();
    fellows_->Drain();
    feed_->Drain();
    timers_->Stop();
    registries_.reset();
    log_.reset();
    subscriptions_.reset();
    checks_.reset();
    fellows_.reset();
    subscription_book_.reset();
    feed_.reset();
    timers_->GoOn();
    store_.reset();
  }

  std::unique_ptr<RegistryTable> Registries() {
    std::vector<Registry> registries;
    const auto add = [&](const std::string& state) -> Registry& {
      Registry& registry = registries.emplace_back();
      registry.name = "registry-" + state;
      registry.state = state;
      registry.timeout = absl::Seconds(10);
      return registry;
    };
    add("BR").adapter = std::make_unique<FakeRegistry>(brazil_);
    Registry& uruguay = add("UY");
    uruguay.adapter = std::make_unique<FakeRegistry>(uruguay_);
    uruguay.is_desk = uruguay_is_desk_;
    for (const auto& [state, script] : {std::pair("AT", austria_), std::pair("AR", argentina_)}) {
      auto gateway = std::make_unique<FakeGateway>(script);
      Registry& registry = add(state);
      registry.is_peer = true;
      registry.cross_checker = gateway.get();
      registry.adapter = std::move(gateway);
    }
    return std::make_unique<RegistryTable>(std::set<std::string, std::less<>>{"BR", "UY"},
                                           std::move(registries));
  }

  static std::optional<RegistryScript::Found> RecordsNone() { return NoRecords(); }

  std::shared_ptr<Listener> Check(const Caller& caller, const v1::CrossCheckRequest& request,
                                  absl::Time deadline = absl::InfiniteFuture()) {
    auto listener = std::make_shared<Listener>();
    checks_->Check(
        caller, request, "/tracegate.v1.LiaisonService/CrossCheck", request.SerializeAsString(),
        deadline, [listener](std::string bytes) { return listener->Take(std::move(bytes)); },
        [listener](absl::Status status) { listener->End(std::move(status)); });
    return listener;
  }

  // The words told, whose receipts must hold.
  std::vector<v1::CrossCheckResponse> WordsOf(const std::shared_ptr<Listener>& listener) {
    std::vector<v1::CrossCheckResponse> words;
    for (const std::string& bytes : listener->told()) {
      const absl::Status holds = VerifyReply(bytes, log_->verifier_key());
      EXPECT_TRUE(holds.ok()) << holds;
      EXPECT_TRUE(words.emplace_back().ParseFromString(bytes));
    }
    return words;
  }

  // All words of a check that ends as it should, by State.
  std::map<std::string, v1::CrossCheckResponse> Words(const Caller& caller,
                                                      const v1::CrossCheckRequest& request) {
    const auto listener = Check(caller, request);
    EXPECT_TRUE(listener->Wait().ok()) << listener->Wait();
    std::map<std::string, v1::CrossCheckResponse> words;
    for (auto& word : WordsOf(listener)) {
      const std::string state = word.state();
      EXPECT_TRUE(words.emplace(state, std::move(word)).second) << state << " spoke twice";
    }
    return words;
  }

  absl::Status Refusal(const Caller& caller, const v1::CrossCheckRequest& request) {
    const auto listener = Check(caller, request);
    const absl::Status status = listener->Wait();
    EXPECT_TRUE(listener->told().empty());
    return status;
  }

  std::shared_ptr<Listener> Watch(const Caller& caller, const std::string& cursor = "") {
    auto listener = std::make_shared<Listener>();
    v1::WatchHitsRequest request;
    request.set_cursor(cursor);
    WatchHits(caller, request, *registries_, *subscription_book_, feed_.get(),
              {.send = [listener](std::string bytes) { return listener->Take(std::move(bytes)); },
               .gone = [listener] { return listener->left(); },
               .finish = [listener](absl::Status status) { listener->End(std::move(status)); }});
    return listener;
  }

  static std::vector<v1::WatchHitsResponse> EventsOf(const std::vector<std::string>& told) {
    std::vector<v1::WatchHitsResponse> events;
    for (const std::string& bytes : told) {
      EXPECT_TRUE(events.emplace_back().ParseFromString(bytes));
    }
    return events;
  }

  struct Entry {
    v1::EntryHeader header;
    std::string content;
  };

  // The log's entries of that kind.
  std::vector<Entry> Entries(v1::EntryKind kind) {
    std::vector<Entry> entries;
    EXPECT_TRUE(store_
                    ->ScanEntries(0, false,
                                  [&](const EntryRow& row) {
                                    Entry entry{{}, row.content};
                                    EXPECT_TRUE(entry.header.ParseFromString(row.header));
                                    if (entry.header.kind() == kind) entries.push_back(entry);
                                    return true;
                                  })
                    .ok());
    return entries;
  }

  // The same once there are so many, or after a long while.
  std::vector<Entry> AwaitEntries(v1::EntryKind kind, size_t count) {
    for (int i = 0; i < 100'000 && Entries(kind).size() < count; ++i) std::this_thread::yield();
    return Entries(kind);
  }

  // Returns once all that was handed to the log before is in it.
  void Settle() {
    absl::Notification recorded;
    RecordDraft draft;
    draft.entries.emplace_back().header.set_kind(v1::ENTRY_KIND_LOG_READ);
    log_->Append(std::move(draft), [&](const auto&) { recorded.Notify(); });
    recorded.WaitForNotification();
  }

  // What the log says that somebody was told of others who ask, in order.
  std::vector<v1::HitNotice> NoticesOf(v1::HitSide side) {
    std::vector<v1::HitNotice> notices;
    for (const Entry& entry : Entries(v1::ENTRY_KIND_HIT_NOTIFIED)) {
      v1::HitNotice notice;
      EXPECT_TRUE(notice.ParseFromString(entry.content));
      if (notice.side() == side) notices.push_back(notice);
    }
    return notices;
  }

  using Reply = absl::StatusOr<std::string>;

  std::future<Reply> Subscribing(const Caller& caller, const v1::SubscribeRequest& request) {
    auto promise = std::make_shared<std::promise<Reply>>();
    subscriptions_->Subscribe(caller, request, request.SerializeAsString(),
                              [promise](Reply reply) { promise->set_value(std::move(reply)); });
    return promise->get_future();
  }

  static Reply Wait(std::future<Reply> reply) {
    if (reply.wait_for(std::chrono::seconds(30)) != std::future_status::ready) {
      return absl::InternalError("no reply came");
    }
    return reply.get();
  }

  // The subscription in a reply, whose receipt must hold.
  v1::Subscription Subscribed(const Caller& caller, const v1::SubscribeRequest& request) {
    const Reply reply = Wait(Subscribing(caller, request));
    v1::Subscription subscription;
    EXPECT_TRUE(reply.ok()) << reply.status();
    if (!reply.ok()) return subscription;
    const absl::Status holds = VerifyReply(*reply, log_->verifier_key());
    EXPECT_TRUE(holds.ok()) << holds;
    EXPECT_TRUE(subscription.ParseFromString(*reply));
    subscription.clear_receipt();
    return subscription;
  }

  v1::SubscribeRequest ExampleSubscribe(const std::string& request_id = "standing-1") {
    v1::SubscribeRequest request;
    request.set_request_id(request_id);
    *request.mutable_item() = ExampleRequest().item();
    request.set_intended_use(v1::INTENDED_USE_CRIMINAL_INVESTIGATION);
    request.set_justification("its twin was found with a gang");
    request.set_used_in_crime(true);
    request.set_confidentiality(v1::CONFIDENTIALITY_GUARANTEE_NOT_POSSIBLE);
    request.mutable_expire_time()->set_seconds(
        absl::ToUnixSeconds(timers_->Now() + absl::Hours(30 * 24)));
    return request;
  }

  static config::v1::HarvestGuard GuardConfig() {
    config::v1::HarvestGuard config;
    FillDefaults(&config);
    return config;
  }

  const Caller officer_ = ExampleCaller("BR", "policia-federal", Role::kLiaison);
  const Caller colleague_ = ExampleCaller("BR", "policia-civil", Role::kLiaison);
  const Caller argentine_gateway_ = ExampleCaller("AR", "gateway", Role::kPeer);
  const std::shared_ptr<RegistryScript> brazil_ = std::make_shared<RegistryScript>();
  const std::shared_ptr<RegistryScript> uruguay_ = std::make_shared<RegistryScript>();
  const std::shared_ptr<GatewayScript> austria_ = std::make_shared<GatewayScript>();
  const std::shared_ptr<GatewayScript> argentina_ = std::make_shared<GatewayScript>();
  std::vector<config::v1::Agreement> agreements_;  // BR asks AR, AT, UY; AR asks BR
  google::protobuf::RepeatedPtrField<config::v1::DirectoryState> directory_;
  bool uruguay_is_desk_ = false;
  std::string distrusted_;  // the State whose log is not believed

  SqlitePlace place_;
  const std::unique_ptr<FakeTimers> timers_ = std::make_unique<FakeTimers>();
  Current<AgreementBook> book_{nullptr};
  Current<DirectoryBook> contacts_{nullptr};
  std::unique_ptr<SqliteRecordStore> store_;
  std::unique_ptr<EvidenceLog> log_;
  std::unique_ptr<RegistryTable> registries_;
  PairQuota quota_;
  HarvestGuard harvest_guard_{GuardConfig()};
  std::unique_ptr<HitFeed> feed_;
  std::unique_ptr<SubscriptionBook> subscription_book_;
  SubscriptionLimits subscription_limits_{.per_agency_max = 3, .ask_every = absl::Hours(24)};
  std::unique_ptr<FellowSearchers> fellows_;
  std::unique_ptr<CrossChecks> checks_;
  std::unique_ptr<Subscriptions> subscriptions_;
  House house_;
};

}  // namespace tracegate

#endif  // TRACEGATE_TESTS_GATEWAY_LIAISON_LIAISON_FIXTURE_H_
