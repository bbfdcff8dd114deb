#include "gateway/rpc/item_exchange.h"

#include <optional>
#include <utility>

#include "gateway/rpc/grpc_bytes.h"

namespace tracegate {
namespace {

// Well below what the queue holds: items that are being worked on are answered too.
constexpr size_t kUntakenMax = 64;

}  // namespace

ItemExchange::ItemExchange()
    : replies_({.write = [this](const grpc::ByteBuffer* reply) { StartWrite(reply); },
                .finish = [this](grpc::Status status) { Reactor::Finish(std::move(status)); }}) {}

std::shared_ptr<ItemExchange> ItemExchange::Create() {
  std::shared_ptr<ItemExchange> exchange(new ItemExchange);
  absl::MutexLock lock(&exchange->mutex_);
  exchange->self_ = exchange;
  return exchange;
}

void ItemExchange::Next(Taken taken) {
  {
    absl::MutexLock lock(&mutex_);
    if (!done_) {
      taken_ = std::move(taken);
      taken = nullptr;
    }
  }
  if (taken) return taken(std::nullopt);
  ReadIfWanted();
}

void ItemExchange::ReadIfWanted() {
  if (replies_.waiting() >= kUntakenMax) return;  // looked at again at each write
  absl::MutexLock lock(&mutex_);
  if (!taken_ || reading_ || done_) return;
  reading_ = true;
  StartRead(&message_);
}

void ItemExchange::OnReadDone(bool ok) {
  Taken taken;
  {
    absl::MutexLock lock(&mutex_);
    reading_ = false;
    taken = std::exchange(taken_, nullptr);
  }
  std::optional<std::string> message;
  if (ok) message = BytesOf(message_);
  taken(std::move(message));
}

void ItemExchange::OnWriteDone(bool ok) {
  replies_.Written(ok);
  ReadIfWanted();
}

void ItemExchange::OnDone() {
  std::shared_ptr<ItemExchange> self;  // destroyed after the lock is released
  Taken taken;
  {
    absl::MutexLock lock(&mutex_);
    self = std::move(self_);
    taken = std::exchange(taken_, nullptr);
    done_ = true;
  }
  if (taken) taken(std::nullopt);
}

}  // namespace tracegate
