#ifndef TRACEGATE_GATEWAY_POLICY_CROSS_CHECK_AGREEMENT_H_
#define TRACEGATE_GATEWAY_POLICY_CROSS_CHECK_AGREEMENT_H_

#include <string_view>
#include <vector>

#include "gateway/policy/agreement_book.h"

namespace tracegate {

// All of the two States' agreements as AgreementBook::FindForCrossCheck considers them: what a trace is passed over for,
// and that cross-checks are not opened.
std::vector<Consideration> ExplainCrossCheck(const AgreementBook& book, std::string_view asking,
                                             std::string_view answering,
                                             const v1::TraceRequest& request, absl::Time now);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_POLICY_CROSS_CHECK_AGREEMENT_H_
