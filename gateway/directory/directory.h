#ifndef TRACEGATE_GATEWAY_DIRECTORY_DIRECTORY_H_
#define TRACEGATE_GATEWAY_DIRECTORY_DIRECTORY_H_

#include <functional>
#include <set>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "gateway/directory/directory_book.h"
#include "gateway/identity/caller.h"
#include "gateway/identity/current.h"
#include "gateway/policy/agreement_book.h"
#include "gateway/tracing/registry_table.h"
#include "tracegate/v1/directory.pb.h"

namespace tracegate {

// Whom one can ask here, how to reach them, how they mark, and whether they answer just now. It asks nobody: it tells what
// was configured and what the gateway found out while it worked.
//
// Thread safety: all methods from any thread. Lifetime: everything pointed to outlives it.
class Directory {
 public:
  struct Parts {
    const RegistryTable* registries = nullptr;
    const Current<AgreementBook>* agreements = nullptr;
    const Current<DirectoryBook>* book = nullptr;
    std::function<absl::Time()> clock;
  };

  explicit Directory(Parts parts) : parts_(std::move(parts)) {}

  // One State, or for a former one the first of its successors that is known here. FIELD_REQUIRED, FIELD_INVALID (no
  // such State), STATE_NOT_SERVED (nothing is known of it).
  absl::StatusOr<v1::State> GetState(const Caller& caller,
                                     const v1::GetStateRequest& request) const;

  // Those known here, by code. FIELD_INVALID (page_size), PAGE_TOKEN_INVALID.
  absl::StatusOr<v1::ListStatesResponse> ListStates(const Caller& caller,
                                                    const v1::ListStatesRequest& request) const;

 private:
  std::set<std::string> Known(const DirectoryBook& book) const;
  v1::State Describe(const Caller& caller, const DirectoryBook& book,
                     const std::string& code) const;

  const Parts parts_;
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_DIRECTORY_DIRECTORY_H_
