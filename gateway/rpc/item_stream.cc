#include "gateway/rpc/item_stream.h"

#include <utility>

#include "gateway/rpc/call_record.h"
#include "gateway/rpc/message_size.h"
#include "gateway/rpc/unary_call.h"
#include "protos/tracegate/duration.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

absl::Duration HintOf(const absl::Status& status) {
  return ToDuration(DetailOf(status).retry_after());
}

}  // namespace

ItemStream::ItemStream(Parts parts, IncomingCall incoming, Call call, RecordRule rule,
                       std::shared_ptr<ItemServer> server, std::shared_ptr<RequestStream> source,
                       std::shared_ptr<ReplyStream> sink)
    : parts_(std::move(parts)),
      incoming_(std::move(incoming)),
      call_(std::move(call)),
      rule_(rule),
      source_(std::move(source)),
      sink_(std::move(sink)),
      server_(std::move(server)) {}

void ItemStream::Begin(std::shared_ptr<void> holding) {
  {
    absl::MutexLock lock(&mutex_);
    holding_ = std::move(holding);
  }
  TakeNext();
}

void ItemStream::TakeNext() {
  {
    absl::MutexLock lock(&mutex_);
    if (over_ || taking_ || taken_all_ || !drained_.ok()) return;
    if (items_.size() >= kItemsAtOnce || bytes_ >= kItemBytesAtOnce) return;
    taking_ = true;
  }
  source_->Next([self = shared_from_this()](auto item) { self->Taken(std::move(item)); });
}

void ItemStream::Taken(std::optional<std::string> item) {
  if (item) return Admit(*std::move(item));
  absl::MutexLock lock(&mutex_);
  taking_ = false;
  taken_all_ = true;
  EndIfDone();
}

void ItemStream::Admit(std::string item) {
  const absl::Time now = parts_.clock();
  const absl::Status room = parts_.limits->EnterItem(call_.caller, now);
  if (DetailOf(room).reason() != v1::REASON_RATE_LIMITED) return Serve(std::move(item), room);
  parts_.timers->At(now + HintOf(room),
                    [self = shared_from_this(), item = std::move(item)]() mutable {
                      self->Admit(std::move(item));
                    });
}

void ItemStream::Serve(std::string item, const absl::Status& verdict) {
  IncomingCall incoming = incoming_;
  incoming.request_bytes = std::move(item);
  std::shared_ptr<UnaryCall> call;
  std::shared_ptr<ItemServer> server;
  {
    absl::MutexLock lock(&mutex_);
    taking_ = false;
    if (over_ || !drained_.ok()) return EndIfDone();
    const uint64_t number = told_ + items_.size();
    call =
        std::make_shared<UnaryCall>(parts_.log, std::move(incoming), call_, rule_, parts_.clock(),
                                    [self = shared_from_this(), number](auto reply) {
                                      self->Answered(number, std::move(reply));
                                    });
    items_.push_back({call->request_bytes(), std::nullopt});
    bytes_ += call->request_bytes().size();
    server = server_;
  }
  absl::Status refusal = verdict;
  if (refusal.ok())
    refusal = CheckMessageSize(call->request_bytes().size(), parts_.message_bytes_max);
  if (!refusal.ok()) {
    call->Reply(refusal, parts_.clock());
  } else {
    server->Serve(call->request_bytes(), [call, clock = parts_.clock](auto reply) {
      call->Reply(std::move(reply), clock());
    });
  }
  TakeNext();
}

void ItemStream::Answered(uint64_t number, absl::StatusOr<std::string> answer) {
  {
    absl::MutexLock lock(&mutex_);
    if (over_) return;
    items_[number - told_].answer = std::move(answer);
    Tell();
    EndIfDone();
  }
  TakeNext();
}

void ItemStream::Tell() {
  while (!over_ && !items_.empty() && items_.front().answer) {
    Item item = std::move(items_.front());
    items_.pop_front();
    ++told_;
    bytes_ -= item.request.size();
    if (item.answer->ok()) {
      sink_->Send(**std::move(item.answer));
    } else if (DetailOf(item.answer->status()).reason() == v1::REASON_DRAINING) {
      Refuse(item.answer->status());
    } else {
      sink_->Send(server_->Failed(item.request, item.answer->status()));
    }
  }
}

bool ItemStream::Drain(const absl::Status& why) {
  absl::MutexLock lock(&mutex_);
  if (over_ || !drained_.ok()) return false;
  drained_ = why;
  EndIfDone();
  return true;
}

bool ItemStream::Cut(const absl::Status& why) {
  absl::MutexLock lock(&mutex_);
  if (over_) return false;
  Refuse(why);
  return true;
}

void ItemStream::EndIfDone() {
  if (over_ || !items_.empty()) return;
  if (!drained_.ok()) return Refuse(drained_);
  if (!taken_all_) return;
  over_ = true;
  server_.reset();
  holding_.reset();
  sink_->Finish(absl::OkStatus());
}

void ItemStream::Refuse(const absl::Status& why) {
  over_ = true;
  items_.clear();
  holding_.reset();
  // The server goes with the last word: what it still works on is not to be let go under the lock.
  RefuseRecorded(parts_.log, RefusalOf(incoming_, &call_.caller, why), why,
                 [sink = sink_, server = std::move(server_)](absl::Status told) {
                   sink->Finish(std::move(told));
                 });
}

}  // namespace tracegate
