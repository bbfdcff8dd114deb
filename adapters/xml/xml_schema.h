#ifndef TRACEGATE_ADAPTERS_XML_XML_SCHEMA_H_
#define TRACEGATE_ADAPTERS_XML_XML_SCHEMA_H_

#include <libxml/xmlschemas.h>

#include <memory>
#include <string>

#include "absl/status/statusor.h"

namespace tracegate {

// An XSD file that elements are held against.
//
// Thread safety: none: one thread at a time.
class XmlSchema {
 public:
  // Fetches nothing that the file includes from elsewhere than this machine. Errors: INVALID_ARGUMENT.
  static absl::StatusOr<XmlSchema> Load(const std::string& path);

  bool Fits(xmlNode* element) const;

 private:
  struct FreeSchema {
    void operator()(xmlSchema* schema) const { xmlSchemaFree(schema); }
  };
  explicit XmlSchema(xmlSchema* schema) : schema_(schema) {}

  std::unique_ptr<xmlSchema, FreeSchema> schema_;
};

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_XML_XML_SCHEMA_H_
