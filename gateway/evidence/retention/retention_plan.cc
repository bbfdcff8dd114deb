#include "gateway/evidence/retention/retention_plan.h"

#include <algorithm>
#include <optional>

#include "gateway/evidence/retention/erasable_kind.h"
#include "gateway/evidence/retention/retention_period.h"

namespace tracegate {
namespace {

using config::v1::RetentionRule;

RetentionPeriod PeriodOf(const RetentionRule& rule) { return {rule.years(), rule.days()}; }

bool Fits(const RetentionRule& rule, const v1::EntryHeader& header) {
  if (!rule.state().empty() && rule.state() != header.state()) return false;
  return rule.kinds().empty() ||
         std::ranges::find(rule.kinds(), static_cast<int>(header.kind())) != rule.kinds().end();
}

// From when the rule counts; nothing where it does not fit.
std::optional<absl::Time> BeginOf(const RetentionRule& rule, absl::Time record_time,
                                  const TraceStanding& trace) {
  switch (rule.trigger()) {
    case config::v1::RETENTION_TRIGGER_ENTRY: return record_time;
    case config::v1::RETENTION_TRIGGER_TRACE_ENDED:
      if (trace.known) return std::max(trace.end_time, record_time);
      return std::nullopt;
    default: return std::nullopt;
  }
}

}  // namespace

RetentionVerdict RetentionPlan::Judge(const v1::EntryHeader& header, bool has_content,
                                      const TraceStanding& trace, bool held, absl::Time now) const {
  if (!IsErasable(header.kind())) return {.keeping = Keeping::kForEver};
  if (!has_content || header.content_bytes() == 0) return {.keeping = Keeping::kNothing};
  if (trace.known && trace.open) return {.keeping = Keeping::kOpenTrace};
  RetentionVerdict verdict{.keeping = Keeping::kNoRule};
  for (const RetentionRule& rule : retention_.rules()) {
    if (!Fits(rule, header)) continue;
    const auto begin = BeginOf(rule, absl::FromUnixMicros(header.record_time_us()), trace);
    if (!begin) continue;
    const absl::Time until = EndOf(*begin, PeriodOf(rule));
    if (verdict.rule != nullptr && until <= verdict.until) continue;
    verdict.rule = &rule;
    verdict.until = until;
  }
  if (verdict.rule == nullptr) return verdict;
  verdict.keeping = now < verdict.until ? Keeping::kRunning : held ? Keeping::kHeld : Keeping::kDue;
  return verdict;
}

bool RetentionPlan::CanBeDue(absl::Time record_time, absl::Time now) const {
  return std::ranges::any_of(retention_.rules(), [&](const RetentionRule& rule) {
    return EndOf(record_time, PeriodOf(rule)) <= now;
  });
}

}  // namespace tracegate
