#ifndef TRACEGATE_GATEWAY_CLI_MARKS_KINDS_H_
#define TRACEGATE_GATEWAY_CLI_MARKS_KINDS_H_

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tracegate {

// A few words of a text that stand for one thing.
struct MarksWord {
  std::string text;     // as written
  std::string kind;     // "make", "model", "calibre", "type", "country", "import mark", "serial"
  std::string meaning;  // what it was read as, for people
};

// What the words from the first to the last mean together, as that kind or as the likeliest one, all but
// a serial; none where fewer of them mean as much. Where no label says what they are, short words are
// neither makers nor States, and a bare number is neither a calibre nor a model. The words are views
// into one text.
std::optional<MarksWord> RecogniseAs(std::string_view kind,
                                     const std::vector<std::string_view>& words, size_t first,
                                     size_t last, bool labelled);
std::optional<MarksWord> Recognise(const std::vector<std::string_view>& words, size_t first,
                                   size_t last);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_CLI_MARKS_KINDS_H_
