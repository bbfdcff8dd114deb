#ifndef TRACEGATE_ADAPTERS_XML_XML_DOCUMENT_H_
#define TRACEGATE_ADAPTERS_XML_XML_DOCUMENT_H_

#include <libxml/tree.h>

#include <memory>
#include <string_view>

#include "absl/status/statusor.h"

namespace tracegate {

struct FreeXml {
  void operator()(xmlDoc* document) const { xmlFreeDoc(document); }
};
using XmlDocument = std::unique_ptr<xmlDoc, FreeXml>;

// A document from outside: well-formed, in the encoding that its declaration says, at most 256 elements deep, and without
// a document type, so that it can name no file, no address and no entity of its own. Nothing is fetched. Errors:
// INVALID_ARGUMENT saying what is wrong, with nothing of the text.
absl::StatusOr<XmlDocument> ParseXml(std::string_view text);

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_XML_XML_DOCUMENT_H_
