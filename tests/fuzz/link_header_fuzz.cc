// The value of a Link header of a registry's answer.

#include "adapters/http/link_header.h"

#include "tests/fuzz/property.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  using namespace tracegate;
  const std::string_view header = TextOf(bytes, size);
  const auto link = NextLink(header);
  if (!link) return 0;
  Require(header.find("<" + *link + ">") != std::string_view::npos, "a link stands in the header");
  Require(NextLink("<" + *link + ">;rel=next") == link, "a link that was read is read again");
  return 0;
}
