#ifndef TRACEGATE_GATEWAY_CLI_LOCALE_LANGUAGE_H_
#define TRACEGATE_GATEWAY_CLI_LOCALE_LANGUAGE_H_

#include <string>
#include <string_view>

namespace tracegate {

// The BCP 47 tag of a POSIX locale: "pt-BR" of "pt_BR.UTF-8", "fr" of "fr@euro". Empty for "C",
// "POSIX" and what is none.
std::string LanguageOfLocale(std::string_view locale);

// The language of the environment: of the first of LC_ALL, LC_MESSAGES and LANG that is set.
std::string EnvironmentLanguage();

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_CLI_LOCALE_LANGUAGE_H_
