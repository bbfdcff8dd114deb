#ifndef TRACEGATE_ADAPTERS_HTTP_DOCUMENT_READER_H_
#define TRACEGATE_ADAPTERS_HTTP_DOCUMENT_READER_H_

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "adapters/call_watch.h"
#include "tracegate/adapter/v1/registry_adapter.pb.h"

namespace tracegate {

// Asks a registry over HTTPS, on connections of its own and without a thread, and translates what it answers.
//
// Thread safety: none: one thread at a time.
//
// Errors: as HttpsEndpoint; REGISTRY_UNAVAILABLE for an answer in another language, REGISTRY_MISMATCH for one that is not
// as the mapping says; RECORD_NOT_FOUND; INVALID_ARGUMENT for a request that is out of its bounds, or looks for a part of
// a serial where that cannot be asked.
class DocumentReader {
 public:
  virtual ~DocumentReader() = default;

  virtual absl::StatusOr<adapter::v1::FindResponse> Find(const adapter::v1::FindRequest& request,
                                                         const CallWatch& watch) = 0;
  virtual absl::StatusOr<adapter::v1::GetRecordResponse> GetRecord(
      const adapter::v1::GetRecordRequest& request, const CallWatch& watch) = 0;
  virtual absl::Status Health(const CallWatch& watch) = 0;
};

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_HTTP_DOCUMENT_READER_H_
