#ifndef TRACEGATE_ADAPTERS_PARTNER_GATEWAY_H_
#define TRACEGATE_ADAPTERS_PARTNER_GATEWAY_H_

#include <functional>
#include <string>

#include "absl/status/statusor.h"
#include "adapters/registry_adapter.h"

namespace tracegate {

// Another State's gateway, asked about transfers: bytes out, bytes back, for the log has to have both as they were.
//
// Thread safety, lifetime: as RegistryAdapter.
//
// Errors: a callback runs exactly once. PEER_UNAVAILABLE where it is not reached; its own refusals keep their reason where
// that tells what to do, else PEER_REFUSED. Nothing is retried.
class PartnerGateway {
 public:
  using PartnerDone = std::function<void(absl::StatusOr<std::string>)>;

  virtual ~PartnerGateway() = default;

  // `method`: full name of an RPC of TransferService, a literal.
  virtual void AskPartner(RegistryCall call, const char* method, std::string request,
                          PartnerDone done) = 0;
};

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_PARTNER_GATEWAY_H_
