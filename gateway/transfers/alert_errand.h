#ifndef TRACEGATE_GATEWAY_TRANSFERS_ALERT_ERRAND_H_
#define TRACEGATE_GATEWAY_TRANSFERS_ALERT_ERRAND_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "gateway/transfers/errands.h"
#include "gateway/transfers/transfer_house.h"
#include "tracegate/config/v1/gateway.pb.h"
#include "tracegate/v1/transfer.pb.h"

namespace tracegate {

// The diversion as a State may be told of it under its agreement: what happened, where and when at least, as far as it is
// known; which transfer is meant by its authorisation alone, for ids are each gateway's own.
v1::Diversion DiversionUnder(const config::v1::Agreement& agreement, v1::Diversion diversion);

// Tells the gateways of the States that an alert is for until each has taken it, or will not; then what came of it.
class AlertErrand : public Errand {
 public:
  explicit AlertErrand(TransferHouse house) : house_(std::move(house)) {}

  bool IsOpen(const DocumentRow& row) const override;
  std::vector<PartnerQuestion> Questions(const DocumentRow& row) const override;
  absl::StatusOr<DocumentRow> Take(DocumentRow row, const PartnerQuestion& question,
                                   const absl::StatusOr<std::string>& reply) const override;

 private:
  const TransferHouse house_;
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_TRANSFERS_ALERT_ERRAND_H_
