#ifndef TRACEGATE_ADAPTERS_XML_SOAP_FAULT_H_
#define TRACEGATE_ADAPTERS_XML_SOAP_FAULT_H_

#include <libxml/tree.h>

#include <string>

#include "absl/status/status.h"

namespace tracegate {

// OK where a document is no fault of SOAP 1.1 or 1.2. Else REGISTRY_MISMATCH where the registry says that the question was
// wrong (Client, Sender), REGISTRY_UNAVAILABLE for every other fault. What it says in words is not told.
absl::Status CheckSoapFault(const std::string& asked, const xmlDoc& document);

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_XML_SOAP_FAULT_H_
