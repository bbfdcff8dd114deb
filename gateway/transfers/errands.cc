#include "gateway/transfers/errands.h"

#include <algorithm>
#include <atomic>
#include <utility>

#include "absl/hash/hash.h"
#include "gateway/transfers/transfer_rows.h"
#include "protos/tracegate/failure.h"

namespace tracegate {

// One visit: the document as it was when it began, and what each State said.
struct Errands::Round {
  DocumentRow row;
  const Errand* errand;
  std::vector<PartnerQuestion> questions;
  std::vector<absl::StatusOr<std::string>> replies;
  absl::Time deadline;
  std::atomic<size_t> outstanding;
  std::function<void(absl::Status)> done;
};

void Errands::Visit(const std::string& document_id, absl::Time deadline,
                    std::function<void(absl::Status)> done) {
  turns_.Enter(document_id, [this, document_id, deadline, done = std::move(done)] {
    Begin(document_id, deadline, [this, document_id, done](absl::Status status) {
      turns_.Leave(document_id);
      done(std::move(status));
    });
  });
}

void Errands::Begin(const std::string& document_id, absl::Time deadline,
                    std::function<void(absl::Status)> done) {
  const StepGate::Step step(&gate_);
  if (!step) return done(Failure(v1::REASON_DRAINING, "the gateway is stopping"));
  auto row = house_.store->FindDocument(document_id);
  if (!row.ok()) return done(row.status());
  const auto errand = *row ? errands_.find((*row)->kind) : errands_.end();
  if (errand == errands_.end() || !errand->second->IsOpen(**row)) return done(absl::OkStatus());
  auto round = std::make_shared<Round>();
  round->errand = errand->second;
  round->questions = round->errand->Questions(**row);
  round->row = **std::move(row);
  round->deadline = deadline;
  round->done = std::move(done);
  round->outstanding = round->questions.size();
  round->replies.resize(round->questions.size(), absl::UnknownError("not asked"));
  if (round->questions.empty()) return Finish(round);
  RecordDraft draft;
  draft.entries = FirstLeavings(round->questions);
  if (draft.entries.empty()) return AskAll(round);
  house_.log->Append(std::move(draft), [this, round](const auto& recorded) {
    if (recorded.ok()) return AskAll(round);
    VisitLater(round->row.document_id);
    round->done(recorded.status());
  });
}

std::vector<EntryDraft> Errands::FirstLeavings(const std::vector<PartnerQuestion>& questions) {
  std::vector<EntryDraft> entries;
  absl::MutexLock lock(&mutex_);
  for (const PartnerQuestion& question : questions) {
    const size_t hash = absl::HashOf(question.state, question.method, question.bytes);
    if (left_[question.document_id].insert(hash).second) {
      entries.push_back(LeavingEntry(house_, question));
    }
  }
  return entries;
}

void Errands::AskAll(const std::shared_ptr<Round>& round) {
  const StepGate::Step step(&gate_);
  if (!step) return round->done(Failure(v1::REASON_DRAINING, "the gateway is stopping"));
  for (size_t i = 0; i < round->questions.size(); ++i) {
    AskPartner(
        house_, round->questions[i], round->deadline,
        [this, round, i](absl::StatusOr<std::string> reply) { Heard(round, i, std::move(reply)); });
  }
}

void Errands::Heard(const std::shared_ptr<Round>& round, size_t number,
                    absl::StatusOr<std::string> reply) {
  round->replies[number] = std::move(reply);
  if (round->outstanding.fetch_sub(1) == 1) Finish(round);
}

void Errands::Finish(const std::shared_ptr<Round>& round) {
  const std::string id = round->row.document_id;
  RecordDraft draft;
  DocumentRow row = round->row;
  for (size_t i = 0; i < round->questions.size(); ++i) {
    auto taken = round->errand->Take(row, round->questions[i], round->replies[i]);
    if (!taken.ok()) return round->done(taken.status());
    if (taken->body == row.body) continue;
    draft.entries.push_back(HeardEntry(house_, round->questions[i], round->replies[i]));
    row = *std::move(taken);
    // However many spoke in this round, the document changes once.
    row.revision = round->row.revision + 1;
  }
  if (draft.entries.empty()) {
    VisitLater(id);
    return round->done(absl::OkStatus());
  }
  const bool goes_on = round->errand->IsOpen(row);
  row.entry = static_cast<int64_t>(draft.entries.size()) - 1;
  draft.documents.push_back(std::move(row));
  house_.log->Append(std::move(draft), [this, round, id, goes_on](const auto& recorded) {
    // Where somebody else changed the document meanwhile, the next visit asks again: every question may be repeated.
    if (goes_on || !recorded.ok()) {
      VisitLater(id);
    } else {
      absl::MutexLock lock(&mutex_);
      left_.erase(id);
      pauses_.erase(id);
    }
    round->done(absl::IsAborted(recorded.status()) ? absl::OkStatus() : recorded.status());
  });
}

void Errands::VisitLater(const std::string& document_id) {
  absl::Time when = house_.clock();
  {
    absl::MutexLock lock(&mutex_);
    if (!timed_.insert(document_id).second) return;
    absl::Duration& pause = pauses_[document_id];
    pause = pause == absl::ZeroDuration() ? house_.ask_again_first
                                          : std::min(pause * 2, house_.ask_again_max);
    when += pause;
  }
  house_.timers->At(when, [this, document_id] {
    {
      absl::MutexLock lock(&mutex_);
      timed_.erase(document_id);
    }
    Visit(document_id, absl::InfiniteFuture(), [](const absl::Status&) {});
  });
}

absl::Status Errands::Resume() {
  for (const auto& [kind, errand] : errands_) {
    std::vector<std::string> open;
    DocumentQuery query;
    query.kind = kind;
    query.due_before = "9999-12-31";
    const absl::Status scanned = house_.store->ScanDocuments(query, [&](const DocumentRow& row) {
      open.push_back(row.document_id);
      return true;
    });
    if (!scanned.ok()) return scanned;
    for (const std::string& id : open) {
      Visit(id, absl::InfiniteFuture(), [](const absl::Status&) {});
    }
  }
  return absl::OkStatus();
}

}  // namespace tracegate
