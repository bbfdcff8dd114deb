#include "tests/gateway/tracing/simulation/log_index.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "gateway/evidence/receipt_check.h"
#include "gateway/evidence/reply_receipt.h"
#include "tests/gateway/tracing/simulation/simulated_gateway.h"

namespace tracegate::simulation {
namespace {

// Whether all that the question tells the State asked was told in the recorded one.
bool Covers(const adapter::v1::FindRequest& recorded, const adapter::v1::FindRequest& question) {
  return recorded.request().SerializeAsString() == question.request().SerializeAsString() &&
         recorded.supplements_size() >= question.supplements_size() &&
         recorded.clarifications_size() >= question.clarifications_size() &&
         recorded.has_withdrawal() == question.has_withdrawal();
}

}  // namespace

const LogIndex::Entries& LogIndex::Read(SimulatedGateway& of) {
  Entries& entries = entries_[&of];
  of.store().VisitEntries(entries.size, [&](const EntryRow& row) {
    ++entries.size;
    v1::EntryHeader header;
    header.ParseFromString(row.header);
    if (header.kind() == v1::ENTRY_KIND_HOP_ASKED) {
      adapter::v1::FindRequest asked;
      asked.ParseFromString(row.content);
      entries.asked[asked.hop_id()].push_back(std::move(asked));
    }
    if (header.kind() == v1::ENTRY_KIND_ANSWER_DISCLOSED)
      entries.told[header.trace_id()].insert(row.content);
  });
  return entries;
}

void LogIndex::CheckReply(SimulatedGateway& by, const Release& release,
                          const std::string& trace_id) {
  const auto complain = [&](const std::string& why) {
    complaints_->push_back(
        {Invariant::kRepliesStandInTheLog,
         absl::StrCat(by.state(), " told ", release.to.spiffe_id, " of ", trace_id, ": ", why)});
  };
  const absl::Status holds = VerifyReply(release.bytes, by.verifier_key());
  if (!holds.ok()) return complain(std::string(holds.message()));
  const auto split = SplitReceipt(release.bytes);
  const auto entry = by.store().ReadEntry(split->receipt.leaf_index());
  if (!entry.ok() || entry->content != split->content)
    return complain("its receipt is of another entry");
  const Entries& entries = Read(by);
  const auto told = entries.told.find(trace_id);
  // As it is, or, where it is told again, with the receipt that it had.
  if (told == entries.told.end() || (!told->second.contains(std::string(split->content)) &&
                                     !told->second.contains(release.bytes))) {
    complain("no entry says that it was told");
  }
}

void LogIndex::CheckQuestion(SimulatedGateway& by, const adapter::v1::FindRequest& question) {
  const auto& asked = Read(by).asked;
  const auto recorded = asked.find(question.hop_id());
  if (recorded != asked.end() && std::ranges::any_of(recorded->second, [&](const auto& entry) {
        return Covers(entry, question);
      })) {
    return;
  }
  complaints_->push_back({Invariant::kQuestionsStandInTheLog,
                          absl::StrCat(by.state(), " asks ", question.hop_id(), " unrecorded")});
}

void LogIndex::CheckLog(SimulatedGateway& at) {
  int64_t& checked = entries_[&at].checked;
  const int64_t size = *at.store().EntryCount();
  if (std::exchange(checked, size) == size) return;
  const auto log = EvidenceLog::Open(&at.store(), at.LogOptions());
  const absl::Status damage = log.ok() ? (*log)->damage() : log.status();
  if (damage.ok()) return;
  complaints_->push_back(
      {Invariant::kLogsVerify, absl::StrCat("of ", at.state(), ": ", damage.message())});
}

}  // namespace tracegate::simulation
