// A registry as CSV, and what is asked of it: the file's own weapons.

#include "gateway/cli/marks_registry.h"

#include <sstream>

#include "adapters/marking/weapon_index.h"
#include "protos/tracegate/failure.h"
#include "tests/fuzz/property.h"

namespace tracegate {
namespace {

void AskEach(const WeaponIndex& index) {
  for (uint32_t row = 0; row < index.Rows().Count() && row < 8; ++row) {
    const std::string serial(index.Rows().Serial(row));
    const auto answer = index.Find(ItemReading(ItemOf({.serial = serial})), 3);
    Require(answer.candidates.size() <= 3, "no more than asked for");
    for (const auto& candidate : answer.candidates) {
      Require(!candidate.identity, "no weapon is identified without a maker");
      Require(candidate.match->score() > 0 && candidate.match->score() <= 1, "a score is 0 to 1");
    }
  }
}

void CheckRegistry(std::string_view text) {
  std::istringstream in{std::string(text)};
  auto rows =
      ReadRegistry("r.csv", in, [](const std::string& fault) { RequireText(fault, "a fault"); });
  if (!rows.ok()) return RequireRefusal(rows.status(), v1::REASON_CONFIG_INVALID);
  const auto index = WeaponIndex::Build(*std::move(rows));
  Require(index.ok(), "what was read is indexed");
  AskEach(**index);
}

}  // namespace
}  // namespace tracegate

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  using namespace tracegate;
  // With a right header too, so that the rows are reached.
  const std::string text(TextOf(bytes, size));
  CheckRegistry(text);
  CheckRegistry("id,make,model,calibre,serial,year\n" + text);
  return 0;
}
