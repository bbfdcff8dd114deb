#include "gateway/cli/locale_language.h"

#include <gtest/gtest.h>

#include <cstdlib>

namespace tracegate {
namespace {

TEST(LanguageOfLocale, IsItsTag) {
  EXPECT_EQ(LanguageOfLocale("pt_BR.UTF-8"), "pt-BR");
  EXPECT_EQ(LanguageOfLocale("fr@euro"), "fr");
  EXPECT_EQ(LanguageOfLocale("es"), "es");
  for (const char* none : {"C", "C.UTF-8", "POSIX", "", "f r"}) {
    EXPECT_EQ(LanguageOfLocale(none), "") << none;
  }
}

TEST(EnvironmentLanguage, IsOfTheFirstVariableThatIsSet) {
  setenv("LC_ALL", "", 1);
  unsetenv("LC_MESSAGES");
  setenv("LANG", "pt_BR.UTF-8", 1);
  EXPECT_EQ(EnvironmentLanguage(), "pt-BR");
  setenv("LC_ALL", "C", 1);
  EXPECT_EQ(EnvironmentLanguage(), "");
}

}  // namespace
}  // namespace tracegate
