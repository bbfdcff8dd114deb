#ifndef TRACEGATE_GATEWAY_TRANSFERS_ALERT_FOLLOW_UPS_H_
#define TRACEGATE_GATEWAY_TRANSFERS_ALERT_FOLLOW_UPS_H_

#include <memory>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "gateway/transfers/answer_once.h"
#include "gateway/transfers/errands.h"
#include "gateway/transfers/stored_transfers.h"
#include "gateway/transfers/transfer_house.h"
#include "tracegate/v1/transfer.pb.h"

namespace tracegate {

// What came of alerts (ATT 11(4)). The State that raised one tells all that were told of it; a State that was told tells the
// one that raised it. Each State keeps every word that reaches it in its own document of the alert.
//
// Thread safety: all methods from any thread. Lifetime: Errands::Drain, then destroy the adapters, then this.
class AlertFollowUps {
 public:
  static constexpr int kFollowUpsMax = 64;  // of one alert

  // What is pointed to outlives it; Alerts knows the errand.
  AlertFollowUps(TransferHouse house, AnswerOnce* once, Errands* errands)
      : house_(std::move(house)), stored_(house_.store), once_(once), errands_(errands) {}

  // An officer's word, or a peer gateway's. `reply` runs once, with a serialised v1::DiversionAlert: durable, receipt
  // included. Errors: see FollowUpAlert in transfer.proto; DOCUMENT_STATE past kFollowUpsMax.
  void FollowUp(std::shared_ptr<const Request> request, const v1::FollowUpAlertRequest& asked,
                AnswerOnce::Reply reply);

 private:
  absl::StatusOr<Outcome> FromOfficer(const Request& request,
                                      const v1::FollowUpAlertRequest& asked) const;
  absl::StatusOr<Outcome> FromPeer(const Request& request,
                                   const v1::FollowUpAlertRequest& asked) const;
  // That State's document of an alert, by the id it has at the State that raised it.
  absl::StatusOr<std::optional<DocumentRow>> FindAt(const std::string& state,
                                                    const std::string& raising,
                                                    const std::string& raised_id) const;
  // Adds the word to that document. DOCUMENT_NOT_FOUND where there is none.
  absl::Status AddAt(const std::optional<DocumentRow>& row, const v1::AlertFollowUp& word,
                     Outcome* outcome) const;

  const TransferHouse house_;
  const StoredTransfers stored_;
  AnswerOnce* const once_;
  Errands* const errands_;
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_TRANSFERS_ALERT_FOLLOW_UPS_H_
