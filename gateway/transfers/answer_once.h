#ifndef TRACEGATE_GATEWAY_TRANSFERS_ANSWER_ONCE_H_
#define TRACEGATE_GATEWAY_TRANSFERS_ANSWER_ONCE_H_

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "gateway/evidence/evidence_log.h"
#include "gateway/identity/caller.h"
#include "gateway/storage/record_store.h"
#include "gateway/transfers/one_at_a_time.h"
#include "google/protobuf/message.h"

namespace tracegate {

// A request that changes something, as it came.
struct Request {
  Caller caller;
  std::string method;      // "/package.Service/Method"
  std::string bytes;       // as received
  std::string request_id;  // as it names itself
  std::shared_ptr<const google::protobuf::Message> message;
  absl::Time deadline = absl::InfiniteFuture();
};

// What a request came to, before it is recorded.
struct Outcome {
  std::string document_id;   // what it is about: the entries' trace_id
  std::string agreement_id;  // under which something is told over a border; empty: nothing is
  std::string reply;         // serialised; its receipt follows as field 15
  // How the entry that holds the reply is called.
  v1::EntryKind kind = v1::ENTRY_KIND_ANSWER_DISCLOSED;
  // What is stored with it; all of them stand in the reply's entry.
  std::vector<DocumentRow> documents;
  // Entries between the request and the reply: what was heard from elsewhere.
  std::vector<EntryDraft> heard = {};
};

// Answers each request once: the request, the reply and what is stored become durable together, and the same request gets
// the same bytes again, which is recorded too. One with another body is REQUEST_ID_REUSED.
//
// Thread safety: all methods from any thread. Lifetime: outlives its replies.
class AnswerOnce {
 public:
  using Reply = std::function<void(absl::StatusOr<std::string>)>;
  using Done = std::function<void(absl::StatusOr<Outcome>)>;
  // Runs unless the request was answered before; calls `done` once, from any thread.
  using Work = std::function<void(Done done)>;

  // Both outlive it.
  AnswerOnce(RecordStore* store, EvidenceLog* log) : store_(store), log_(log) {}

  // `reply` runs once, with the bytes to send: durable, receipt included. FIELD_REQUIRED, FIELD_INVALID of the request id;
  // REQUEST_ID_REUSED; DOCUMENT_NOT_FOUND where the reply was erased since; what `work` says; the log's.
  void Answer(std::shared_ptr<const Request> request, Work work, Reply reply);

 private:
  void Begin(const std::shared_ptr<const Request>& request, const Work& work, Reply reply);
  void Record(const std::shared_ptr<const Request>& request, Outcome outcome, Reply reply);

  RecordStore* const store_;
  EvidenceLog* const log_;
  OneAtATime turns_;
};

// The header that entries about a request have in common.
v1::EntryHeader HeaderOf(const Request& request, v1::EntryKind kind,
                         const std::string& document_id);

// Records the draft, which has a reply entry, and then replies with it and its receipt.
void ReplyOnceRecorded(EvidenceLog* log, RecordDraft draft, AnswerOnce::Reply reply);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_TRANSFERS_ANSWER_ONCE_H_
