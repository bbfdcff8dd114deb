#include "adapters/marking/packed_form.h"

#include <gtest/gtest.h>

#include <string>

namespace tracegate {
namespace {

TEST(PackedForm, IsUnpackedAsItWas) {
  for (const char* form : {"0", "A", "Z9", "TJX12345", "0012345", "TJX1??45", "*1234*",
                           "9999999999", "ZZZZZZZZZZ", "__________"}) {
    ASSERT_NE(PackForm(form), 0u) << form;
    EXPECT_EQ(UnpackedForm(PackForm(form)).Text(), form);
  }
}

TEST(PackedForm, OfEachFormIsAnother) {
  EXPECT_NE(PackForm("AB"), PackForm("BA"));
  EXPECT_NE(PackForm("AB"), PackForm("ABB"));
  EXPECT_NE(PackForm("0"), PackForm("00"));
}

TEST(PackedForm, IsNoneOfWhatDoesNotFit) {
  for (const std::string form : {"", "12345678901", "a", "12 34", "12\n34",
                                 "\u0416"
                                 "123",
                                 "12`"})
    EXPECT_EQ(PackForm(form), 0u) << form;
}

}  // namespace
}  // namespace tracegate
