#ifndef TRACEGATE_TESTS_GATEWAY_TRACING_FAKE_REGISTRY_H_
#define TRACEGATE_TESTS_GATEWAY_TRACING_FAKE_REGISTRY_H_

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/synchronization/mutex.h"
#include "adapters/registry_adapter.h"
#include "protos/tracegate/failure.h"

namespace tracegate {

// What a registry answers, and what it was asked. Outlives the adapters that play it.
class RegistryScript {
 public:
  using Found = absl::StatusOr<adapter::v1::FindResponse>;
  // Nothing: no answer comes until Answer is called.
  using Play = std::function<std::optional<Found>(const adapter::v1::FindRequest&)>;

  explicit RegistryScript(Play play = [](const auto&) { return adapter::v1::FindResponse(); })
      : play_(std::move(play)) {}

  void Plays(Play play) {
    absl::MutexLock lock(&mutex_);
    play_ = std::move(play);
  }

  void Ask(const adapter::v1::FindRequest& request, RegistryAdapter::FindDone done) {
    Play play;
    {
      absl::MutexLock lock(&mutex_);
      asked_.push_back(request);
      play = play_;
    }
    auto found = play(request);
    if (found) return done(*std::move(found));
    absl::MutexLock lock(&mutex_);
    unanswered_.push_back(std::move(done));
  }

  // Answers everything that waits for an answer.
  void Answer(const Found& found) {
    std::vector<RegistryAdapter::FindDone> dones;
    {
      absl::MutexLock lock(&mutex_);
      dones.swap(unanswered_);
    }
    for (const auto& done : dones) done(found);
  }

  // Waits until that many questions wait for an answer; false after half a minute.
  bool AwaitUnanswered(size_t count) {
    absl::MutexLock lock(&mutex_);
    const auto enough = [&] { return unanswered_.size() >= count; };
    return mutex_.AwaitWithTimeout(absl::Condition(&enough), absl::Seconds(30));
  }

  std::vector<adapter::v1::FindRequest> asked() {
    absl::MutexLock lock(&mutex_);
    return asked_;
  }

 private:
  absl::Mutex mutex_;
  Play play_;
  std::vector<adapter::v1::FindRequest> asked_;
  std::vector<RegistryAdapter::FindDone> unanswered_;
};

// A registry that plays a script.
class FakeRegistry : public RegistryAdapter {
 public:
  explicit FakeRegistry(std::shared_ptr<RegistryScript> script) : script_(std::move(script)) {}
  ~FakeRegistry() override { script_->Answer(Failure(v1::REASON_CANCELLED, "the adapter ends")); }

  adapter::v1::DescribeResponse Describe() const override { return {}; }
  void Find(RegistryCall, adapter::v1::FindRequest request, FindDone done) override {
    script_->Ask(request, std::move(done));
  }
  void GetRecord(RegistryCall, adapter::v1::GetRecordRequest, RecordDone done) override {
    done(Failure(v1::REASON_RECORD_NOT_FOUND, "none"));
  }
  void Health(RegistryCall, HealthDone done) override { done(absl::OkStatus()); }

 private:
  const std::shared_ptr<RegistryScript> script_;
};

}  // namespace tracegate

#endif  // TRACEGATE_TESTS_GATEWAY_TRACING_FAKE_REGISTRY_H_
