#include "gateway/rpc/reply_queue.h"

#include "gateway/rpc/grpc_bytes.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

constexpr size_t kQueueMax = 256;

}  // namespace

bool ReplyQueue::Send(std::string reply) {
  absl::MutexLock lock(&mutex_);
  if (last_) return false;
  if (queue_.size() >= kQueueMax) {
    last_ = ToGrpcStatus(Failure(v1::REASON_OVERLOADED, "the caller takes replies too slowly"));
    DropUnwritten();
  } else {
    queue_.push_back(BufferOf(reply));
  }
  WriteNext();
  return true;
}

void ReplyQueue::Finish(absl::Status status) {
  absl::MutexLock lock(&mutex_);
  if (last_) return;
  last_ = ToGrpcStatus(status);
  WriteNext();
}

bool ReplyQueue::closed() {
  absl::MutexLock lock(&mutex_);
  return last_.has_value();
}

void ReplyQueue::Written(bool ok) {
  absl::MutexLock lock(&mutex_);
  writing_ = false;
  queue_.pop_front();
  if (!ok) {
    queue_.clear();
    if (!last_) last_ = grpc::Status::CANCELLED;
  }
  WriteNext();
}

void ReplyQueue::Cancelled() {
  absl::MutexLock lock(&mutex_);
  if (!last_) last_ = grpc::Status::CANCELLED;
  DropUnwritten();
  WriteNext();
}

size_t ReplyQueue::waiting() {
  absl::MutexLock lock(&mutex_);
  return queue_.size();
}

void ReplyQueue::WriteNext() {
  if (writing_ || finished_) return;
  if (!queue_.empty()) {
    writing_ = true;
    wire_.write(&queue_.front());
  } else if (last_) {
    finished_ = true;
    wire_.finish(*last_);
  }
}

void ReplyQueue::DropUnwritten() {
  while (queue_.size() > (writing_ ? 1u : 0u)) queue_.pop_back();
}

}  // namespace tracegate
