#include "gateway/evidence/log_writer.h"

#include <algorithm>
#include <utility>

#include "gateway/evidence/log_batch.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

// Past some hundred drafts a larger batch gains nothing, and everybody in it waits for the last.
constexpr size_t kBatchDraftsMax = 1024;

// Of what streams tell, as much goes behind what is queued beside it: a call that comes meanwhile waits for no more.
constexpr size_t kOfStreamsAtOnce = 256;

// The queue of streams is so many times as long: ten thousand watchers may hear of several changes at once.
constexpr size_t kOfStreamsShare = 8;

constexpr absl::Duration kRetryAfter = absl::Milliseconds(100);

// Whether the failure can be one draft's doing, so that the others may do better without it.
bool BlamesADraft(const absl::Status& status) {
  return !absl::IsUnavailable(status) && !absl::IsDataLoss(status);
}

}  // namespace

LogWriter::LogWriter(RecordStore* store, Options options, std::unique_ptr<LogKeys> keys,
                     LogReplay replay)
    : store_(store),
      options_(std::move(options)),
      keys_(std::move(keys)),
      head_(std::move(replay.head)) {
  if (!replay.damage.ok()) StopAppending(std::string(replay.damage.message()));
  Publish();
  if (!options_.by_hand) thread_ = std::thread([this] { Loop(); });
}

LogWriter::~LogWriter() {
  if (options_.by_hand) {
    while (RecordQueued()) continue;
    return;
  }
  {
    absl::MutexLock lock(&mutex_);
    stopping_ = true;
    queued_.Signal();
  }
  thread_.join();
}

void LogWriter::Append(RecordDraft draft, Done done) {
  // Outside the lock: `done` may append again.
  if (absl::Status queued = Enqueue(draft, done); !queued.ok()) done(std::move(queued));
}

absl::Status LogWriter::Enqueue(RecordDraft& draft, Done& done) {
  absl::MutexLock lock(&mutex_);
  if (!damage_.ok()) return damage_;
  const auto queue_max = static_cast<size_t>(options_.queue_max);
  const bool full = draft.of_stream ? of_streams_.size() >= queue_max * kOfStreamsShare
                                    : queue_.drafts.size() >= queue_max;
  if (full) {
    return RetryableFailure(v1::REASON_OVERLOADED, "the evidence log's queue is full", kRetryAfter);
  }
  if (nothing_queued()) queued_.Signal();  // else the writer does not wait
  if (draft.of_stream) {
    of_streams_.push_back({std::move(draft), std::move(done)});
  } else {
    queue_.drafts.push_back(std::move(draft));
    queue_.dones.push_back(std::move(done));
  }
  return absl::OkStatus();
}

LogView LogWriter::view() const {
  absl::MutexLock lock(&mutex_);
  return view_;
}

absl::Status LogWriter::damage() const {
  absl::MutexLock lock(&mutex_);
  return damage_;
}

void LogWriter::StopAppending(std::string_view why) {
  absl::MutexLock lock(&mutex_);
  if (damage_.ok()) damage_ = Failure(v1::REASON_LOG_READ_ONLY, why);
}

void LogWriter::Loop() {
  while (AwaitQueued()) RecordQueued();
}

bool LogWriter::AwaitQueued() {
  absl::MutexLock lock(&mutex_);
  while (nothing_queued() && !stopping_) queued_.Wait(&mutex_);
  return !nothing_queued();
}

bool LogWriter::RecordQueued() {
  if (!Take()) return false;
  const std::span<RecordDraft> drafts = taken_.drafts;
  const std::span<Done> dones = taken_.dones;
  for (size_t first = 0; first < drafts.size(); first += kBatchDraftsMax) {
    const size_t count = std::min(kBatchDraftsMax, drafts.size() - first);
    Record(drafts.subspan(first, count), dones.subspan(first, count));
  }
  // What the callbacks hold goes now, not with the next batch.
  taken_.drafts.clear();
  taken_.dones.clear();
  return true;
}

bool LogWriter::Take() {
  absl::MutexLock lock(&mutex_);
  std::swap(taken_, queue_);
  for (size_t i = 0; i < kOfStreamsAtOnce && !of_streams_.empty(); ++i) {
    taken_.drafts.push_back(std::move(of_streams_.front().draft));
    taken_.dones.push_back(std::move(of_streams_.front().done));
    of_streams_.pop_front();
  }
  return !taken_.drafts.empty();
}

bool LogWriter::nothing_queued() const { return queue_.drafts.empty() && of_streams_.empty(); }

void LogWriter::Record(std::span<RecordDraft> drafts, std::span<Done> dones) {
  absl::StatusOr<std::vector<Recorded>> recorded = Commit(drafts);
  if (recorded.ok()) {
    for (size_t i = 0; i < dones.size(); ++i) dones[i](std::move((*recorded)[i]));
    return;
  }
  if (drafts.size() > 1 && BlamesADraft(recorded.status())) {
    const size_t half = drafts.size() / 2;
    Record(drafts.first(half), dones.first(half));
    Record(drafts.subspan(half), dones.subspan(half));
    return;
  }
  for (Done& done : dones) done(recorded.status());
}

absl::StatusOr<std::vector<Recorded>> LogWriter::Commit(std::span<RecordDraft> drafts) {
  {
    absl::MutexLock lock(&mutex_);
    if (!damage_.ok()) return damage_;
  }
  auto batch =
      LogBatch::Build(head_, drafts, absl::ToUnixMicros(options_.clock()), *keys_, hasher_);
  if (!batch.ok()) return batch.status();
  if (absl::Status committed = store_->Commit(batch->rows()); !committed.ok()) {
    batch->GiveBack(drafts);
    NoteDamage(committed);
    return committed;
  }
  head_ = std::move(batch->after());
  Publish();
  return std::move(batch->recorded());
}

void LogWriter::Publish() {
  LogView view{head_.tree.size(), head_.checkpoint, std::make_shared<const TileEdge>(head_.tiles)};
  absl::MutexLock lock(&mutex_);
  view_ = std::move(view);
}

void LogWriter::NoteDamage(const absl::Status& status) {
  if (!absl::IsDataLoss(status)) return;
  absl::MutexLock lock(&mutex_);
  damage_ = status;
}

}  // namespace tracegate
