// Letters beside a selector lever, and a person's table of them.

#include "adapters/marking/selectors.h"
#include "adapters/marking/states.h"
#include "tests/fuzz/property.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  using namespace tracegate;
  const std::string_view text = TextOf(bytes, size);
  const Selector* selector = SelectorList::Standard().Find(text);
  if (selector != nullptr) {
    Require(StateCatalogue::Standard().Find(selector->state) != nullptr,
            "a selector's State is one of the catalogue");
    const std::string apart = " / " + std::string(text) + " - ";
    Require(apart.size() > 64 || SelectorList::Standard().Find(apart) == selector,
            "what stands between the letters says nothing");
  }
  (void)SelectorList::Parse(text).ok();
  return 0;
}
