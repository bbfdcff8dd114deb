#include "adapters/xml/xml_document.h"

#include <libxml/parser.h>

#include <limits>
#include <mutex>

namespace tracegate {
namespace {

struct FreeContext {
  void operator()(xmlParserCtxt* context) const { xmlFreeParserCtxt(context); }
};

// Once, before threads use the library. Schemas may not fetch what they include either.
void StartLibrary() {
  static std::once_flag started;
  std::call_once(started, [] {
    xmlInitParser();
    xmlSetExternalEntityLoader(xmlNoNetExternalEntityLoader);
  });
}

// Called at `<!DOCTYPE`, before anything of it is read.
void RefuseDocumentType(void* self, const xmlChar* /*name*/, const xmlChar* /*external*/,
                        const xmlChar* /*system*/) {
  auto* context = static_cast<xmlParserCtxt*>(self);
  *static_cast<bool*>(context->_private) = true;
  xmlStopParser(context);
}

}  // namespace

absl::StatusOr<XmlDocument> ParseXml(std::string_view text) {
  StartLibrary();
  const std::unique_ptr<xmlParserCtxt, FreeContext> context(xmlNewParserCtxt());
  if (context == nullptr || text.size() > std::numeric_limits<int>::max()) {
    return absl::InvalidArgumentError("is too long");
  }
  bool has_type = false;
  context->_private = &has_type;
  context->sax->internalSubset = RefuseDocumentType;
  XmlDocument document(xmlCtxtReadMemory(
      context.get(), text.data(), static_cast<int>(text.size()), nullptr, nullptr,
      XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_NOCDATA));
  if (has_type) return absl::InvalidArgumentError("has a document type");
  if (document == nullptr) return absl::InvalidArgumentError("is no well-formed XML");
  return document;
}

}  // namespace tracegate
