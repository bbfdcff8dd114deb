// The words for a weapon's type.

#include "adapters/marking/firearm_types.h"
#include "adapters/marking/text.h"
#include "tests/fuzz/property.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  using namespace tracegate;
  const std::string_view text = TextOf(bytes, size);
  const TypeReading reading = ReadFirearmType(text);
  const TypeReading upper = ReadFirearmType(UpperCase(text));
  Require(reading.type == upper.type && reading.production == upper.production &&
              reading.modifications == upper.modifications,
          "letter case does not count");
  constexpr size_t kKinds = 6;
  Require(reading.modifications.size() <= kKinds, "a modification is told once");
  return 0;
}
