#ifndef TRACEGATE_PROTOS_TRACEGATE_CONFIG_NEAREST_WORD_H_
#define TRACEGATE_PROTOS_TRACEGATE_CONFIG_NEAREST_WORD_H_

#include <string>
#include <string_view>
#include <vector>

namespace tracegate {

// The known word that somebody who wrote `word` most likely meant; empty where none is near: more
// than a third of its letters would have to change.
std::string NearestWord(std::string_view word, const std::vector<std::string>& known);

// The end of an error message: `; did you mean 'calibre'?`, or `; expected one of a, b, c` with
// at most a dozen words where none is near.
std::string InsteadOf(std::string_view word, const std::vector<std::string>& known);

}  // namespace tracegate

#endif  // TRACEGATE_PROTOS_TRACEGATE_CONFIG_NEAREST_WORD_H_
