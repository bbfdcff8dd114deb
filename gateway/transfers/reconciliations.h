#ifndef TRACEGATE_GATEWAY_TRANSFERS_RECONCILIATIONS_H_
#define TRACEGATE_GATEWAY_TRANSFERS_RECONCILIATIONS_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "gateway/transfers/answer_once.h"
#include "gateway/transfers/partner_question.h"
#include "gateway/transfers/stored_transfers.h"
#include "gateway/transfers/transfer_house.h"
#include "tracegate/v1/transfer.pb.h"

namespace tracegate {

// Holds a State's records against a partner's figures, and its consignments against what arrived. Where they part is a
// discrepancy, which stays open until somebody says why.
//
// Thread safety: all methods from any thread. Takes as long as there are records, on the caller's thread.
class Reconciliations {
 public:
  // What is pointed to outlives it.
  Reconciliations(TransferHouse house, AnswerOnce* once)
      : house_(std::move(house)), stored_(house_.store), once_(once) {}

  // `reply` runs once, with a serialised v1::Reconciliation: durable, receipt included. A peer gateway gets the figures of
  // the State that it asks, where the agreement tells them, and nothing is kept. Errors: see Reconcile in transfer.proto.
  void Reconcile(std::shared_ptr<const Request> request, const v1::ReconcileRequest& asked,
                 AnswerOnce::Reply reply);

  // `reply` runs once, with a serialised v1::Discrepancy: durable, receipt included.
  void Resolve(std::shared_ptr<const Request> request, const v1::ResolveDiscrepancyRequest& asked,
               AnswerOnce::Reply reply);

  absl::StatusOr<v1::ListDiscrepanciesResponse> List(
      const Caller& caller, const v1::ListDiscrepanciesRequest& request) const;

 private:
  using Done = AnswerOnce::Done;

  void Work(const std::shared_ptr<const Request>& request, const v1::ReconcileRequest& asked,
            const Done& done) const;
  void AskPartnersRows(const std::shared_ptr<const Request>& request,
                       const v1::ReconcileRequest& asked, const Done& done) const;
  absl::StatusOr<Outcome> TellPeer(const Request& request, const v1::ReconcileRequest& asked) const;
  struct Figures {
    std::vector<v1::TransferRow> rows;
    std::string agreement_id;
  };

  // The partner's rows with `asking`, where the agreement between the two tells them.
  absl::StatusOr<Figures> FiguresFor(const std::string& asking,
                                     const v1::ReconcileRequest& asked) const;
  // That State's rows with the partner in the period.
  absl::StatusOr<std::vector<v1::TransferRow>> RowsOf(const std::string& state,
                                                      const v1::ReconcileRequest& asked) const;
  absl::StatusOr<Outcome> Compared(const Request& request, const v1::ReconcileRequest& asked,
                                   const std::vector<v1::TransferRow>& theirs,
                                   const std::string& source) const;
  absl::StatusOr<Outcome> Resolved(const Request& request,
                                   const v1::ResolveDiscrepancyRequest& asked) const;

  const TransferHouse house_;
  const StoredTransfers stored_;
  AnswerOnce* const once_;
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_TRANSFERS_RECONCILIATIONS_H_
