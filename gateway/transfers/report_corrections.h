#ifndef TRACEGATE_GATEWAY_TRANSFERS_REPORT_CORRECTIONS_H_
#define TRACEGATE_GATEWAY_TRANSFERS_REPORT_CORRECTIONS_H_

#include <cstddef>
#include <vector>

#include "absl/status/statusor.h"
#include "tracegate/v1/transfer.pb.h"

namespace tracegate {

inline constexpr size_t kCorrectionsMax = 5000;

// What differs between the tables of a report and of an earlier one: rows that are new, gone, or say another figure,
// description or comment. Rows are paired by their heads (HeadOf); exports before imports, each in the order of the
// later report, what is gone behind. Of reports without tables: none.
//
// RESOURCE_EXHAUSTED (MESSAGE_TOO_LARGE): more than kCorrectionsMax.
absl::StatusOr<std::vector<v1::RowCorrection>> CorrectionsOf(const v1::Report& before,
                                                             const v1::Report& after);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_TRANSFERS_REPORT_CORRECTIONS_H_
