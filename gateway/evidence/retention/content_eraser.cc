#include "gateway/evidence/retention/content_eraser.h"

#include <algorithm>
#include <map>
#include <memory>
#include <utility>

#include "absl/synchronization/notification.h"
#include "google/protobuf/util/json_util.h"
#include "google/protobuf/util/time_util.h"

namespace tracegate {
namespace {

bool IsSettled(Keeping keeping) {
  return keeping == Keeping::kNothing || keeping == Keeping::kForEver ||
         keeping == Keeping::kNoRule;
}

// The rule as it was configured, as JSON.
std::string TextOf(const config::v1::RetentionRule& rule) {
  google::protobuf::util::JsonPrintOptions options;
  options.preserve_proto_field_names = true;
  std::string text;
  if (!google::protobuf::util::MessageToJsonString(rule, &text, options).ok()) return rule.id();
  return text;
}

}  // namespace

ContentEraser::ContentEraser(Options options)
    : options_(std::move(options)),
      plan_(options_.retention),
      log_(RetainedLogIn(options_.store)) {}

absl::StatusOr<ContentEraser::Report> ContentEraser::EraseDue(std::stop_token stop) {
  const absl::Time start = options_.clock();
  Report report;
  std::vector<Due> batch;
  absl::Status erased;
  int64_t settled = settled_;
  const absl::Status judged = JudgeEntries(
      *log_, plan_, settled_, start,
      [this](const std::string& trace_id) { return options_.holds->Holds(trace_id); },
      [&](const JudgedEntry& entry) {
        const RetentionVerdict& verdict = entry.verdict;
        // The log's time never goes back: what stands behind is younger still.
        const absl::Time recorded = absl::FromUnixMicros(entry.header.record_time_us());
        if (stop.stop_requested() || !plan_.CanBeDue(recorded, start)) return false;
        if (IsSettled(verdict.keeping) && settled == entry.row.index) ++settled;
        if (verdict.keeping == Keeping::kHeld) ++report.held;
        if (verdict.keeping != Keeping::kDue) return true;
        if (batch.size() >= options_.batch_entries) {
          erased = EraseBatch(std::exchange(batch, {}), /*last=*/false, &report);
          if (!erased.ok()) return false;
        }
        batch.push_back({entry.row.index, static_cast<int64_t>(entry.row.content.size()),
                         verdict.rule, verdict.until, entry.header.trace_id(),
                         entry.trace.reply_entry == entry.row.index});
        return true;
      });
  if (!erased.ok()) return erased;
  if (!judged.ok()) return judged;
  if (stop.stop_requested()) return report;
  erased = EraseBatch(std::move(batch), /*last=*/true, &report);
  if (!erased.ok()) return erased;
  settled_ = settled;
  return report;
}

absl::Status ContentEraser::EraseBatch(std::vector<Due> batch, bool last, Report* report) {
  // Again: the clock may have stepped back since the round began.
  const absl::Time now = options_.clock();
  std::erase_if(batch, [now](const Due& due) { return now < due.until; });
  while (true) {
    report->held += static_cast<int64_t>(std::erase_if(batch, [this](const Due& due) {
      return !due.trace_id.empty() && options_.holds->Holds(due.trace_id);
    }));
    if (batch.empty()) return absl::OkStatus();
    std::set<std::string> traces;
    Report more = *report;
    for (const Due& due : batch) {
      if (!due.trace_id.empty()) traces.insert(due.trace_id);
      ++more.entries;
      more.bytes += due.bytes;
      if (due.is_reply) ++more.traces;
    }
    absl::Notification done;
    absl::Status status;
    const bool handed = options_.holds->AppendUnlessHeld(
        traces, DraftOf(batch, last), [&](const absl::StatusOr<Recorded>& recorded) {
          status = recorded.status();
          done.Notify();
        });
    if (!handed) continue;
    done.WaitForNotification();
    if (status.ok()) *report = more;
    return status;
  }
}

RecordDraft ContentEraser::DraftOf(const std::vector<Due>& batch, bool sweep) const {
  RecordDraft draft;
  // By trace and rule: the one entry about them says until when the last of them was kept.
  std::map<std::pair<std::string, const config::v1::RetentionRule*>, v1::ErasedContent> contents;
  for (const Due& due : batch) {
    v1::ErasedContent& content = contents[{due.trace_id, due.rule}];
    content.add_indexes(due.index);
    content.set_rule(due.rule->id());
    content.set_rule_text(TextOf(*due.rule));
    content.set_source(due.rule->source());
    content.set_trace_id(due.trace_id);
    const auto until =
        google::protobuf::util::TimeUtil::MicrosecondsToTimestamp(absl::ToUnixMicros(due.until));
    if (!content.has_retained_until() || content.retained_until() < until) {
      *content.mutable_retained_until() = until;
    }
    draft.erasure.entries.push_back(due.index);
    if (due.is_reply) draft.erasure.traces.push_back(due.trace_id);
  }
  draft.erasure.sweep = sweep;
  for (const auto& [key, content] : contents) {
    EntryDraft& entry = draft.entries.emplace_back();
    entry.header.set_kind(v1::ENTRY_KIND_CONTENT_ERASED);
    entry.header.set_actor(options_.gateway_id);
    entry.header.set_state(options_.gateway_state);
    entry.header.set_trace_id(content.trace_id());
    entry.content = content.SerializeAsString();
  }
  return draft;
}

}  // namespace tracegate
