#ifndef TRACEGATE_TESTS_GATEWAY_POLICY_EXAMPLE_AGREEMENT_H_
#define TRACEGATE_TESTS_GATEWAY_POLICY_EXAMPLE_AGREEMENT_H_

#include <string>
#include <vector>

#include "tracegate/config/v1/gateway.pb.h"

namespace tracegate {

// An agreement of the year 2026 for criminal investigations, which discloses these paths.
inline config::v1::Agreement ExampleAgreement(const std::string& asking,
                                              const std::string& answering,
                                              const std::vector<std::string>& disclose = {
                                                  "firearm"}) {
  config::v1::Agreement agreement;
  agreement.set_id(asking + "-asks-" + answering);
  agreement.set_asking_state(asking);
  agreement.set_answering_state(answering);
  agreement.set_legal_basis(v1::LEGAL_BASIS_ITI);
  agreement.add_purposes(v1::INTENDED_USE_CRIMINAL_INVESTIGATION);
  for (const std::string& path : disclose) agreement.add_disclose(path);
  agreement.set_valid_from("2026-01-01");
  agreement.set_valid_until("2026-12-31");
  return agreement;
}

}  // namespace tracegate

#endif  // TRACEGATE_TESTS_GATEWAY_POLICY_EXAMPLE_AGREEMENT_H_
