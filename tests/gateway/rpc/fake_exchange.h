#ifndef TRACEGATE_TESTS_GATEWAY_RPC_FAKE_EXCHANGE_H_
#define TRACEGATE_TESTS_GATEWAY_RPC_FAKE_EXCHANGE_H_

#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "gateway/rpc/call.h"

namespace tracegate {

// A streaming caller: sends what the test gives it, keeps what it is told.
class FakeExchange : public RequestStream, public ReplyStream {
 public:
  void Next(Taken taken) override {
    std::optional<std::string> item;
    {
      absl::MutexLock lock(&mutex_);
      if (items_.empty() && !sent_all_ && !ended_) {
        wanting_ = std::move(taken);
        return;
      }
      if (!items_.empty()) {
        item = std::move(items_.front());
        items_.pop_front();
      }
    }
    taken(std::move(item));
  }

  bool Send(std::string reply) override {
    absl::MutexLock lock(&mutex_);
    replies_.push_back(std::move(reply));
    return true;
  }

  // As a connection that is gone: nobody waits for an item any more.
  void Finish(absl::Status status) override {
    Taken dropped;
    absl::MutexLock lock(&mutex_);
    ended_ = std::move(status);
    dropped = std::exchange(wanting_, nullptr);
  }

  bool closed() override {
    absl::MutexLock lock(&mutex_);
    return ended_.has_value();
  }

  void Give(std::string item) {
    Taken taken;
    {
      absl::MutexLock lock(&mutex_);
      taken = std::exchange(wanting_, nullptr);
      if (!taken) items_.push_back(std::move(item));
    }
    if (taken) taken(std::move(item));
  }

  void GiveNoMore() {
    Taken taken;
    {
      absl::MutexLock lock(&mutex_);
      sent_all_ = true;
      taken = std::exchange(wanting_, nullptr);
    }
    if (taken) taken(std::nullopt);
  }

  // How many given items nobody has taken.
  size_t untaken() {
    absl::MutexLock lock(&mutex_);
    return items_.size();
  }

  // Once there are so many; what there is after half a minute.
  std::vector<std::string> AwaitReplies(size_t count) {
    absl::MutexLock lock(&mutex_);
    const auto enough = [&] { return replies_.size() >= count; };
    mutex_.AwaitWithTimeout(absl::Condition(&enough), absl::Seconds(30));
    return replies_;
  }

  absl::Status AwaitEnd() {
    absl::MutexLock lock(&mutex_);
    const auto over = [&] { return ended_.has_value(); };
    if (!mutex_.AwaitWithTimeout(absl::Condition(&over), absl::Seconds(30))) {
      return absl::InternalError("the stream did not end");
    }
    return *ended_;
  }

 private:
  absl::Mutex mutex_;
  std::deque<std::string> items_ ABSL_GUARDED_BY(mutex_);
  bool sent_all_ ABSL_GUARDED_BY(mutex_) = false;
  Taken wanting_ ABSL_GUARDED_BY(mutex_);
  std::vector<std::string> replies_ ABSL_GUARDED_BY(mutex_);
  std::optional<absl::Status> ended_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace tracegate

#endif  // TRACEGATE_TESTS_GATEWAY_RPC_FAKE_EXCHANGE_H_
