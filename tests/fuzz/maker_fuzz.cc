// A maker's cell as people write it.

#include "adapters/marking/makers.h"
#include "adapters/marking/text.h"
#include "tests/fuzz/property.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  using namespace tracegate;
  const std::string_view text = TextOf(bytes, size);
  const MakerCatalogue& catalogue = MakerCatalogue::Standard();
  const MakerReading reading = catalogue.ReadClosely(text);
  const v1::Term& term = reading.term;
  Require(term.verbatim() == text, "what was read is kept");
  Require(term.canonical().empty() || term.could_be().empty(), "what is certain is not ambiguous");
  Require(term.could_be_size() != 1, "one maker alone is certain");
  Require(
      (reading.form == NameForm::kUnknown) == (term.canonical().empty() && term.could_be().empty()),
      "how a maker was read is told where one was");
  Require((reading.form == NameForm::kSeveral) == (term.could_be_size() > 1),
          "several makers are told as several");
  RequireText(reading.rest, "what is left of a cell");
  const size_t named =
      (term.canonical().empty() ? 0 : 1) + static_cast<size_t>(term.could_be_size());
  Require(catalogue.Named(term).size() == named, "every maker named is one of the catalogue");
  if (!term.canonical().empty()) {
    const v1::Term again = catalogue.Read(term.canonical());
    Require(again.canonical() == term.canonical() || again.could_be_size() > 1,
            "a canonical word is read as itself");
  }
  return 0;
}
