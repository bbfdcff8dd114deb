// A registry's answer in XML, as a mapping of its own reads it.

#include "adapters/xml/xml_records.h"

#include "adapters/xml/soap_fault.h"
#include "adapters/xml/xml_document.h"
#include "protos/tracegate/failure.h"
#include "tests/fuzz/nested_record_property.h"
#include "tests/fuzz/property.h"

namespace tracegate {
namespace {

constexpr char kMapping[] = R"yaml(
source: h:hit
record_number: "@id"
serial_search: {column: serial}
fields:
  - {column: maker/name, to: firearm.manufacturer}
  - {column: "string(year)", to: firearm.year_of_manufacture}
events:
  - source: move
    kind: EXPORT
    order_by: "@n"
    fields:
      - {column: day, to: date, date_format: "%Y-%m-%d"}
      - {column: to/text(), to: to_state}
)yaml";

const Mapping& TheMapping() {
  static const Mapping& mapping = FuzzedMapping(kMapping);
  return mapping;
}

}  // namespace
}  // namespace tracegate

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  using namespace tracegate;
  static const auto* records =
      new XmlRecords(*XmlRecords::Create("registry 'fuzzed'", TheMapping(), {{"h", "urn:h"}}));
  const auto document = ParseXml(TextOf(bytes, size));
  if (!document.ok()) return 0;
  Require((*document)->intSubset == nullptr, "a document has no type");
  if (absl::Status fault = CheckSoapFault("registry 'fuzzed'", **document); !fault.ok()) {
    RequireRefusal(fault, DetailOf(fault).reason());
  }
  auto list = records->In(xmlDocGetRootElement(document->get()), 51);
  if (!list.ok()) RequireRefusal(list.status(), v1::REASON_REGISTRY_MISMATCH);
  if (!list.ok()) return 0;
  for (NestedRecord& record : *list) RequireSound(TheMapping(), std::move(record));
  return 0;
}
