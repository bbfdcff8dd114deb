#ifndef TRACEGATE_GATEWAY_LIAISON_LINK_FINDER_H_
#define TRACEGATE_GATEWAY_LIAISON_LINK_FINDER_H_

#include <vector>

#include "absl/status/statusor.h"
#include "gateway/identity/caller.h"
#include "gateway/liaison/links.h"
#include "gateway/liaison/transfer_links.h"
#include "gateway/storage/record_store.h"
#include "gateway/tracing/registry_table.h"
#include "gateway/tracing/stored_traces.h"
#include "tracegate/v1/liaison.pb.h"

namespace tracegate {

// What hangs together among the traces that a State asked or was asked, and its transfers: pointers for a person to judge.
// It looks at the newest kTracesMax traces, each time anew.
//
// Thread safety: all methods from any thread; they read the store. Lifetime: everything pointed to outlives it.
class LinkFinder {
 public:
  static constexpr int kTracesMax = 5000;

  LinkFinder(RecordStore* store, const RegistryTable* registries)
      : store_(store), stored_(store), transfers_(store), registries_(registries) {}

  // Links of those kinds from the start to traces and transfers, strongest first. FIELD_REQUIRED, FIELD_INVALID,
  // STATE_MISMATCH, TRACE_NOT_FOUND and DOCUMENT_NOT_FOUND (also where the caller may not see it), TRACE_ERASED,
  // PAGE_TOKEN_INVALID; or the store's.
  absl::StatusOr<v1::FindLinksResponse> Find(const Caller& caller,
                                             const v1::FindLinksRequest& request) const;

 private:
  absl::StatusOr<std::vector<v1::Link>> AllFrom(const Caller& caller,
                                                const v1::FindLinksRequest& request) const;
  absl::StatusOr<LinkedThing> StartOf(const Caller& caller,
                                      const v1::FindLinksRequest& request) const;
  absl::StatusOr<std::vector<v1::Link>> LinksFrom(const LinkedThing& start, const Caller& caller,
                                                  const v1::FindLinksRequest& request) const;

  RecordStore* const store_;
  const StoredTraces stored_;
  const TransferLinks transfers_;
  const RegistryTable* const registries_;
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_LIAISON_LINK_FINDER_H_
