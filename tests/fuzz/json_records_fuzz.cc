// A registry's answer in JSON, as a mapping of its own reads it; then the same bytes as one record.

#include "adapters/rest/json_records.h"

#include <algorithm>

#include "protos/tracegate/bounds_check.h"
#include "protos/tracegate/config/yaml_message.h"
#include "tests/fuzz/property.h"

namespace tracegate {
namespace {

constexpr char kMapping[] = R"yaml(
source: /hits
record_number: id
serial_search: {column: serial}
fields:
  - {column: /maker/name, to: firearm.manufacturer}
  - {column: year, to: firearm.year_of_manufacture}
events:
  - source: /moves
    kind: EXPORT
    order_by: n
    fields:
      - {column: day, to: date, date_format: "%Y-%m-%d"}
      - {column: to, to: to_state}
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
      new JsonRecords(*JsonRecords::Create("registry 'fuzzed'", TheMapping()));
  const auto json = ParseJson(TextOf(bytes, size));
  if (!json.ok()) return 0;
  auto list = records->InList(*json);
  if (!list.ok()) RequireRefusal(list.status(), v1::REASON_REGISTRY_MISMATCH);
  if (list.ok()) {
    for (NestedRecord& record : *list) CheckRecord(std::move(record));
  }
  auto one = records->One(*json);
  if (!one.ok()) RequireRefusal(one.status(), v1::REASON_REGISTRY_MISMATCH);
  if (one.ok()) CheckRecord(*std::move(one));
  return 0;
}
