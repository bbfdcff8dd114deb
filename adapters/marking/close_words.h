#ifndef TRACEGATE_ADAPTERS_MARKING_CLOSE_WORDS_H_
#define TRACEGATE_ADAPTERS_MARKING_CLOSE_WORDS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tracegate {

// How long the shorter of two words has to be, in bytes, for slips of the pen between them.
struct SlipReach {
  size_t one_slip = 6;
  size_t two_slips = SIZE_MAX;
  bool latin_alone = false;  // else letters of other scripts too, each of several bytes
};

// Words in the form FoldWord gives them, each with what it stands for, found again where a slip of
// the pen is in them: a letter missing, too many, wrong, or two in the wrong order. The first letter
// is right or changed places with the second. Never a word with a digit, nor one over 64 bytes: a
// slip there is another word.
//
// Thread safety: once filled, any thread may look up.
class CloseWords {
 public:
  explicit CloseWords(SlipReach reach) : reach_(reach) {}

  void Add(std::string_view word, size_t meaning);

  // What the words within reach of `word` stand for, each once, ascending.
  std::vector<size_t> Find(std::string_view word) const;

  // The same where it is one meaning alone.
  std::optional<size_t> FindOne(std::string_view word) const;

 private:
  struct Word {
    std::string letters;
    size_t meaning;
  };

  bool IsWord(std::string_view text) const;

  SlipReach reach_;
  std::array<std::vector<Word>, 256> by_initial_;
};

// Letters missing, too many, wrong or swapped with a neighbour between two words of 64 bytes at most
// (optimal string alignment), or `most` + 1 where there are more than `most`.
size_t SlipsBetween(std::string_view one, std::string_view other, size_t most);

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_MARKING_CLOSE_WORDS_H_
