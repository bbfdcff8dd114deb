#ifndef TRACEGATE_GATEWAY_TRANSFERS_AUTHORISATIONS_H_
#define TRACEGATE_GATEWAY_TRANSFERS_AUTHORISATIONS_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "gateway/transfers/answer_once.h"
#include "gateway/transfers/partner_question.h"
#include "gateway/transfers/stored_transfers.h"
#include "gateway/transfers/transfer_house.h"
#include "tracegate/v1/transfer.pb.h"

namespace tracegate {

// What a State tells others of its export authorisations: a given one, to a State that it names (ATT 7(6)); pending and
// granted ones, to the State of final destination alone (ATT 8(3)). Whatever else there is is not told, nor that there is.
//
// Thread safety: all methods from any thread.
class Authorisations {
 public:
  explicit Authorisations(TransferHouse house) : house_(std::move(house)), stored_(house_.store) {}

  // An officer's question, or a peer gateway's. `reply` runs once, with a serialised v1::ListAuthorizationsResponse:
  // durable, receipt included. Errors: see ListAuthorizations in transfer.proto.
  void List(std::shared_ptr<const Request> request, const v1::ListAuthorizationsRequest& asked,
            AnswerOnce::Reply reply);

 private:
  struct Told {
    v1::ListAuthorizationsResponse response;
    std::string agreement_id;
  };

  // What that State tells `asking`.
  absl::StatusOr<Told> Tell(const Caller& caller, const v1::ListAuthorizationsRequest& asked) const;
  void AskAbroad(const std::shared_ptr<const Request>& request,
                 v1::ListAuthorizationsRequest question, AnswerOnce::Reply reply);
  void Release(const std::shared_ptr<const Request>& request, std::vector<EntryDraft> before,
               const Told& told, AnswerOnce::Reply reply);

  const TransferHouse house_;
  const StoredTransfers stored_;
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_TRANSFERS_AUTHORISATIONS_H_
