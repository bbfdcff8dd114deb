#ifndef TRACEGATE_ADAPTERS_MARKING_SPELLINGS_H_
#define TRACEGATE_ADAPTERS_MARKING_SPELLINGS_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace tracegate {

// How registries that search by equality may have written a number: as given, in capitals, without
// separators, with the letters of another script as Latin by look and by sound, with the letter O
// as zero (an NCIC rule). Likeliest first, each once, at most `spellings_max`. `text` is NFC,
// `marks` its MarkCharacters with nothing unread.
std::vector<std::string> SpellingsOf(std::string_view text, std::string_view marks,
                                     size_t spellings_max);

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_MARKING_SPELLINGS_H_
