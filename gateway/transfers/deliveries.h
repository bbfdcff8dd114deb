#ifndef TRACEGATE_GATEWAY_TRANSFERS_DELIVERIES_H_
#define TRACEGATE_GATEWAY_TRANSFERS_DELIVERIES_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "gateway/transfers/answer_once.h"
#include "gateway/transfers/partner_question.h"
#include "gateway/transfers/stored_transfers.h"
#include "gateway/transfers/transfer_house.h"
#include "tracegate/v1/transfer.pb.h"

namespace tracegate {

// That consignments arrived (Firearms Protocol 10(4), Reg. (EU) 2025/41 Art 26): kept beside the record that they left or
// came under, by the State that says so and by the exporting State that it tells.
//
// Thread safety: all methods from any thread.
class Deliveries {
 public:
  // What is pointed to outlives it.
  Deliveries(TransferHouse house, AnswerOnce* once)
      : house_(std::move(house)), stored_(house_.store), once_(once) {}

  // `reply` runs once, with a serialised v1::Transfer: durable, receipt included. A peer gets no record and no id with it.
  // Errors: see ConfirmReceipt in transfer.proto.
  void Confirm(std::shared_ptr<const Request> request, const v1::ConfirmReceiptRequest& asked,
               AnswerOnce::Reply reply);

 private:
  using Done = AnswerOnce::Done;

  void Work(const std::shared_ptr<const Request>& request, const v1::ConfirmReceiptRequest& asked,
            const Done& done) const;
  // The record of that State which it is about.
  absl::StatusOr<DocumentRow> Find(const Caller& caller,
                                   const v1::ConfirmReceiptRequest& asked) const;
  absl::StatusOr<DocumentRow> FindByAuthorisation(const std::string& state,
                                                  const v1::ConfirmReceiptRequest& asked) const;
  // The delivery put beside the record.
  absl::StatusOr<Outcome> Added(const Request& request, const DocumentRow& row,
                                const v1::Delivery& given) const;
  void TellExporter(const std::shared_ptr<const Request>& request,
                    const v1::ConfirmReceiptRequest& asked, const Done& done) const;

  const TransferHouse house_;
  const StoredTransfers stored_;
  AnswerOnce* const once_;
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_TRANSFERS_DELIVERIES_H_
