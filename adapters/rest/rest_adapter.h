#ifndef TRACEGATE_ADAPTERS_REST_REST_ADAPTER_H_
#define TRACEGATE_ADAPTERS_REST_REST_ADAPTER_H_

#include <memory>

#include "absl/status/statusor.h"
#include "adapters/http/document_adapter.h"
#include "adapters/mapping/mapping.h"
#include "adapters/registry_adapter.h"
#include "tracegate/config/v1/https_registry.pb.h"

namespace tracegate {

// The adapter of a registry with an API that speaks JSON over HTTPS: a DocumentAdapter of so many RestReaders. Asks
// nothing. Errors: CONFIG_INVALID naming the field.
absl::StatusOr<std::unique_ptr<RegistryAdapter>> OpenRestAdapter(
    const config::v1::RestRegistry& config, Mapping mapping, int concurrency,
    DocumentAdapter::Options options);

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_REST_REST_ADAPTER_H_
