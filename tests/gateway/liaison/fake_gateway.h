#ifndef TRACEGATE_TESTS_GATEWAY_LIAISON_FAKE_GATEWAY_H_
#define TRACEGATE_TESTS_GATEWAY_LIAISON_FAKE_GATEWAY_H_

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/synchronization/mutex.h"
#include "adapters/cross_checker.h"
#include "protos/tracegate/failure.h"

namespace tracegate {

// What another State's gateway says to cross-checks, and what it was asked. Outlives the adapters that play it.
class GatewayScript {
 public:
  using Word = absl::StatusOr<CrossCheckWord>;
  // Nothing: no word comes until Answer is called.
  using Play = std::function<std::optional<Word>(const v1::CrossCheckRequest&)>;

  void Plays(Play play) {
    absl::MutexLock lock(&mutex_);
    play_ = std::move(play);
  }

  void Ask(const RegistryCall& call, const v1::CrossCheckRequest& request,
           CrossChecker::CrossCheckDone done) {
    Play play;
    {
      absl::MutexLock lock(&mutex_);
      asked_.push_back(request);
      last_call_ = call;
      play = play_;
    }
    auto word = play(request);
    if (word) return done(*std::move(word));
    absl::MutexLock lock(&mutex_);
    unanswered_.push_back(std::move(done));
  }

  void Answer(const Word& word) {
    std::vector<CrossChecker::CrossCheckDone> dones;
    {
      absl::MutexLock lock(&mutex_);
      dones.swap(unanswered_);
    }
    for (const auto& done : dones) done(word);
  }

  // Waits until that many questions wait for a word; false after half a minute.
  bool AwaitUnanswered(size_t count) {
    absl::MutexLock lock(&mutex_);
    const auto enough = [&] { return unanswered_.size() >= count; };
    return mutex_.AwaitWithTimeout(absl::Condition(&enough), absl::Seconds(30));
  }

  std::vector<v1::CrossCheckRequest> asked() {
    absl::MutexLock lock(&mutex_);
    return asked_;
  }
  RegistryCall last_call() {
    absl::MutexLock lock(&mutex_);
    return last_call_;
  }

 private:
  absl::Mutex mutex_;
  Play play_;
  std::vector<v1::CrossCheckRequest> asked_;
  RegistryCall last_call_;
  std::vector<CrossChecker::CrossCheckDone> unanswered_;
};

// A gateway that plays a script. It opens no traces.
class FakeGateway : public RegistryAdapter, public CrossChecker {
 public:
  explicit FakeGateway(std::shared_ptr<GatewayScript> script) : script_(std::move(script)) {}
  ~FakeGateway() override { script_->Answer(Failure(v1::REASON_CANCELLED, "the adapter ends")); }

  adapter::v1::DescribeResponse Describe() const override { return {}; }
  void Find(RegistryCall, adapter::v1::FindRequest, FindDone done) override {
    done(Failure(v1::REASON_INTERNAL, "a cross-check opens no trace"));
  }
  void GetRecord(RegistryCall, adapter::v1::GetRecordRequest, RecordDone done) override {
    done(Failure(v1::REASON_INTERNAL, "a cross-check reads no record"));
  }
  void Health(RegistryCall, HealthDone done) override { done(absl::OkStatus()); }
  void CrossCheck(RegistryCall call, v1::CrossCheckRequest request, CrossCheckDone done) override {
    script_->Ask(call, request, std::move(done));
  }

 private:
  const std::shared_ptr<GatewayScript> script_;
};

}  // namespace tracegate

#endif  // TRACEGATE_TESTS_GATEWAY_LIAISON_FAKE_GATEWAY_H_
