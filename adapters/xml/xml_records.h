#ifndef TRACEGATE_ADAPTERS_XML_XML_RECORDS_H_
#define TRACEGATE_ADAPTERS_XML_XML_RECORDS_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "adapters/mapping/mapping.h"
#include "adapters/mapping/nested_record.h"
#include "adapters/mapping/nested_table.h"
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
  using Table = NestedTable<XmlPath>;

  XmlRecords(std::string asked, NestedTables<XmlPath> tables)
      : asked_(std::move(asked)), tables_(std::move(tables)) {}

  static SourceRow RowOf(const Table& table, xmlNode* element, const std::string& row_name,
                         std::vector<std::string>* unread);
  NestedRecord RecordOf(xmlNode* element) const;
  absl::Status CheckKeys(const std::vector<NestedRecord>& records) const;

  std::string asked_;
  NestedTables<XmlPath> tables_;
};

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_XML_XML_RECORDS_H_
