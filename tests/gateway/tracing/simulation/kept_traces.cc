#include "tests/gateway/tracing/simulation/kept_traces.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "tests/gateway/tracing/simulation/simulated_gateway.h"

namespace tracegate::simulation {
namespace {

bool SeeksClarification(const WriteBatch& batch, const std::string& trace_id) {
  return std::ranges::any_of(batch.entries, [&](const EntryRow& row) {
    v1::EntryHeader header;
    header.ParseFromString(row.header);
    return header.kind() == v1::ENTRY_KIND_REQUEST_RECEIVED && header.trace_id() == trace_id &&
           absl::EndsWith(header.method(), "/RequestClarification");
  });
}

}  // namespace

void KeptTraces::OnCommit(const SimulatedGateway& at, const WriteBatch& batch) {
  for (const TraceRow& row : batch.traces) {
    Known& known = known_[&at][row.trace_id];
    if (!known.open && row.open && !SeeksClarification(batch, row.trace_id)) {
      complaints_->push_back(
          {Invariant::kNoTraceIsLost, absl::StrCat(at.state(), " opens ", row.trace_id, " again")});
    }
    known = {row.open, row.reply_entry};
  }
}

void KeptTraces::Check(SimulatedGateway& at) {
  size_t found = 0;
  auto& known = known_[&at];
  at.store().VisitTraces([&](const TraceRow& row) {
    const auto expected = known.find(row.trace_id);
    if (expected == known.end()) return;
    ++found;
    if (row.open == expected->second.open && row.reply_entry == expected->second.reply_entry)
      return;
    complaints_->push_back(
        {Invariant::kNoTraceIsLost,
         absl::StrCat(at.state(), " no longer has ", row.trace_id, " as it was recorded")});
  });
  if (found == known.size()) return;
  complaints_->push_back(
      {Invariant::kNoTraceIsLost,
       absl::StrCat(at.state(), " has ", found, " of ", known.size(), " traces that it recorded")});
}

void KeptTraces::CheckAllEnded(SimulatedGateway& at) {
  at.store().VisitTraces([&](const TraceRow& row) {
    if (!row.open) return;
    complaints_->push_back({Invariant::kEveryTraceEnds,
                            absl::StrCat(row.trace_id, " of ", row.agency, " at ", at.state(),
                                         " is ", v1::TraceState_Name(row.state))});
  });
}

}  // namespace tracegate::simulation
