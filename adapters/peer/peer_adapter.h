#ifndef TRACEGATE_ADAPTERS_PEER_PEER_ADAPTER_H_
#define TRACEGATE_ADAPTERS_PEER_PEER_ADAPTER_H_

#include <memory>
#include <string>

#include "adapters/cross_checker.h"
#include "adapters/partner_gateway.h"
#include "adapters/peer/peer_address.h"
#include "adapters/peer/peer_caller.h"
#include "adapters/peer/peer_exchange.h"
#include "adapters/peer/peer_trust.h"
#include "adapters/registry_adapter.h"

namespace tracegate {

// Another State's gateway, asked over mutual TLS by CreateTrace, told what the asking State added since; asked by
// CrossCheck, and about transfers. Its answer is taken as it is: it compared for itself and told what its agreement allows.
//
// Thread safety, lifetime, errors: as RegistryAdapter and CrossChecker. PEER_UNAVAILABLE where it is not reached; PEER_REFUSED where it
// answered with an error of its own; its PERMISSION_DENIED keeps its reason.
class PeerAdapter : public RegistryAdapter, public CrossChecker, public PartnerGateway {
 public:
  struct Options {
    std::string name;
    PeerAddress peer;
    std::shared_ptr<const PeerTrust> trust;
    int calls_max = 64;  // in flight at once
  };

  explicit PeerAdapter(Options options);

  adapter::v1::DescribeResponse Describe() const override;
  void Find(RegistryCall call, adapter::v1::FindRequest request, FindDone done) override;
  // A peer shows no records by number: UNIMPLEMENTED.
  void GetRecord(RegistryCall call, adapter::v1::GetRecordRequest request,
                 RecordDone done) override;
  void Health(RegistryCall call, HealthDone done) override;
  void CrossCheck(RegistryCall call, v1::CrossCheckRequest request, CrossCheckDone done) override;
  void AskPartner(RegistryCall call, const char* method, std::string request,
                  PartnerDone done) override;

 private:
  // One question, over several calls.
  struct Asking;

  void Say(const std::shared_ptr<Asking>& asking, const PeerCall& call);

  const Options options_;
  PeerCaller caller_;
};

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_PEER_PEER_ADAPTER_H_
