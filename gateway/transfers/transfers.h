#ifndef TRACEGATE_GATEWAY_TRANSFERS_TRANSFERS_H_
#define TRACEGATE_GATEWAY_TRANSFERS_TRANSFERS_H_

#include <utility>

#include "absl/status/status.h"
#include "gateway/transfers/alert_follow_ups.h"
#include "gateway/transfers/alerts.h"
#include "gateway/transfers/answer_once.h"
#include "gateway/transfers/authorisations.h"
#include "gateway/transfers/deliveries.h"
#include "gateway/transfers/end_uses.h"
#include "gateway/transfers/errands.h"
#include "gateway/transfers/ledger.h"
#include "gateway/transfers/reconciliations.h"
#include "gateway/transfers/reminders.h"
#include "gateway/transfers/reports.h"
#include "gateway/transfers/stored_transfers.h"
#include "gateway/transfers/transfer_house.h"

namespace tracegate {

// All that one gateway does about transfers.
//
// Thread safety: all methods from any thread.
//
// Lifetime: Drain, then destroy the adapters, then the Transfers.
class Transfers {
 public:
  explicit Transfers(const TransferHouse& house)
      : stored_(house.store),
        once_(house.store, house.log),
        errands_(house),
        ledger_(house, &once_),
        deliveries_(house, &once_),
        end_uses_(house, &once_, &errands_),
        authorisations_(house),
        alerts_(house, &once_, &errands_),
        follow_ups_(house, &once_, &errands_),
        reconciliations_(house, &once_),
        reports_(house, &once_),
        reminders_(house) {}

  const StoredTransfers& stored() const { return stored_; }
  Ledger& ledger() { return ledger_; }
  Deliveries& deliveries() { return deliveries_; }
  EndUses& end_uses() { return end_uses_; }
  Authorisations& authorisations() { return authorisations_; }
  Alerts& alerts() { return alerts_; }
  AlertFollowUps& follow_ups() { return follow_ups_; }
  Reconciliations& reconciliations() { return reconciliations_; }
  Reports& reports() { return reports_; }

  // Takes up what other States have still to be asked or told, and reminds of what is overdue. Once, before calls are
  // served.
  absl::Status Resume() {
    const absl::Status resumed = errands_.Resume();
    return resumed.ok() ? reminders_.Begin() : resumed;
  }

  // Nobody elsewhere is asked or told any more.
  void Drain() {
    errands_.Drain();
    reminders_.Drain();
  }

 private:
  StoredTransfers stored_;
  AnswerOnce once_;
  Errands errands_;
  Ledger ledger_;
  Deliveries deliveries_;
  EndUses end_uses_;
  Authorisations authorisations_;
  Alerts alerts_;
  AlertFollowUps follow_ups_;
  Reconciliations reconciliations_;
  Reports reports_;
  Reminders reminders_;
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_TRANSFERS_TRANSFERS_H_
