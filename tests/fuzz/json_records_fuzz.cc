// A registry's answer in JSON, as a mapping of its own reads it; then the same bytes as one record.

#include "adapters/rest/json_records.h"

#include "tests/fuzz/nested_record_property.h"
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
  static const Mapping& mapping = FuzzedMapping(kMapping);
  return mapping;
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
    for (NestedRecord& record : *list) RequireSound(TheMapping(), std::move(record));
  }
  auto one = records->One(*json);
  if (!one.ok()) RequireRefusal(one.status(), v1::REASON_REGISTRY_MISMATCH);
  if (one.ok()) RequireSound(TheMapping(), *std::move(one));
  return 0;
}
