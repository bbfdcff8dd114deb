#ifndef TRACEGATE_ADAPTERS_MARKING_CUT_WORDS_H_
#define TRACEGATE_ADAPTERS_MARKING_CUT_WORDS_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/btree_map.h"

namespace tracegate {

// Words and names, each with what it stands for, found again where a field of fixed width kept their
// beginning alone: "SMITH & WE", "NÃO APAREN", "PARABE".
//
// A beginning is long enough, and ends inside a word: "FEDERAL" is a word of its own as well as the
// beginning of "Federal Engineering". Of several words it reaches the second: "COMPAN" is any company.
//
// Thread safety: once filled, any thread may look up.
class CutWords {
 public:
  explicit CutWords(size_t bytes_min) : bytes_min_(bytes_min) {}

  // `phrase` in the form FoldPhrase gives it.
  void Add(std::string_view phrase, size_t meaning);

  // What the words that start with `beginning`, in the form FoldWord gives it, stand for, each once,
  // ascending; none where it is no such beginning.
  std::vector<size_t> Find(std::string_view beginning) const;

 private:
  struct Entry {
    std::string phrase;
    size_t meaning;
  };

  const size_t bytes_min_;
  absl::btree_multimap<std::string, Entry> entries_;  // by the phrase without its spaces
};

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_MARKING_CUT_WORDS_H_
