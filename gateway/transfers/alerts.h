#ifndef TRACEGATE_GATEWAY_TRANSFERS_ALERTS_H_
#define TRACEGATE_GATEWAY_TRANSFERS_ALERTS_H_

#include <memory>
#include <set>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "gateway/transfers/alert_errand.h"
#include "gateway/transfers/answer_once.h"
#include "gateway/transfers/errands.h"
#include "gateway/transfers/stored_transfers.h"
#include "gateway/transfers/transfer_house.h"
#include "tracegate/v1/transfer.pb.h"

namespace tracegate {

// Alerts of diversion (ATT 11(4)): raised by a State, told to those that may be affected and that agreements let know.
// Each State keeps the alert as its own document, beside its record of the transfer where it has one.
//
// Thread safety: all methods from any thread. Lifetime: Errands::Drain, then destroy the adapters, then this.
class Alerts {
 public:
  // What is pointed to outlives it.
  Alerts(TransferHouse house, AnswerOnce* once, Errands* errands);

  // An officer's alert, or a peer gateway's. `reply` runs once, with a serialised v1::DiversionAlert: durable, receipt
  // included, with who was told and who is not yet. Other gateways are told once that is on record; GetTransfer shows
  // who has been since. Errors: see RaiseDiversionAlert in transfer.proto.
  void Raise(std::shared_ptr<const Request> request, const v1::RaiseDiversionAlertRequest& asked,
             AnswerOnce::Reply reply);

 private:
  absl::StatusOr<Outcome> FromOfficer(const Request& request,
                                      const v1::RaiseDiversionAlertRequest& asked) const;
  absl::StatusOr<Outcome> FromPeer(const Request& request,
                                   const v1::RaiseDiversionAlertRequest& asked) const;
  // Fills in what the source says: the transfer's id, its authorisation. Its States.
  absl::StatusOr<std::set<std::string>> SettleSource(const Caller& caller, v1::Diversion* diversion,
                                                     std::string* transfer_id) const;
  // Notes the alert on the discrepancy that it rests on.
  absl::Status NoteDiscrepancy(const Caller& caller, const v1::DiversionAlert& alert,
                               const std::string& discrepancy_id, Outcome* outcome) const;
  // The document of a State served here that hears of it.
  absl::StatusOr<DocumentRow> RowFor(const std::string& state, v1::DiversionAlert alert) const;

  const TransferHouse house_;
  const StoredTransfers stored_;
  const AlertErrand errand_;
  AnswerOnce* const once_;
  Errands* const errands_;
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_TRANSFERS_ALERTS_H_
