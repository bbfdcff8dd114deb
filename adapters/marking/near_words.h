#ifndef TRACEGATE_ADAPTERS_MARKING_NEAR_WORDS_H_
#define TRACEGATE_ADAPTERS_MARKING_NEAR_WORDS_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"

namespace tracegate {

// True where one letter more, less, changed, or two neighbours swapped make the one the other.
// Counted in bytes: letters of other scripts have several.
bool WithinOneSlip(std::string_view one, std::string_view other);

// Words in the form FoldWord gives them, each with what it stands for, found again where one slip of
// the pen is in them. Never a word with a digit, and never a short one: a slip there is another word.
//
// Thread safety: once filled, any thread may look up.
class NearWords {
 public:
  static constexpr size_t kLettersMin = 6;

  void Add(const std::string& word, size_t meaning);

  // What the only words within one slip of `word` stand for: words that differ in their first byte
  // are never compared. None where they are none, or of several meanings.
  std::optional<size_t> Find(std::string_view word) const;

 private:
  struct Word {
    std::string letters;
    size_t meaning;
  };

  absl::flat_hash_map<char, std::vector<Word>> by_initial_;
};

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_MARKING_NEAR_WORDS_H_
