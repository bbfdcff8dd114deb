#ifndef TRACEGATE_GATEWAY_TRANSFERS_END_USES_H_
#define TRACEGATE_GATEWAY_TRANSFERS_END_USES_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "gateway/transfers/answer_once.h"
#include "gateway/transfers/end_use_question.h"
#include "gateway/transfers/errands.h"
#include "gateway/transfers/stored_transfers.h"
#include "gateway/transfers/transfer_house.h"
#include "tracegate/v1/transfer.pb.h"

namespace tracegate {

// The exchange on end use (ATT 8(1)): the exporting State asks, the importing State's officer answers; a State on the way is
// asked whether it objects (Firearms Protocol 10(2)). Each State keeps the exchange as a document of its own; where both are
// served here there are two all the same.
//
// Thread safety: all methods from any thread. Lifetime: Errands::Drain, then destroy the adapters, then this.
class EndUses {
 public:
  // What is pointed to outlives it.
  EndUses(TransferHouse house, AnswerOnce* once, Errands* errands);

  // An officer's question, or a peer gateway's. `reply` runs once, with a serialised v1::EndUse as it then stands: durable,
  // receipt included. Errors: see RequestEndUse in transfer.proto.
  void Ask(std::shared_ptr<const Request> request, const v1::RequestEndUseRequest& asked,
           AnswerOnce::Reply reply);

  // Errors: see AnswerEndUse in transfer.proto; DOCUMENT_STATE where it was answered.
  void Answer(std::shared_ptr<const Request> request, const v1::AnswerEndUseRequest& asked,
              AnswerOnce::Reply reply);

 private:
  struct Opening;  // what a new question puts on record

  void Begin(const std::shared_ptr<const Request>& request, const v1::RequestEndUseRequest& asked,
             AnswerOnce::Reply reply);
  absl::StatusOr<std::optional<DocumentRow>> FindAsked(const Request& request) const;
  absl::StatusOr<Opening> OpenOwn(const Request& request, const v1::EndUseQuestion& question) const;
  absl::StatusOr<Opening> OpenPeers(const Request& request, v1::EndUseQuestion question) const;
  // The side of the State that is asked: its pending import or transit, and the exchange about it.
  void AddAskedSide(const std::string& request_id, const std::string& word,
                    const v1::EndUseQuestion& question, Opening* opening) const;
  // The exporter's own record that the question is about.
  absl::StatusOr<v1::Transfer> ExportOf(const Caller& caller,
                                        const v1::EndUseQuestion& question) const;
  void VisitAndTell(const std::shared_ptr<const Request>& request, const std::string& id,
                    AnswerOnce::Reply reply);
  void Tell(const std::shared_ptr<const Request>& request, const std::string& id,
            AnswerOnce::Reply reply);
  absl::StatusOr<Outcome> Answered(const Request& request, const v1::AnswerEndUseRequest& asked);
  // Passes the answer to the side of a State served here that asked.
  absl::Status AddToAsker(const v1::EndUse& answered, Outcome* outcome) const;

  const TransferHouse house_;
  const StoredTransfers stored_;
  const EndUseErrand errand_;
  AnswerOnce* const once_;
  Errands* const errands_;
  OneAtATime turns_;
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_TRANSFERS_END_USES_H_
