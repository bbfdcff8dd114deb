#include "gateway/evidence/retention/lengthening.h"

#include <algorithm>
#include <string>

#include "gateway/evidence/retention/retention_period.h"
#include "protos/tracegate/failure.h"
#include "tracegate/v1/evidence.pb.h"

namespace tracegate {
namespace {

using config::v1::RetentionRule;

std::string PeriodText(const RetentionRule& rule) {
  std::string text;
  if (rule.years() > 0) text = std::to_string(rule.years()) + " years";
  if (rule.days() > 0) {
    if (!text.empty()) text += " and ";
    text += std::to_string(rule.days()) + " days";
  }
  return text;
}

// Whether what `former` fits, `next` fits too. No kinds are all kinds.
bool CoversKinds(const RetentionRule& next, const RetentionRule& former) {
  if (next.kinds().empty()) return true;
  return !former.kinds().empty() && std::ranges::all_of(former.kinds(), [&](int kind) {
    return std::ranges::find(next.kinds(), kind) != next.kinds().end();
  });
}

absl::Status CheckRule(const RetentionRule& former, const RetentionRule& next,
                       const std::string& at) {
  const auto refused = [&](const std::string& key, const std::string& what) {
    return FieldFailure(v1::REASON_CONFIG_INVALID, at + key,
                        "the rule '" + next.id() + "' " + what +
                            "; retention can lengthen, never shorten: a rule that keeps less "
                            "needs an id of its own");
  };
  if (CanBeShorter({next.years(), next.days()}, {former.years(), former.days()})) {
    return refused(next.years() < former.years() ? ".years" : ".days",
                   "kept for " + PeriodText(former) + ", and would for " + PeriodText(next));
  }
  if (next.trigger() != former.trigger()) return refused(".trigger", "counted from another event");
  if (!next.state().empty() && next.state() != former.state()) {
    return refused(".state", former.state().empty() ? "was for the entries of every State"
                                                    : "was for the entries of " + former.state());
  }
  if (!CoversKinds(next, former)) return refused(".kinds", "was for more kinds of entries");
  return absl::OkStatus();
}

}  // namespace

absl::Status CheckNotShortened(const config::v1::Retention& former,
                               const config::v1::Retention& next) {
  for (int i = 0; i < next.rules_size(); ++i) {
    const RetentionRule& rule = next.rules(i);
    const auto before = std::ranges::find(former.rules(), rule.id(), &RetentionRule::id);
    if (before == former.rules().end()) continue;
    const std::string at = "retention.rules[" + std::to_string(i) + "]";
    if (absl::Status kept = CheckRule(*before, rule, at); !kept.ok()) return kept;
  }
  return absl::OkStatus();
}

absl::StatusOr<std::optional<config::v1::Retention>> NewestRecordedRetention(
    int64_t size, const std::function<absl::StatusOr<EntryRow>(int64_t)>& read) {
  for (int64_t index = size - 1; index >= 0; --index) {
    const auto row = read(index);
    if (!row.ok()) return row.status();
    v1::EntryHeader header;
    if (!header.ParseFromString(row->header)) {
      return Failure(v1::REASON_LOG_DAMAGED,
                     "the header of entry " + std::to_string(index) + " cannot be read");
    }
    if (header.kind() != v1::ENTRY_KIND_GATEWAY_STARTED &&
        header.kind() != v1::ENTRY_KIND_POLICY_CHANGED) {
      continue;
    }
    config::v1::GatewayConfig config;
    if (!config.ParseFromString(row->content)) {
      return Failure(v1::REASON_LOG_DAMAGED,
                     "the configuration in entry " + std::to_string(index) + " cannot be read");
    }
    return config.retention();
  }
  return std::nullopt;
}

}  // namespace tracegate
