#ifndef TRACEGATE_ADAPTERS_MARKING_STATE_PHRASE_H_
#define TRACEGATE_ADAPTERS_MARKING_STATE_PHRASE_H_

#include <string>
#include <string_view>
#include <vector>

namespace tracegate {

// How the name of a State stands in a mark or in a cell.
//
// Thread safety: pure functions. Each takes any bytes, in linear time.

// The words of FoldPhrase after the last "made in", "indústria", "origem" or their like in other
// languages, at most kStateWordsMax; none where no such words are there.
std::vector<std::string> WordsAfterMadeIn(std::string_view text);

// The text as FoldWord has it without the article it begins with ("la República Argentina"); empty
// where it begins with none.
std::string WithoutArticle(std::string_view text);

// The parts of a cell between brackets, slashes, commas, semicolons and spaced dashes, each as
// FoldWord has it; none where there is but one.
std::vector<std::string> PartsOfCell(std::string_view text);

// The words from `first` up to `last`, run together.
std::string JoinedWords(const std::vector<std::string>& words, size_t first, size_t last);

constexpr size_t kStateWordsMax = 8;

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_MARKING_STATE_PHRASE_H_
