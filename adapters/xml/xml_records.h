#ifndef TRACEGATE_ADAPTERS_XML_XML_RECORDS_H_
#define TRACEGATE_ADAPTERS_XML_XML_RECORDS_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "adapters/mapping/mapping.h"
#include "adapters/mapping/nested_record.h"
#include "adapters/xml/xml_path.h"

namespace tracegate {

// Reads the records of a mapping out of the element that answers a question.
//
// Thread safety: none: one thread at a time. Errors: REGISTRY_MISMATCH naming the mapping's key for what the answer does
// not have.
class XmlRecords {
 public:
  // `asked`: who answers, for messages. Errors: INVALID_ARGUMENT with the mapping's key that has no XPath.
  static absl::StatusOr<XmlRecords> Create(std::string asked, const Mapping& mapping,
                                           const XmlNamespaces& namespaces);

  // At most `records_max`. One without a column has nothing there; an answer with records of which none has a serial or a
  // record number is no answer of this registry.
  absl::StatusOr<std::vector<NestedRecord>> In(xmlNode* answer, size_t records_max) const;

 private:
  struct Column {
    std::string name;
    std::string mapping_key;
    XmlPath path;
  };
  struct Table {
    std::string name;
    std::string mapping_key;
    XmlPath path;
    std::vector<Column> columns;
  };

  XmlRecords(std::string asked, Table records)
      : asked_(std::move(asked)), records_(std::move(records)) {}

  static absl::StatusOr<Table> TableOf(const SourceTable& source, const XmlNamespaces& namespaces);
  static SourceRow RowOf(const Table& table, xmlNode* element, const std::string& row_name,
                         std::vector<std::string>* unread);
  NestedRecord RecordOf(xmlNode* element) const;
  absl::Status CheckKeys(const std::vector<NestedRecord>& records) const;

  std::string asked_;
  Table records_;
  std::vector<Table> related_;
  size_t record_number_ = 0;  // positions among the columns of records_
  size_t serial_ = 0;
};

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_XML_XML_RECORDS_H_
