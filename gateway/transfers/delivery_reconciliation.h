#ifndef TRACEGATE_GATEWAY_TRANSFERS_DELIVERY_RECONCILIATION_H_
#define TRACEGATE_GATEWAY_TRANSFERS_DELIVERY_RECONCILIATION_H_

#include <google/protobuf/repeated_field.h>

#include <vector>

#include "absl/time/civil_time.h"
#include "tracegate/v1/transfer.pb.h"

namespace tracegate {

// What became of a consignment, as far as its receipts say.
enum class Course { kArrived, kUnderWay, kDiffers };

struct ConsignmentFinding {
  Course course = Course::kUnderWay;
  std::vector<v1::Discrepancy>
      discrepancies;  // of kDiffers; without ids, transfer ids and reconciliation
};

// Holds an actual transfer against what arrived of it. NEVER_ARRIVED: nobody said that anything did, and `due` is past.
// QUANTITY_SHORT: somebody said that some is missing, or `due` is past and not all has arrived. QUANTITY: more arrived than
// left. MARKS: items are missing or unexpected, though the amount may be right. A part that has arrived before `due`, or
// without one, is under way. `due` may be empty: the law sets no day.
ConsignmentFinding CompareWithDeliveries(
    const v1::TransferRecord& record,
    const google::protobuf::RepeatedPtrField<v1::Delivery>& deliveries, const v1::Date& due,
    absl::CivilDay today);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_TRANSFERS_DELIVERY_RECONCILIATION_H_
