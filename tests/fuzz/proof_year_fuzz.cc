// The year's code of a proof mark, and a person's table of them.

#include "adapters/marking/proof_years.h"
#include "tests/fuzz/property.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  using namespace tracegate;
  const std::string_view text = TextOf(bytes, size);
  for (const std::string_view state : {"DE", "ES", "IT"}) {
    const int year = ProofYears::Standard().YearOf(state, text);
    Require(year == 0 || (year >= 1927 && year <= 2099), "a year is one of the table");
    Require(year == 0 || text.size() <= 64, "a long text tells no year");
  }
  Require(ProofYears::Standard().YearOf("FR", text) == 0, "a State without codes tells no year");
  (void)ProofYears::Parse(text).ok();
  return 0;
}
