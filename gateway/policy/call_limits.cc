#include "gateway/policy/call_limits.h"

#include "gateway/policy/limit_defaults.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

constexpr absl::Duration kAtOnceHint = absl::Seconds(1);
constexpr int64_t kSpareShare = 10;  // of the burst that items leave alone

config::v1::Limits Filled(config::v1::Limits limits) {
  FillDefaults(&limits);
  return limits;
}

std::string NameOf(const Caller& caller) { return caller.state + "/" + caller.agency; }

}  // namespace

CallLimits::CallLimits(const config::v1::Limits& limits, size_t agencies_max)
    : agencies_max_(agencies_max),
      limits_(Filled(limits)),
      strangers_(limits_.strangers_per_minute(), limits_.strangers_per_minute()) {}

void CallLimits::Configure(const config::v1::Limits& limits) {
  absl::MutexLock lock(&mutex_);
  limits_ = Filled(limits);
  for (auto& [name, agency] : agencies_) {
    agency.bucket.Configure(limits_.calls_per_minute(), limits_.burst());
  }
  strangers_.Configure(limits_.strangers_per_minute(), limits_.strangers_per_minute());
}

absl::StatusOr<CallTicket> CallLimits::Enter(const Caller& caller, absl::Time now) {
  absl::MutexLock lock(&mutex_);
  const auto agency = Count(caller, now, /*is_item=*/false);
  if (!agency.ok()) return agency.status();
  return CallTicket((*agency)->in_flight);
}

absl::Status CallLimits::EnterItem(const Caller& caller, absl::Time now) {
  absl::MutexLock lock(&mutex_);
  return Count(caller, now, /*is_item=*/true).status();
}

absl::StatusOr<CallLimits::Agency*> CallLimits::Count(const Caller& caller, absl::Time now,
                                                      bool is_item) {
  auto agency = AgencyOf(caller, now);
  if (!agency.ok()) return agency.status();
  (*agency)->last_call = now;
  const std::string name = NameOf(caller);
  absl::Status room = RoomToday(name, *agency, now);
  if (room.ok() && !is_item) room = RoomAtOnce(name, **agency);
  const int64_t spare = is_item ? limits_.burst() / kSpareShare : 0;
  if (room.ok()) room = RoomThisMinute(name, *agency, now, spare);
  if (!room.ok()) return room;
  (*agency)->bucket.Take();
  (*agency)->today.Add(now);
  return agency;
}

absl::Status CallLimits::RoomToday(const std::string& name, Agency* agency, absl::Time now) const {
  const int64_t per_day = limits_.calls_per_day();
  if (per_day <= 0 || agency->today.Used(now) < per_day) return absl::OkStatus();
  return RetryableFailure(
      v1::REASON_QUOTA_EXCEEDED,
      name + " has made its " + std::to_string(per_day) + " calls of this UTC day",
      UntilMidnight(now));
}

absl::Status CallLimits::RoomAtOnce(const std::string& name, const Agency& agency) const {
  const int64_t at_once = limits_.calls_at_once();
  if (at_once <= 0 || *agency.in_flight < at_once) return absl::OkStatus();
  return RetryableFailure(
      v1::REASON_RATE_LIMITED,
      name + " has " + std::to_string(at_once) + " calls in flight, as many as it may at once",
      kAtOnceHint);
}

absl::Status CallLimits::RoomThisMinute(const std::string& name, Agency* agency, absl::Time now,
                                        int64_t spare) const {
  const absl::Duration wait = agency->bucket.Wait(now, spare);
  if (wait <= absl::ZeroDuration()) return absl::OkStatus();
  return RetryableFailure(v1::REASON_RATE_LIMITED,
                          name + " may make " + std::to_string(limits_.calls_per_minute()) +
                              " calls a minute, " + std::to_string(limits_.burst()) +
                              " of them at once",
                          wait);
}

absl::StatusOr<CallLimits::Agency*> CallLimits::AgencyOf(const Caller& caller, absl::Time now) {
  const std::string name = NameOf(caller);
  if (auto found = agencies_.find(name); found != agencies_.end()) return &found->second;
  if (agencies_.size() >= agencies_max_ && !ForgetIdle(now)) {
    return RetryableFailure(v1::REASON_RATE_LIMITED,
                            std::to_string(agencies_max_) + " agencies are all at their limits",
                            kAtOnceHint);
  }
  Agency agency{TokenBucket(limits_.calls_per_minute(), limits_.burst()), DayCount(),
                std::make_shared<std::atomic<int64_t>>(0), now};
  return &agencies_.emplace(name, std::move(agency)).first->second;
}

bool CallLimits::ForgetIdle(absl::Time now) {
  const int64_t per_day = limits_.calls_per_day();
  auto oldest = agencies_.end();
  for (auto it = agencies_.begin(); it != agencies_.end();) {
    Agency& agency = it->second;
    const bool busy = *agency.in_flight > 0;
    const int64_t used = per_day > 0 ? agency.today.Used(now) : 0;
    if (!busy && used == 0 && agency.bucket.Full(now)) {
      agencies_.erase(it++);
      continue;
    }
    const bool at_limit =
        busy || (per_day > 0 && used >= per_day) || agency.bucket.Wait(now) > absl::ZeroDuration();
    if (!at_limit && (oldest == agencies_.end() || agency.last_call < oldest->second.last_call)) {
      oldest = it;
    }
    ++it;
  }
  if (agencies_.size() < agencies_max_) return true;
  if (oldest == agencies_.end()) return false;
  agencies_.erase(oldest);
  return true;
}

bool CallLimits::RecordsStranger(absl::Time now) {
  absl::MutexLock lock(&mutex_);
  if (strangers_.Wait(now) > absl::ZeroDuration()) {
    ++uncounted_;
    return false;
  }
  strangers_.Take();
  return true;
}

int64_t CallLimits::TakeUncounted() {
  absl::MutexLock lock(&mutex_);
  return std::exchange(uncounted_, 0);
}

size_t CallLimits::agencies() const {
  absl::MutexLock lock(&mutex_);
  return agencies_.size();
}

}  // namespace tracegate
