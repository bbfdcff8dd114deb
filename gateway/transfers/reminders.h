#ifndef TRACEGATE_GATEWAY_TRANSFERS_REMINDERS_H_
#define TRACEGATE_GATEWAY_TRANSFERS_REMINDERS_H_

#include <functional>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "gateway/tracing/step_gate.h"
#include "gateway/transfers/document_kind.h"
#include "gateway/transfers/stored_transfers.h"
#include "gateway/transfers/transfer_house.h"

namespace tracegate {

// Tells once a day what is overdue: answers on end use that this State owes or awaits, and arrivals that nobody confirmed.
// At most kToldMax of each a day, oldest first.
//
// Thread safety: all methods from any thread. Lifetime: Drain, then stop the timers, then this.
class Reminders {
 public:
  static constexpr int kToldMax = 1000;

  explicit Reminders(TransferHouse house) : house_(std::move(house)), stored_(house_.store) {}

  // Tells now, and then every day. Nothing where nobody listens. Errors: the store's.
  absl::Status Begin();
  void Drain() { gate_.Close(); }

 private:
  absl::Status TellAll() const;
  absl::Status Tell(DocumentKind kind, const std::string& what,
                    const std::function<bool(const DocumentRow&)>& is_owed) const;
  void TellLater();

  const TransferHouse house_;
  const StoredTransfers stored_;
  StepGate gate_;
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_TRANSFERS_REMINDERS_H_
