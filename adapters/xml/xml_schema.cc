#include "adapters/xml/xml_schema.h"

#include <fstream>

#include "adapters/xml/xml_document.h"

namespace tracegate {
namespace {

struct FreeParser {
  void operator()(xmlSchemaParserCtxt* parser) const { xmlSchemaFreeParserCtxt(parser); }
};
struct FreeValidation {
  void operator()(xmlSchemaValidCtxt* validation) const { xmlSchemaFreeValidCtxt(validation); }
};

// The library would print to standard error, and what it prints has the answer's values.
void SayNothing(void* /*data*/, xmlErrorPtr /*error*/) {}

}  // namespace

absl::StatusOr<XmlSchema> XmlSchema::Load(const std::string& path) {
  if (const auto started = ParseXml("<none/>"); !started.ok()) return started.status();
  // The library would print that it is not there.
  if (!std::ifstream(path).is_open()) return absl::InvalidArgumentError("cannot be read");
  const std::unique_ptr<xmlSchemaParserCtxt, FreeParser> parser(
      xmlSchemaNewParserCtxt(path.c_str()));
  if (parser == nullptr) return absl::InvalidArgumentError("cannot be read");
  xmlSchemaSetParserStructuredErrors(parser.get(), SayNothing, nullptr);
  XmlSchema schema(xmlSchemaParse(parser.get()));
  if (schema.schema_ == nullptr)
    return absl::InvalidArgumentError("is no sound XSD file, or lacks one that it imports");
  return schema;
}

bool XmlSchema::Fits(xmlNode* element) const {
  const std::unique_ptr<xmlSchemaValidCtxt, FreeValidation> validation(
      xmlSchemaNewValidCtxt(schema_.get()));
  if (validation == nullptr) return false;
  xmlSchemaSetValidStructuredErrors(validation.get(), SayNothing, nullptr);
  return xmlSchemaValidateOneElement(validation.get(), element) == 0;
}

}  // namespace tracegate
