// A calibre as people write it.

#include "adapters/marking/calibres.h"
#include "adapters/marking/text.h"
#include "tests/fuzz/property.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  using namespace tracegate;
  const std::string_view text = TextOf(bytes, size);
  const std::string folded = FoldCalibre(text);
  RequireText(folded, "a folded calibre");
  Require(folded.find(' ') == std::string::npos, "a folded calibre has no spaces");
  Require(FoldCalibre(UpperCase(text)) == folded, "letter case does not count");

  const CalibreCatalogue& catalogue = CalibreCatalogue::Standard();
  const v1::Term term = catalogue.Read(text);
  Require(term.verbatim() == text, "what was read is kept");
  Require(term.canonical().empty() || term.could_be().empty(), "what is certain is not ambiguous");
  if (!term.canonical().empty()) {
    Require(catalogue.Read(term.canonical()).canonical() == term.canonical(),
            "a canonical word is read as itself");
  }
  return 0;
}
