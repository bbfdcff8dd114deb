#ifndef TRACEGATE_ADAPTERS_MARKING_ISO_ISO_STATES_H_
#define TRACEGATE_ADAPTERS_MARKING_ISO_ISO_STATES_H_

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace tracegate {

// One language's names, as gettext keeps them: the English text to its translation.
using Translations = std::unordered_map<std::string, std::string>;

// Reads a compiled catalogue of gettext (.mo, in the byte order of this machine). Throws
// std::runtime_error where the bytes are none.
Translations ReadTranslations(std::string_view mo);

// The table of the States of ISO 3166-1 and 3166-3, made at build time out of Debian's iso-codes
// (`present` and `former` are its iso_3166-1.json and iso_3166-3.json), with the header
// code,alpha_2,alpha_3,numeric,until,name,names: `code` is alpha-2 of a present State and alpha-4 of
// a former one, `until` the year in which a former State's codes were withdrawn, `names` those in
// English and in every language of `present_words` and `former_words`, each in full and up to its
// comma or bracket. Throws an exception of nlohmann::json where a file is not as it should be.
std::string IsoStates(std::string_view present, const std::vector<Translations>& present_words,
                      std::string_view former, const std::vector<Translations>& former_words);

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_MARKING_ISO_ISO_STATES_H_
