#ifndef TRACEGATE_ADAPTERS_CROSS_CHECKER_H_
#define TRACEGATE_ADAPTERS_CROSS_CHECKER_H_

#include <functional>
#include <string>

#include "absl/status/statusor.h"
#include "adapters/registry_adapter.h"
#include "tracegate/v1/liaison.pb.h"

namespace tracegate {

// What an authority says to a cross-check.
struct CrossCheckWord {
  v1::CrossCheckResponse response;
  std::string verbatim;  // the reply exactly as received, for the evidence log
};

// An authority that says for itself whether it knows an item: another State's gateway. A registry whose records are
// compared here is asked by RegistryAdapter::Find instead.
//
// Thread safety, lifetime: as RegistryAdapter.
//
// Errors: a callback runs exactly once. As RegistryAdapter; nothing is retried. A word that is none, or that speaks of
// another State, is PEER_REFUSED: it is never taken for "no hit".
class CrossChecker {
 public:
  using CrossCheckDone = std::function<void(absl::StatusOr<CrossCheckWord>)>;

  virtual ~CrossChecker() = default;

  // Asks about `request.item` in the name of its requesting agency.
  virtual void CrossCheck(RegistryCall call, v1::CrossCheckRequest request,
                          CrossCheckDone done) = 0;
};

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_CROSS_CHECKER_H_
