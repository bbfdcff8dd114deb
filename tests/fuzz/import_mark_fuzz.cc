// An import mark as it stands on a weapon.

#include "adapters/marking/import_mark.h"

#include "adapters/marking/states.h"
#include "tests/fuzz/property.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  using namespace tracegate;
  const ImportMark mark = ReadImportMark(TextOf(bytes, size));
  Require(mark.year == 0 || (mark.year >= 1900 && mark.year <= 2099), "a year has four digits");
  Require(mark.state.empty() || StateCatalogue::Standard().Find(mark.state) != nullptr,
          "a State is one of the catalogue");
  Require(!mark.state.empty() || (mark.year == 0 && mark.importer.empty() && mark.place.empty()),
          "a mark that names no State tells nothing");
  RequireText(mark.importer, "an importer");
  RequireText(mark.place, "a place");
  return 0;
}
