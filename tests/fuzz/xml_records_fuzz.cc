// A registry's answer in XML, as a mapping of its own reads it.

#include "adapters/xml/xml_records.h"

#include <algorithm>

#include "adapters/xml/soap_fault.h"
#include "adapters/xml/xml_document.h"
#include "protos/tracegate/bounds_check.h"
#include "protos/tracegate/config/yaml_message.h"
#include "protos/tracegate/failure.h"
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
  static const Mapping* mapping = [] {
    config::v1::Mapping proto;
    Require(ParseYamlMessage(kMapping, "m.yaml", &proto).ok(), "the mapping is YAML");
    auto created = Mapping::Create(proto);
    Require(created.ok(), "the mapping is sound");
    return new Mapping(*std::move(created));
  }();
  return *mapping;
}

void CheckRecord(NestedRecord record) {
  const auto told = static_cast<size_t>(
      std::count_if(record.row.begin(), record.row.end(), [](const auto& v) { return v; }));
  const size_t unread = record.unread.size();
  const v1::RegistryRecord translated = Translate(TheMapping(), std::move(record));
  const absl::Status bounds = CheckBounds(translated);
  Require(bounds.ok(), "a record is within its bounds: " + std::string(bounds.message()));
  v1::RegistryRecord sent;
  Require(sent.ParseFromString(translated.SerializeAsString()), "a record is text");
  Require(static_cast<size_t>(translated.verbatim_size()) >= told || translated.losses_size() > 0,
          "what the registry wrote is kept, or told as lost");
  Require(unread == 0 || translated.losses_size() > 0, "what was not read is told as lost");
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
  for (NestedRecord& record : *list) CheckRecord(std::move(record));
  return 0;
}
