#ifndef TRACEGATE_ADAPTERS_MARKING_CLOSE_NAMES_H_
#define TRACEGATE_ADAPTERS_MARKING_CLOSE_NAMES_H_

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace tracegate {

// Names that a misspelt word may stand for: one letter missing, too many, wrong or two in the wrong
// order where the shorter of the two has five letters, two such slips where it has nine. The first
// letter is right or changed places with the second. Latin letters alone: a digit is no misspelling
// of another.
//
// Thread safety: const methods may be called from any thread.
class CloseNames {
 public:
  // `name` is folded (see FoldWord); names of other than 5 to 32 letters A to Z are passed over.
  void Add(std::string_view name, size_t id);

  // The ids of the names within reach of a folded word, in no order, some perhaps twice.
  std::vector<size_t> Find(std::string_view word) const;

 private:
  struct Name {
    std::string letters;
    size_t id;
  };

  std::array<std::vector<Name>, 26> names_;  // by first letter
};

// Letters missing, too many, wrong or swapped with a neighbour between two words (optimal string
// alignment), or `most` + 1 where there are more than `most`.
size_t SlipsBetween(std::string_view one, std::string_view other, size_t most);

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_MARKING_CLOSE_NAMES_H_
