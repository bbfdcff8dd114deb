#include "gateway/cli/import_report.h"

#include <algorithm>

#include "absl/strings/str_format.h"
#include "gateway/cli/json.h"
#include "gateway/cli/table.h"
#include "gateway/cli/trace_reply.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

std::string StateOf(const v1::ImportTracesResponse& response) {
  if (response.has_failure()) return "failed";
  return Words(v1::TraceState_Name(response.trace().state()), "TRACE_STATE_");
}

std::string WhatFailed(const v1::FailureDetail& failure) {
  std::string text = ReasonName(failure.reason());
  for (const v1::FieldViolation& violation : failure.violations()) {
    text += ": " + violation.field() + ": " + violation.description();
  }
  return text;
}

// What it comes to, or whom it waits for; and that the weapon was traced before.
std::string WhatOf(const v1::Trace& trace) {
  std::string text;
  if (trace.has_finding()) {
    text = Words(v1::Outcome_Name(trace.finding().outcome()), "OUTCOME_");
  } else if (!trace.hops().empty()) {
    const v1::Hop& hop = *trace.hops().rbegin();
    text = hop.to_state() + " " + Words(v1::HopState_Name(hop.state()), "HOP_STATE_");
    if (hop.has_failure()) text += ", " + ReasonName(hop.failure().reason());
  }
  for (const v1::MarkRemark& remark : trace.remarks()) {
    if (remark.kind() == v1::REMARK_KIND_TRACED_BEFORE) text += "; " + remark.message();
  }
  return text;
}

}  // namespace

ImportReport::ImportReport(const ImportRows& rows, bool json, std::ostream& out)
    : rows_(rows), json_(json), out_(out) {
  for (const ImportRow& row : rows.rows) {
    id_width_ = std::max(id_width_, static_cast<int>(row.create.request_id().size()));
  }
  if (!json_) {
    out_ << absl::StrFormat("%6s  %-*s  %-14s  %-26s  %s\n", "LINE", id_width_, "REQUEST", "STATE",
                            "TRACE", "FINDING");
  }
}

void ImportReport::Add(const v1::ImportTracesResponse& response, bool proven) {
  Print(rows_.rows[answered_], response);
  ++answered_;
  if (!proven) ++unproven_;
  if (response.has_failure()) {
    ++failed_;
  } else if (IsOver(response.trace().state())) {
    ++ended_;
  }
}

void ImportReport::Print(const ImportRow& row, const v1::ImportTracesResponse& response) const {
  if (json_) {
    out_ << "{\"line\":" << row.line << "," << JsonOf(response).substr(1) << "\n" << std::flush;
    return;
  }
  out_ << absl::StrFormat(
              "%6d  %-*s  %-14s  %-26s  %s\n", row.line, id_width_, row.create.request_id(),
              StateOf(response), response.trace().trace_id(),
              response.has_failure() ? WhatFailed(response.failure()) : WhatOf(response.trace()))
       << std::flush;
}

std::string ImportReport::Summary() const {
  const auto add = [](size_t count, std::string_view what) {
    return count == 0 ? "" : ", " + std::to_string(count) + " " + std::string(what);
  };
  return std::to_string(rows_.rows.size() + rows_.bad.size()) + " rows: " + std::to_string(ended_) +
         " ended" + add(answered_ - ended_ - failed_, "in progress") + add(failed_, "failed") +
         add(rows_.bad.size(), "cannot be read") +
         add(rows_.rows.size() - answered_, "not answered") +
         add(unproven_, "WITHOUT A RECEIPT THAT HOLDS");
}

ExitCode ImportReport::Exit() const {
  if (unproven_ > 0) return kExitNoProof;
  if (failed_ > 0 || !rows_.bad.empty()) return kExitRefused;
  return ended_ == rows_.rows.size() ? kExitOk : kExitInProgress;
}

std::string BadRowText(const std::string& file, const BadImportRow& row) {
  std::string text = file + ", line " + std::to_string(row.line);
  if (!row.column.empty()) text += ", column " + row.column;
  return text + ": " + row.problem;
}

}  // namespace tracegate
