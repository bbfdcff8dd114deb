#ifndef TRACEGATE_ADAPTERS_PEER_PEER_ADAPTER_H_
#define TRACEGATE_ADAPTERS_PEER_PEER_ADAPTER_H_

#include <atomic>
#include <memory>
#include <string>

#include "adapters/registry_adapter.h"

namespace tracegate {

// Another State's gateway, asked over mutual TLS by CreateTrace. Its answer is taken as it is: it compared for itself
// and told what its agreement allows. Only that State's own roots are trusted for the connection, so no other State's
// CA can stand in for it.
//
// Thread safety, lifetime, errors: as RegistryAdapter. PEER_UNAVAILABLE where it is not reached; PEER_REFUSED where it
// answered with an error of its own; its PERMISSION_DENIED keeps its reason.
class PeerAdapter : public RegistryAdapter {
 public:
  struct Options {
    std::string name;
    std::string state;
    std::string address;                // host:port
    std::string tls_name;               // name in its certificate; empty: the host
    std::string roots_pem;              // that State's bundle alone
    std::string certificate_chain_pem;  // this gateway's own
    std::string private_key_pem;
    int calls_max = 64;  // in flight at once
  };

  explicit PeerAdapter(Options options);
  ~PeerAdapter() override;

  adapter::v1::DescribeResponse Describe() const override;
  void Find(RegistryCall call, adapter::v1::FindRequest request, FindDone done) override;
  // A peer shows no records by number: UNIMPLEMENTED.
  void GetRecord(RegistryCall call, adapter::v1::GetRecordRequest request,
                 RecordDone done) override;
  void Health(RegistryCall call, HealthDone done) override;

 private:
  class Channel;

  const Options options_;
  std::unique_ptr<Channel> channel_;
};

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_PEER_PEER_ADAPTER_H_
