#ifndef TRACEGATE_ADAPTERS_SQL_REGISTRY_READER_H_
#define TRACEGATE_ADAPTERS_SQL_REGISTRY_READER_H_

#include <cstddef>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "adapters/call_watch.h"
#include "adapters/mapping/mapping.h"
#include "adapters/sql/registry_connection.h"
#include "tracegate/adapter/v1/registry_adapter.pb.h"

namespace tracegate {

// What the adapter does, on one connection and without a thread of its own: asks, and translates.
//
// Thread safety: none: one thread at a time. Errors: as RegistryConnection, and INVALID_ARGUMENT for a request
// that is out of its bounds or looks for nothing.
class RegistryReader {
 public:
  // `mapping` outlives this.
  RegistryReader(std::unique_ptr<RegistryConnection> connection, const Mapping* mapping)
      : mapping_(mapping), connection_(std::move(connection)) {}

  absl::StatusOr<adapter::v1::FindResponse> Find(const adapter::v1::FindRequest& request,
                                                 const CallWatch& watch);
  absl::StatusOr<adapter::v1::GetRecordResponse> GetRecord(
      const adapter::v1::GetRecordRequest& request, const CallWatch& watch);
  absl::Status Health(const CallWatch& watch);

 private:
  using Call = RegistryConnection::Call;

  // One statement alone sees one moment anyway; several, those for related rows among them, do not.
  bool NeedsSnapshot(size_t questions) const;
  // Asks and adds the rows that are not there yet, until there are `rows_max`.
  absl::Status Collect(Call& call, const QueryKey& key, const std::vector<QueryValue>& values,
                       size_t rows_max, std::vector<SourceRow>* rows);
  absl::StatusOr<v1::RegistryRecord> Translate(Call& call, const SourceRow& row);

  const Mapping* const mapping_;
  const std::unique_ptr<RegistryConnection> connection_;
};

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_SQL_REGISTRY_READER_H_
