#ifndef TRACEGATE_GATEWAY_POLICY_HANDLING_H_
#define TRACEGATE_GATEWAY_POLICY_HANDLING_H_

#include <string_view>

#include "absl/status/status.h"
#include "tracegate/config/v1/gateway.pb.h"
#include "tracegate/v1/trace.pb.h"

namespace tracegate {

// What an agreement attaches to each answer under it.
v1::Handling HandlingOf(const config::v1::Agreement& agreement);

// Adds `other` to what stands in `handling`, and drops nothing: codes of both, restrictions of both, consent where either
// needs it, the recipients that both name, the worse evaluation of each kind (X after C, 4 after 3). Where both name
// recipients and none in common, the requesting agency alone is left, and consent is needed.
void JoinHandling(const v1::Handling& other, v1::Handling* handling);

// Whether `text` is a State (`BR`) or an agency of one (`BR/policia-federal`).
bool IsRecipient(std::string_view text);

// Whether what the State `from` told under this handling may be passed to the State `to` (ITI 15(c)): always back to
// `from` itself. Otherwise PERMISSION_DENIED (ONWARD_CONSENT_REQUIRED): consent is needed (also H2), or recipients are
// named and none of that State's among them. To be asked before anything another State told leaves for a third.
absl::Status MayPassOn(const v1::Handling& handling, std::string_view from, std::string_view to);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_POLICY_HANDLING_H_
