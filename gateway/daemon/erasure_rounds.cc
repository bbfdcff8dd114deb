#include "gateway/daemon/erasure_rounds.h"

#include <string>
#include <utility>

#include "gateway/rpc/operations_log.h"

namespace tracegate {

ErasureRounds::ErasureRounds(ContentEraser::Options options, absl::Duration interval)
    : eraser_(std::move(options)),
      interval_(interval),
      thread_([this](std::stop_token stop) { Loop(std::move(stop)); }) {}

ErasureRounds::~ErasureRounds() {
  thread_.request_stop();
  thread_.join();
}

void ErasureRounds::Loop(std::stop_token stop) {
  bool stopping = false;
  const std::stop_callback wake(stop, [this, &stopping] {
    absl::MutexLock lock(&mutex_);
    stopping = true;
  });
  while (!stop.stop_requested()) {
    EraseOnce(stop);
    absl::MutexLock lock(&mutex_);
    mutex_.AwaitWithTimeout(absl::Condition(&stopping), interval_);
  }
}

void ErasureRounds::EraseOnce(std::stop_token stop) {
  const auto report = eraser_.EraseDue(std::move(stop));
  if (!report.ok()) {
    return LogError("erasure_failed", {{"why", std::string(report.status().message())}});
  }
  if (report->entries == 0 && report->held == 0) return;
  LogInfo("contents_erased", {{"entries", report->entries},
                              {"bytes", report->bytes},
                              {"traces", report->traces},
                              {"held", report->held}});
}

}  // namespace tracegate
