#ifndef TRACEGATE_ADAPTERS_MARKING_SELECTORS_H_
#define TRACEGATE_ADAPTERS_MARKING_SELECTORS_H_

#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "tracegate/v1/firearm.pb.h"

namespace tracegate {

// One row of tables/selectors.csv.
struct Selector {
  std::string state;  // whose arms bear the letters: a code of StateCatalogue, former States too
  std::string trap;   // what they are taken for, for people
};

// The letters beside the selector lever of automatic rifles, by which copies of one pattern are told
// apart: "АВ/ОД" is Soviet, "S-FA-FF" Romanian. A hint beside maker and country: levers are changed,
// and single letters are found on much else.
//
// Thread safety: immutable once made; all methods may be called from any thread. What is returned
// lives as long as the list.
class SelectorList {
 public:
  // Reads a table with the header letters,state,trap,source; `;` between the letters of one lever.
  // Errors: INTERNAL naming the line.
  static absl::StatusOr<std::unique_ptr<SelectorList>> Parse(std::string_view csv);

  // The list that the library carries.
  static const SelectorList& Standard();

  // What a text of exactly the letters of one row tells, in any order, apart by spaces, `/`, `-` and
  // the like; Cyrillic letters may be written as Latin ones. Null for any other text.
  const Selector* Find(std::string_view text) const;

  // What a mark tells: one of no kind told, or of kind OTHER, that is legible.
  const Selector* Find(const v1::Mark& mark) const;

  const std::map<std::string, Selector, std::less<>>& All() const { return selectors_; }

 private:
  std::map<std::string, Selector, std::less<>> selectors_;  // by the letters, sorted
};

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_MARKING_SELECTORS_H_
