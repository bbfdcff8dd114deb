#include "gateway/evidence/time_stamp/stamping.h"

#include <algorithm>
#include <utility>

#include "gateway/evidence/checkpoint.h"
#include "gateway/evidence/signed_note.h"
#include "gateway/evidence/time_stamp/time_stamp_request.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

absl::Status Wrong(std::string_view member, std::string_view problem) {
  return FieldFailure(v1::REASON_CONFIG_INVALID, "time_stamp." + std::string(member), problem);
}

absl::StatusOr<int64_t> TreeSizeOf(std::string_view note) {
  const auto parsed = ParseNote(note);
  if (!parsed.ok()) return parsed.status();
  const auto checkpoint = ParseCheckpoint(parsed->text);
  if (!checkpoint.ok()) return checkpoint.status();
  return checkpoint->tree_size;
}

}  // namespace

absl::Status CheckStampingOptions(const StampingOptions& options) {
  constexpr absl::Duration kNothing = absl::ZeroDuration();
  if (options.interval <= kNothing) return Wrong("interval", "must be more than nothing");
  if (options.grace < kNothing) return Wrong("grace", "must not be negative");
  if (options.ask_timeout <= kNothing) return Wrong("ask_timeout", "must be more than nothing");
  if (options.retry_first <= kNothing) return Wrong("retry_first", "must be more than nothing");
  if (!options.clock) return Wrong("clock", "is not set");
  if (!options.random) return Wrong("random", "is not set");
  if (!options.newest) return Wrong("newest", "is not set");
  if (!options.keep) return Wrong("keep", "is not set");
  if (!options.alert) return Wrong("alert", "is not set");
  return absl::OkStatus();
}

Stamping::Stamping(TimeStampAuthority* authority, const TimeStampVerifier* verifier,
                   StampingOptions options)
    : authority_(authority),
      verifier_(verifier),
      options_(std::move(options)),
      stamped_(options_.last_stamped) {}

StampState Stamping::state() const {
  absl::MutexLock lock(&mutex_);
  return state_;
}

absl::Time Stamping::Turn() {
  const absl::Time now = options_.clock();
  // A clock that was set back must not silence the stamper for as long as it was ahead.
  next_try_ = std::min(next_try_, now + options_.interval);
  if (now >= next_try_) Try(now);
  TellOfOutage(options_.clock());
  return NextTurn();
}

void Stamping::Try(absl::Time now) {
  const std::string note = options_.newest();
  if (note.empty() || note == stamped_) return Succeeded(now);
  {
    absl::MutexLock lock(&mutex_);
    if (!state_.waiting_since) state_.waiting_since = now;
  }
  const absl::Status stamped = Stamp(note);
  if (!stamped.ok()) return Failed(stamped, options_.clock());
  stamped_ = note;
  Succeeded(now);
}

absl::Status Stamping::Stamp(const std::string& note) {
  const auto tree_size = TreeSizeOf(note);
  if (!tree_size.ok()) return tree_size.status();
  const auto request = BuildTimeStampRequest(note, verifier_->policy(), options_.random);
  if (!request.ok()) return request.status();
  const auto response = authority_->Ask(request->der, options_.ask_timeout);
  if (!response.ok()) return response.status();
  auto stamped = verifier_->VerifyResponse(note, *request, *response);
  if (!stamped.ok()) return stamped.status();
  if (absl::Status kept = options_.keep(*tree_size, note, *stamped); !kept.ok()) {
    return kept;
  }
  const absl::Time kept_at = options_.clock();
  absl::MutexLock lock(&mutex_);
  state_.last_stamp = std::move(stamped->stamp);
  state_.tree_size = *tree_size;
  state_.stamped_at = kept_at;
  return absl::OkStatus();
}

void Stamping::Succeeded(absl::Time now) {
  next_try_ = now + options_.interval;
  absl::MutexLock lock(&mutex_);
  state_.last_error = absl::OkStatus();
  state_.failures = 0;
  state_.waiting_since.reset();
}

void Stamping::Failed(const absl::Status& status, absl::Time now) {
  int failures = 0;
  {
    absl::MutexLock lock(&mutex_);
    state_.last_error = status;
    failures = ++state_.failures;
  }
  next_try_ = now + RetryDelay(failures);
}

absl::Duration Stamping::RetryDelay(int failures) {
  absl::Duration delay = options_.retry_first;
  for (int i = 1; i < failures && delay < options_.interval; ++i) delay *= 2;
  delay = std::min(delay, options_.interval);
  constexpr uint64_t kSteps = 1024;
  const auto step = static_cast<double>(options_.random() % kSteps);
  return delay - delay * (step / kSteps / 2);
}

void Stamping::TellOfOutage(absl::Time now) {
  StampState told;
  {
    absl::MutexLock lock(&mutex_);
    const bool beyond = state_.waiting_since && now >= *state_.waiting_since + options_.grace;
    if (beyond == state_.beyond_grace) return;
    state_.beyond_grace = beyond;
    told = state_;
  }
  options_.alert(told);
}

absl::Time Stamping::NextTurn() const {
  absl::MutexLock lock(&mutex_);
  if (!state_.waiting_since || state_.beyond_grace) return next_try_;
  return std::min(next_try_, *state_.waiting_since + options_.grace);
}

}  // namespace tracegate
