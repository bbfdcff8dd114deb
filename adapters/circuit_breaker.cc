#include "adapters/circuit_breaker.h"

#include <algorithm>
#include <utility>

#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

enum class Verdict { kAnswered, kFailed, kNothing };

// What an outcome says of the registry. That nobody waited, or that the queue before it was full, says nothing.
// A peer that says it is still at work, or speaks of what is newer, has answered.
Verdict VerdictOf(const absl::Status& outcome) {
  switch (outcome.code()) {
    case absl::StatusCode::kUnavailable: {
      const v1::Reason reason = DetailOf(outcome).reason();
      const bool is_word = reason == v1::REASON_PEER_WORKING || reason == v1::REASON_PEER_NEWER;
      return is_word ? Verdict::kAnswered : Verdict::kFailed;
    }
    case absl::StatusCode::kDeadlineExceeded: return Verdict::kFailed;
    case absl::StatusCode::kCancelled:
    case absl::StatusCode::kResourceExhausted: return Verdict::kNothing;
    default: return Verdict::kAnswered;
  }
}

const absl::Status& StatusOf(const absl::Status& status) { return status; }
template <typename Response>
const absl::Status& StatusOf(const absl::StatusOr<Response>& response) {
  return response.status();
}

}  // namespace

CircuitBreaker::CircuitBreaker(std::unique_ptr<RegistryAdapter> registry, Options options)
    : options_(std::move(options)), pause_(options_.pause_first), registry_(std::move(registry)) {}

absl::StatusOr<CircuitBreaker::Passage> CircuitBreaker::Enter() {
  absl::MutexLock lock(&mutex_);
  if (!open_) return Passage::kOrdinary;
  const absl::Time now = options_.clock();
  if (!probing_ && now >= open_until_) {
    probing_ = true;
    return Passage::kProbe;
  }
  return RetryableFailure(
      options_.reason,
      "registry '" + options_.name + "' failed several times running and is let rest",
      std::max(open_until_ - now, options_.pause_first));
}

void CircuitBreaker::Leave(Passage passage, const absl::Status& outcome) {
  bool is_open = false;
  {
    absl::MutexLock lock(&mutex_);
    const bool was_open = open_;
    Count(passage, outcome);
    is_open = open_;
    if (was_open == is_open) return;
  }
  if (options_.tell_change) options_.tell_change(is_open);
}

void CircuitBreaker::Count(Passage passage, const absl::Status& outcome) {
  const Verdict verdict = VerdictOf(outcome);
  if (verdict == Verdict::kAnswered) last_answer_ = options_.clock();
  if (verdict == Verdict::kFailed) last_failure_ = options_.clock();
  if (passage == Passage::kProbe) probing_ = false;
  if (verdict == Verdict::kAnswered) {
    failures_ = 0;
    open_ = false;
    pause_ = options_.pause_first;
  } else if (verdict == Verdict::kFailed && passage == Passage::kProbe && open_) {
    pause_ = std::min(pause_ * 2, options_.pause_max);
    open_until_ = options_.clock() + pause_;
  } else if (verdict == Verdict::kFailed && !open_ && ++failures_ >= options_.failures_max) {
    open_ = true;
    open_until_ = options_.clock() + pause_;
  }
}

template <typename Done>
Done CircuitBreaker::Counting(Passage passage, Done done) {
  return [this, passage, done = std::move(done)](auto outcome) {
    Leave(passage, StatusOf(outcome));
    done(std::move(outcome));
  };
}

void CircuitBreaker::Find(RegistryCall call, adapter::v1::FindRequest request, FindDone done) {
  const auto passage = Enter();
  if (!passage.ok()) return done(passage.status());
  registry_->Find(std::move(call), std::move(request), Counting(*passage, std::move(done)));
}

void CircuitBreaker::GetRecord(RegistryCall call, adapter::v1::GetRecordRequest request,
                               RecordDone done) {
  const auto passage = Enter();
  if (!passage.ok()) return done(passage.status());
  registry_->GetRecord(std::move(call), std::move(request), Counting(*passage, std::move(done)));
}

void CircuitBreaker::Health(RegistryCall call, HealthDone done) {
  registry_->Health(std::move(call), Counting(Passage::kOrdinary, std::move(done)));
}

void CircuitBreaker::CrossCheck(RegistryCall call, v1::CrossCheckRequest request,
                                CrossCheckDone done) {
  if (options_.cross_checker == nullptr) {
    return done(Failure(v1::REASON_METHOD_UNKNOWN,
                        "registry '" + options_.name + "' is asked for records alone"));
  }
  const auto passage = Enter();
  if (!passage.ok()) return done(passage.status());
  options_.cross_checker->CrossCheck(std::move(call), std::move(request),
                                     Counting(*passage, std::move(done)));
}

void CircuitBreaker::AskPartner(RegistryCall call, const char* method, std::string request,
                                PartnerDone done) {
  if (options_.partner == nullptr) {
    return done(Failure(v1::REASON_METHOD_UNKNOWN,
                        "registry '" + options_.name + "' is no other State's gateway"));
  }
  const auto passage = Enter();
  if (!passage.ok()) return done(passage.status());
  options_.partner->AskPartner(std::move(call), method, std::move(request),
                               Counting(*passage, std::move(done)));
}

RegistryStanding CircuitBreaker::Standing() const {
  absl::MutexLock lock(&mutex_);
  return {.rests = open_,
          .asked_again = open_ ? open_until_ : absl::InfinitePast(),
          .last_answer = last_answer_,
          .last_failure = last_failure_};
}

bool CircuitBreaker::IsOpen() const {
  absl::MutexLock lock(&mutex_);
  return open_;
}

}  // namespace tracegate
