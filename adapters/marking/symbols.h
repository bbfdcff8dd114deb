#ifndef TRACEGATE_ADAPTERS_MARKING_SYMBOLS_H_
#define TRACEGATE_ADAPTERS_MARKING_SYMBOLS_H_

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "adapters/marking/makers.h"
#include "adapters/marking/states.h"
#include "tracegate/v1/firearm.pb.h"

namespace tracegate {

// What a symbol of proof or manufacture may mean: one row of tables/symbols.csv.
struct SymbolMeaning {
  std::vector<v1::MarkKind> kinds;  // of the marks that it stands in
  std::vector<std::string> makers;  // canonical, likeliest first; none where the plant is not known
  std::vector<std::string> states;  // whose it may be: codes of StateCatalogue, former States too
  bool certain = false;             // no other State's; then there is one State
  std::string trap;                 // what it is taken for, for people
};

// Geometric marks with their codes (ITI 8(a)): "10" in a double circle is Arsenal's, Kazanlak.
//
// Thread safety: immutable once made; all methods may be called from any thread. What is returned
// lives as long as the catalogue.
class SymbolCatalogue {
 public:
  // Reads a table with the header shape,code,kinds,makers,states,certain,trap,source: shapes and
  // kinds are SymbolShape and MarkKind without their prefixes; the code "#" is any number. Errors:
  // INTERNAL naming the line.
  static absl::StatusOr<std::unique_ptr<SymbolCatalogue>> Parse(std::string_view csv,
                                                                const MakerCatalogue& makers);

  // The catalogue that the library carries.
  static const SymbolCatalogue& Standard();

  // What the symbol may mean; null where that is in no row.
  const SymbolMeaning* Find(const v1::Symbol& symbol) const;

  // The State that the symbols of a mark tell for certain, as far as they mean marks of its kind;
  // empty where they tell none or several.
  std::string StateOf(const v1::Mark& mark) const;

  const std::vector<SymbolMeaning>& All() const { return meanings_; }

 private:
  absl::Status AddRow(const std::vector<std::string>& fields, const MakerCatalogue& makers);

  std::vector<SymbolMeaning> meanings_;
  std::map<std::pair<int, std::string>, size_t> index_;  // by shape and folded code
};

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_MARKING_SYMBOLS_H_
