#ifndef TRACEGATE_GATEWAY_TRANSFERS_REPORT_CAVEATS_H_
#define TRACEGATE_GATEWAY_TRANSFERS_REPORT_CAVEATS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "tracegate/v1/transfer.pb.h"

namespace tracegate {

// What a reader of the report must know to read its figures rightly, in English sentences: what its basis means, what was
// left out, what cannot be added up, what tracing is no sample of. The report is complete but for these; `uncounted` is how
// many records or lines could not be counted, of which it names the first.
std::vector<std::string> CaveatsOf(const v1::GenerateReportRequest& request,
                                   const v1::Report& report, int64_t uncounted);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_TRANSFERS_REPORT_CAVEATS_H_
