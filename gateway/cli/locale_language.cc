#include "gateway/cli/locale_language.h"

#include <algorithm>
#include <cstdlib>

namespace tracegate {

std::string LanguageOfLocale(std::string_view locale) {
  constexpr size_t kTagBytesMax = 35;
  std::string tag(locale.substr(0, locale.find_first_of(".@")));
  std::replace(tag.begin(), tag.end(), '_', '-');
  const bool plain =
      tag.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") ==
      std::string::npos;
  if (tag.size() < 2 || tag.size() > kTagBytesMax || tag == "POSIX" || !plain) return "";
  return tag;
}

std::string EnvironmentLanguage() {
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const char* const locale = std::getenv(name);
    if (locale != nullptr && *locale != '\0') return LanguageOfLocale(locale);
  }
  return "";
}

}  // namespace tracegate
