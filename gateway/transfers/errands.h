#ifndef TRACEGATE_GATEWAY_TRANSFERS_ERRANDS_H_
#define TRACEGATE_GATEWAY_TRANSFERS_ERRANDS_H_

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "gateway/tracing/step_gate.h"
#include "gateway/transfers/document_kind.h"
#include "gateway/transfers/one_at_a_time.h"
#include "gateway/transfers/partner_question.h"
#include "gateway/transfers/transfer_house.h"

namespace tracegate {

// What other States' gateways have to be asked or told about one kind of document.
class Errand {
 public:
  virtual ~Errand() = default;

  // Whether anybody elsewhere has still to be asked or told, now or later.
  virtual bool IsOpen(const DocumentRow& row) const = 0;

  // What is outstanding by the document as it stands; nothing where no agreement lets it leave today.
  virtual std::vector<PartnerQuestion> Questions(const DocumentRow& row) const = 0;

  // The document after what came of one question: its next revision; the row unchanged where nothing is new.
  virtual absl::StatusOr<DocumentRow> Take(DocumentRow row, const PartnerQuestion& question,
                                           const absl::StatusOr<std::string>& reply) const = 0;
};

// Takes documents to other States' gateways until they have been told, or have answered: at once, then again and again,
// further and further apart, also after a restart. An open document has a `due`.
//
// Each question is in the log before it leaves, once in the life of a gateway's process however often it is put; what
// comes of it is recorded where it changes the document.
//
// Thread safety: all methods from any thread. Lifetime: Drain, then destroy the adapters, then the Errands.
class Errands {
 public:
  explicit Errands(TransferHouse house) : house_(std::move(house)) {}

  // Who knows about documents of that kind; outlives it. Before any other method.
  void Know(DocumentKind kind, const Errand* errand) { errands_[static_cast<int>(kind)] = errand; }

  // Takes the document round now. `done` runs once, when everybody asked has spoken, or failed, or `deadline` is near.
  // Errors: the store's and the log's; what partners say is in the document.
  void Visit(const std::string& document_id, absl::Time deadline,
             std::function<void(absl::Status)> done);

  // Takes up all that are open. Once, before calls are served.
  absl::Status Resume();

  // Nothing is taken round any more.
  void Drain() { gate_.Close(); }

 private:
  struct Round;

  void Begin(const std::string& document_id, absl::Time deadline,
             std::function<void(absl::Status)> done);
  void AskAll(const std::shared_ptr<Round>& round);
  void Heard(const std::shared_ptr<Round>& round, size_t number, absl::StatusOr<std::string> reply);
  void Finish(const std::shared_ptr<Round>& round);
  // Those that were not recorded as leaving before.
  std::vector<EntryDraft> FirstLeavings(const std::vector<PartnerQuestion>& questions);
  void VisitLater(const std::string& document_id);

  const TransferHouse house_;
  StepGate gate_;
  OneAtATime turns_;
  std::map<int, const Errand*> errands_;
  absl::Mutex mutex_;
  // What left, so that the same question is not recorded at each attempt: a hash of each.
  absl::flat_hash_map<std::string, std::set<size_t>> left_ ABSL_GUARDED_BY(mutex_);
  absl::flat_hash_map<std::string, absl::Duration> pauses_ ABSL_GUARDED_BY(mutex_);
  absl::flat_hash_set<std::string> timed_
      ABSL_GUARDED_BY(mutex_);  // that will be visited by themselves
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_TRANSFERS_ERRANDS_H_
