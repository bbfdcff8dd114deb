#include "gateway/policy/harvest_guard.h"

#include <algorithm>

#include "gateway/policy/limit_defaults.h"
#include "protos/tracegate/duration.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

constexpr absl::Duration kFirstGap = absl::Seconds(10);
constexpr absl::Duration kGapMax = absl::Hours(1);
constexpr int kDoublingsMax = 9;

config::v1::HarvestGuard Filled(config::v1::HarvestGuard config) {
  FillDefaults(&config);
  return config;
}

// No State's code and no agency's name has a slash in it (SPIFFE path segments).
std::string NameOf(const HarvestKey& key) {
  return key.asking_state + "/" + key.agency + "/" + key.answering_state;
}

absl::Duration GapAfter(int let_through) {
  return std::min(kFirstGap * (1 << std::min(let_through, kDoublingsMax)), kGapMax);
}

absl::Status Suspected(absl::Duration wait) {
  return RetryableFailure(
      v1::REASON_HARVEST_SUSPECTED,
      "these questions walk through a register; they are let through one by one",
      std::max(wait, absl::Milliseconds(1)));
}

absl::Status Refused(absl::Time until) {
  return Failure(
      v1::REASON_HARVEST_REFUSED,
      "these questions walked on through a register while they were slowed; refused until " +
          absl::FormatTime(absl::RFC3339_sec, until, absl::UTCTimeZone()));
}

void Set(absl::Time time, google::protobuf::Timestamp* stamp) {
  stamp->set_seconds(absl::ToUnixSeconds(time));
  stamp->set_nanos(static_cast<int32_t>(
      absl::ToInt64Nanoseconds(time - absl::FromUnixSeconds(absl::ToUnixSeconds(time)))));
}

}  // namespace

HarvestGuard::HarvestGuard(const config::v1::HarvestGuard& config, size_t keys_max)
    : keys_max_(keys_max), config_(Filled(config)), window_(ToDuration(config_.window())) {}

void HarvestGuard::Configure(const config::v1::HarvestGuard& config) {
  absl::MutexLock lock(&mutex_);
  config_ = Filled(config);
  window_ = ToDuration(config_.window());
}

HarvestJudgement HarvestGuard::Asked(const HarvestKey& key, const WeaponAsked& weapon,
                                     absl::Time now) {
  absl::MutexLock lock(&mutex_);
  if (config_.off()) return {};
  Asker* asker = AskerOf(key, now);
  if (asker == nullptr) return {Suspected(kFirstGap), std::nullopt};
  const v1::HarvestVerdict former = asker->verdict;
  if (former == v1::HARVEST_VERDICT_REFUSE) {
    if (now < asker->refused_until) return {Refused(asker->refused_until), std::nullopt};
    *asker = Asker{};
    asker->last_asked = now;
  }
  asker->window.Forget(now - window_);
  if (asker->window.Contains(weapon)) return {};
  const Seen seen = Look(asker->window.counts());
  HarvestJudgement judgement{Judge(asker, seen, now), std::nullopt};
  if (asker->verdict != former) judgement.change = Change(key, *asker, seen, former, now);
  if (judgement.status.ok()) asker->window.Add(weapon, config_.serial_step_max(), now);
  return judgement;
}

void HarvestGuard::Answered(const HarvestKey& key, const WeaponAsked& weapon, bool hit) {
  absl::MutexLock lock(&mutex_);
  const auto found = askers_.find(NameOf(key));
  if (found != askers_.end()) found->second.window.Answered(weapon, hit);
}

HarvestGuard::Seen HarvestGuard::Look(const QuestionWindow::Counts& counts) const {
  const auto percent = [](int64_t part, int64_t whole) {
    return whole == 0 ? 0 : part * 100 / whole;
  };
  Seen seen;
  if (counts.asked < config_.requests_min()) return seen;
  seen.walking = percent(counts.walked, counts.asked) >= config_.walking_percent();
  seen.one_maker = percent(counts.of_one_maker, counts.asked) >= config_.one_maker_percent();
  // What was not answered says nothing of what is there.
  seen.no_hits = int64_t{counts.answered} * 2 >= counts.asked &&
                 percent(counts.hits, counts.answered) < config_.hits_percent_min();
  const bool any = seen.walking || seen.one_maker || seen.no_hits;
  seen.suspicious = (seen.walking && seen.no_hits) || (any && counts.asked >= config_.alone_max());
  return seen;
}

absl::Status HarvestGuard::Judge(Asker* asker, const Seen& seen, absl::Time now) {
  if (!seen.suspicious) {
    asker->verdict = v1::HARVEST_VERDICT_PASS;
    return absl::OkStatus();
  }
  if (asker->verdict == v1::HARVEST_VERDICT_SLOW) return Slowed(asker, seen, now);
  asker->verdict = v1::HARVEST_VERDICT_SLOW;
  asker->let_through = 0;
  asker->pressed = 0;
  asker->next = now + kFirstGap;
  return Suspected(kFirstGap);
}

absl::Status HarvestGuard::Slowed(Asker* asker, const Seen& seen, absl::Time now) {
  const bool early = now < asker->next;
  if (early) ++asker->pressed;
  const bool walks_on =
      seen.walking && seen.no_hits && asker->let_through + asker->pressed > config_.slowed_max();
  if (walks_on || asker->pressed > config_.pressed_max()) {
    asker->verdict = v1::HARVEST_VERDICT_REFUSE;
    asker->refused_until = now + window_;
    return Refused(asker->refused_until);
  }
  if (early) return Suspected(asker->next - now);
  ++asker->let_through;
  asker->next = now + GapAfter(asker->let_through);
  return absl::OkStatus();
}

v1::HarvestSuspicion HarvestGuard::Change(const HarvestKey& key, const Asker& asker,
                                          const Seen& seen, v1::HarvestVerdict former,
                                          absl::Time now) const {
  const QuestionWindow::Counts& counts = asker.window.counts();
  v1::HarvestSuspicion change;
  change.set_asking_state(key.asking_state);
  change.set_agency(key.agency);
  change.set_answering_state(key.answering_state);
  change.set_verdict(asker.verdict);
  change.set_former_verdict(former);
  if (seen.walking) change.add_patterns(v1::HARVEST_PATTERN_WALKING);
  if (seen.one_maker) change.add_patterns(v1::HARVEST_PATTERN_ONE_MAKER);
  if (seen.no_hits) change.add_patterns(v1::HARVEST_PATTERN_NO_HITS);
  if (asker.pressed > 0) change.add_patterns(v1::HARVEST_PATTERN_PRESSING);
  change.set_asked(counts.asked);
  change.set_walked(counts.walked);
  change.set_of_one_maker(counts.of_one_maker);
  change.set_answered(counts.answered);
  change.set_hits(counts.hits);
  change.set_pressed(asker.let_through + asker.pressed);
  Set(now - window_, change.mutable_window_start());
  Set(now, change.mutable_verdict_time());
  if (asker.verdict == v1::HARVEST_VERDICT_REFUSE) {
    Set(asker.refused_until, change.mutable_refused_until());
  }
  return change;
}

HarvestGuard::Asker* HarvestGuard::AskerOf(const HarvestKey& key, absl::Time now) {
  const std::string name = NameOf(key);
  auto found = askers_.find(name);
  if (found == askers_.end()) {
    if (askers_.size() >= keys_max_ && !ForgetOne(now)) return nullptr;
    found = askers_.emplace(name, Asker{}).first;
  }
  found->second.last_asked = now;
  return &found->second;
}

bool HarvestGuard::ForgetOne(absl::Time now) {
  auto oldest = askers_.end();
  for (auto it = askers_.begin(); it != askers_.end(); ++it) {
    const Asker& asker = it->second;
    const bool slowed =
        asker.verdict == v1::HARVEST_VERDICT_SLOW && asker.last_asked >= now - window_;
    const bool refused = asker.verdict == v1::HARVEST_VERDICT_REFUSE && now < asker.refused_until;
    if (slowed || refused) continue;
    if (oldest == askers_.end() || it->second.last_asked < oldest->second.last_asked) oldest = it;
  }
  if (oldest == askers_.end()) return false;
  askers_.erase(oldest);
  return true;
}

size_t HarvestGuard::keys() const {
  absl::MutexLock lock(&mutex_);
  return askers_.size();
}

}  // namespace tracegate
