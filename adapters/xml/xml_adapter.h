#ifndef TRACEGATE_ADAPTERS_XML_XML_ADAPTER_H_
#define TRACEGATE_ADAPTERS_XML_XML_ADAPTER_H_

#include <memory>

#include "absl/status/statusor.h"
#include "adapters/http/document_adapter.h"
#include "adapters/mapping/mapping.h"
#include "adapters/registry_adapter.h"
#include "tracegate/config/v1/xml_registry.pb.h"

namespace tracegate {

// The adapter of a registry that takes and gives XML documents over HTTPS: a DocumentAdapter of so many XmlReaders. Asks
// nothing. Errors: CONFIG_INVALID naming the field.
absl::StatusOr<std::unique_ptr<RegistryAdapter>> OpenXmlAdapter(
    const config::v1::XmlRegistry& config, Mapping mapping, int concurrency,
    DocumentAdapter::Options options);

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_XML_XML_ADAPTER_H_
