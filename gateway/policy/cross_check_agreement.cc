#include "gateway/policy/cross_check_agreement.h"

#include "protos/tracegate/failure.h"

namespace tracegate {

std::vector<Consideration> ExplainCrossCheck(const AgreementBook& book, std::string_view asking,
                                             std::string_view answering,
                                             const v1::TraceRequest& request, absl::Time now) {
  std::vector<Consideration> considered = book.Explain(asking, answering, request, now);
  for (Consideration& one : considered) {
    if (one.agreement->cross_check()) continue;
    one.passed_over =
        Failure(v1::REASON_NO_AGREEMENT, one.agreement->id() + " does not open cross-checks");
  }
  return considered;
}

}  // namespace tracegate
