#ifndef TRACEGATE_ADAPTERS_MARKING_MAKER_SEARCH_H_
#define TRACEGATE_ADAPTERS_MARKING_MAKER_SEARCH_H_

#include <string>
#include <vector>

#include "adapters/marking/makers.h"

namespace tracegate {

// The makers that words name, as places in MakerCatalogue::All(), and how.
struct NamedMakers {
  std::vector<size_t> makers;
  NameForm form = NameForm::kUnknown;
  std::string rest;  // the words that are no part of the name
};

// Looks for the names of a catalogue among folded words, in one way after another: none of them knows
// what else stands in the cell.
//
// Lifetime: the catalogue outlives it. Thread safety: any thread.
class MakerSearch {
 public:
  using Words = std::vector<std::string>;

  explicit MakerSearch(const MakerCatalogue& catalogue) : catalogue_(catalogue) {}

  // A name but for the words around it.
  NamedMakers Plain(Words words) const;

  // The longest name that the words start with.
  NamedMakers Leading(const Words& words) const;

  // The same where a model is written on to the name: "GLOCKG22", "CZ75", "ROSSIPUMA", but not
  // "LAR15", which is a model of others.
  NamedMakers Joined(Words words) const;

  // The one maker of whose names the words together are the beginning, where they are nearly no
  // other's name.
  NamedMakers Cut(const Words& words) const;

  // The one maker whose name the words, or the first of them before a number, nearly are. What may
  // be part of a name or not (a State, a legal form) has to come to the same maker either way.
  NamedMakers Misspelt(const Words& words, const Words& with_state) const;

  // Adds the makers whose names all the words together nearly are.
  void AddClose(const Words& words, NamedMakers& found) const;

 private:
  // Who makes the models of a name: a family's may be anybody's.
  enum class Owner { kNobody, kThey, kAnybody, kOthers };

  Owner OwnerOf(const std::string& model, const std::vector<size_t>& makers) const;
  bool MayBeModel(const std::string& text, const std::vector<size_t>& makers) const;
  bool IsModelBehind(size_t n, const std::string& word, const std::vector<size_t>& makers) const;
  bool IsPlaceOf(const std::vector<size_t>& makers, const Words& words, size_t first) const;
  void AddOthers(const Words& words, size_t first, std::vector<size_t>& makers) const;

  const MakerCatalogue& catalogue_;
};

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_MARKING_MAKER_SEARCH_H_
