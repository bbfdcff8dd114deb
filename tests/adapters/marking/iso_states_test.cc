#include "adapters/marking/iso/iso_states.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>

namespace tracegate {
namespace {

TEST(IsoStates, HaveEachNameInFullAndUpToItsCommaOrBracket) {
  const Translations portuguese = {{"One, Republic of", "Um, Rep\u00FAblica de"}};
  EXPECT_EQ(IsoStates(R"({"3166-1": [{"alpha_2": "AA", "alpha_3": "AAA", "numeric": "001",
                          "name": "One, Republic of", "official_name": "Republic of One"}]})",
                      {portuguese}, R"({"3166-3": []})", {}),
            "code,alpha_2,alpha_3,numeric,until,name,names\n"
            "AA,AA,AAA,001,,\"One\",\"One, Republic of;One;Um, Rep\u00FAblica de;Um;Republic of "
            "One\"\n");
}

TEST(IsoStates, GiveTheYemenArabRepublicItsOwnNumber) {
  EXPECT_THAT(IsoStates(R"({"3166-1": []})", {},
                        R"({"3166-3": [{"alpha_2": "YE", "alpha_3": "YEM", "alpha_4": "YEYE",
                            "name": "Yemen", "numeric": "891", "withdrawal_date": "1990-08-14"}]})",
                        {}),
              testing::HasSubstr("YEYE,YE,YEM,886,1990,"));
}

TEST(IsoStates, RefuseWhatIsNotTheFile) {
  EXPECT_ANY_THROW(IsoStates("{}", {}, R"({"3166-3": []})", {}));
  EXPECT_ANY_THROW(IsoStates(R"({"3166-1": [{}]})", {}, R"({"3166-3": []})", {}));
}

TEST(IsoStates, RefuseTranslationsThatAreNone) {
  for (const std::string& mo :
       {std::string(), std::string("\x95\x04\x12\xde", 4), std::string("\xde\x12\x04\x95", 4)}) {
    EXPECT_THROW(ReadTranslations(mo), std::runtime_error);
  }
}

}  // namespace
}  // namespace tracegate
