#include "gateway/tracing/trace_batch.h"

#include <algorithm>
#include <utility>

#include "adapters/marking/serial.h"

namespace tracegate {

void TraceBatch::Open(v1::CreateTraceRequest request, std::string request_bytes,
                      TraceRun::Reply reply) {
  const std::string number = ReadSerialOf(request.request().item()).key;
  Item item{std::move(request), std::move(request_bytes), std::move(reply)};
  if (number.empty()) {
    TraceRun::Reply then = item.reply;
    return Create(std::move(item), std::move(then));
  }
  {
    absl::MutexLock lock(&mutex_);
    const auto [row, is_first] = waiting_.try_emplace(number);
    if (!is_first) return row->second.push_back(std::move(item));
  }
  CreateFirst(number, std::move(item));
}

void TraceBatch::CreateFirst(const std::string& number, Item item) {
  TraceRun::Reply then = [self = shared_from_this(), number,
                          reply = item.reply](absl::StatusOr<std::string> result) {
    reply(std::move(result));
    self->CreateNext(number);
  };
  Create(std::move(item), std::move(then));
}

void TraceBatch::CreateNext(const std::string& number) {
  Item item;
  {
    absl::MutexLock lock(&mutex_);
    const auto row = waiting_.find(number);
    if (row->second.empty()) {
      waiting_.erase(row);
      return;
    }
    item = std::move(row->second.front());
    row->second.pop_front();
  }
  parts_.timers->At(parts_.clock(),
                    [self = shared_from_this(), number, item = std::move(item)]() mutable {
                      self->CreateFirst(number, std::move(item));
                    });
}

void TraceBatch::Create(Item item, TraceRun::Reply reply) {
  const absl::Time latest = std::min(deadline_, parts_.clock() + kItemWait);
  parts_.tracer->Create(caller_, item.request, std::move(item.request_bytes), latest,
                        std::move(reply));
}

}  // namespace tracegate
