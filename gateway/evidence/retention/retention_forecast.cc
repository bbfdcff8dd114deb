#include "gateway/evidence/retention/retention_forecast.h"

#include <algorithm>

namespace tracegate {

absl::StatusOr<RetentionForecast> ForecastRetention(RetainedLog& log, const RetentionPlan& plan,
                                                    absl::Time now) {
  const auto holds = HoldTable::Read(log);
  if (!holds.ok()) return holds.status();
  RetentionForecast forecast;
  forecast.holds = holds->Of("");
  for (const auto& rule : plan.retention().rules()) {
    forecast.rules.push_back({rule.id(), rule.source(), {}});
  }
  const auto due_under = [&](const config::v1::RetentionRule& rule) -> EntryCount& {
    return std::ranges::find(forecast.rules, rule.id(), &RetentionForecast::OfRule::id)->due;
  };
  const absl::Status judged = JudgeEntries(
      log, plan, 0, now, [&](const std::string& trace_id) { return holds->Holds(trace_id); },
      [&](const JudgedEntry& entry) {
        switch (entry.verdict.keeping) {
          case Keeping::kNothing: ++forecast.nothing; break;
          case Keeping::kForEver: ++forecast.for_ever; break;
          case Keeping::kNoRule: forecast.no_rule.Add(entry.row); break;
          case Keeping::kOpenTrace: forecast.open_trace.Add(entry.row); break;
          case Keeping::kRunning: forecast.running.Add(entry.row); break;
          case Keeping::kHeld: forecast.held.Add(entry.row); break;
          case Keeping::kDue: due_under(*entry.verdict.rule).Add(entry.row); break;
        }
        return true;
      });
  if (!judged.ok()) return judged;
  return forecast;
}

}  // namespace tracegate
