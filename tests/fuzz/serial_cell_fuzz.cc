// The cell in which a serial number stands, with whatever a clerk wrote around it.

#include "adapters/marking/serial_cell.h"

#include <set>

#include "adapters/marking/text.h"
#include "tests/fuzz/property.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  using namespace tracegate;
  const std::string nfc = Nfc(TextOf(bytes, size));
  const SerialCell cell = ReadSerialCell(nfc);
  std::set<std::string> seen;
  for (const SerialNumber& number : cell.numbers) {
    Require(nfc.find(number.text) != std::string::npos, "a number is written in the cell");
    Require(!number.marks.empty(), "a number has characters");
    Require(seen.insert(number.marks).second, "a number stands once");
    RequireText(number.marks, "a number's characters");
  }
  return 0;
}
