// A model's cell beside a maker's: the maker's is the first line.

#include <algorithm>

#include "adapters/marking/field_agreement.h"
#include "adapters/marking/models.h"
#include "tests/fuzz/property.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  using namespace tracegate;
  const std::string_view text = TextOf(bytes, size);
  const size_t line = std::min(text.find('\n'), text.size());
  const std::string_view cell = text.substr(std::min(line + 1, text.size()));
  const ModelCatalogue& catalogue = ModelCatalogue::Standard();
  const v1::Term term = catalogue.Read(cell, MakerCatalogue::Standard().Read(text.substr(0, line)));
  Require(term.verbatim() == cell, "what was read is kept");
  Require(term.canonical().empty() || term.could_be().empty(), "what is certain is not ambiguous");
  Require(term.canonical().empty() || catalogue.Find(term.canonical()) != nullptr,
          "a canonical word is one of the catalogue");
  for (const std::string& canonical : term.could_be())
    Require(catalogue.Find(canonical) != nullptr, "what it could be is of the catalogue");
  Require(CompareModels(term, term).effect() != v1::MATCH_EFFECT_DIFFERS,
          "one text is no two models");
  return 0;
}
