// A State as a cell or a mark names it.

#include "adapters/marking/states.h"
#include "adapters/marking/text.h"
#include "adapters/marking/words.h"
#include "tests/fuzz/property.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  using namespace tracegate;
  const std::string_view text = TextOf(bytes, size);
  const StateCatalogue& states = StateCatalogue::Standard();
  v1::Country country;
  country.set_verbatim(text.data(), text.size());
  const v1::Country read = states.Read(country);
  Require(read.verbatim() == text, "what was read is kept");
  Require(read.iso_code().empty() || states.Find(read.iso_code()) != nullptr,
          "a State is one of the catalogue");
  const State* named = states.Named(text);
  const bool nothing = TellsNothing(text);
  Require(!nothing || read.iso_code().empty(), "what tells nothing names no State");
  Require(named == nullptr || nothing || read.iso_code() == named->code,
          "an exact name is read as itself");
  Require(states.Named(UpperCase(text)) == named, "letter case does not count");
  return 0;
}
