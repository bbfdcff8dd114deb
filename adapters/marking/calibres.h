#ifndef TRACEGATE_ADAPTERS_MARKING_CALIBRES_H_
#define TRACEGATE_ADAPTERS_MARKING_CALIBRES_H_

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "adapters/marking/calibre_text.h"
#include "tracegate/v1/firearm.pb.h"

namespace tracegate {

// What a designation means: one calibre, or a word for several.
struct CalibreMeaning {
  std::vector<std::string> calibres;  // canonical words, never empty
  bool is_exact = false;              // one, and certain
};

// The calibres of tables/calibres.csv: what each is also called, which are written for one another,
// and the bare words ("9 mm") that may be several.
//
// Thread safety: immutable once made; all methods may be called from any thread.
class CalibreCatalogue {
 public:
  // Reads a table with the header canonical,aliases,near,could_be,source. A row without a canonical
  // word is an ambiguous class. Errors: INTERNAL naming the line: a word in two rows, an unknown
  // calibre named, a fact without a source.
  static absl::StatusOr<std::unique_ptr<CalibreCatalogue>> Parse(std::string_view csv);

  // The catalogue that the library carries.
  static const CalibreCatalogue& Standard();

  // The term with `canonical` or `could_be` set from the whole of `verbatim`, both empty where a
  // part of it is not known. A bracket, or a second designation, repeats or settles what stands
  // before it (".380 (9x17 mm)", "308 Win 7.62x51"); two calibres in one cell ("38/357") and two
  // that exclude one another are all that it could be.
  v1::Term Read(std::string_view verbatim) const;

  // The meaning of one designation, brackets aside; null where the table does not have it. Units
  // and ornaments count where the table has them, and are passed by where it does not.
  const CalibreMeaning* Find(CalibreTokens designation) const;

  // What is written for that one, and it for them: 7.62x51 for .308 Winchester.
  absl::Span<const std::string> NearTo(std::string_view canonical) const;
  bool AreNear(std::string_view canonical, std::string_view other) const;

 private:
  absl::Status Add(std::string_view alias, size_t entry);

  std::vector<CalibreMeaning> entries_;
  absl::flat_hash_map<std::string, size_t> index_;     // by the key with units
  absl::flat_hash_map<std::string, size_t> unitless_;  // by the key without
  absl::flat_hash_map<std::string, std::vector<std::string>> near_;
};

// The form in which calibres are compared: "9 mm × 19", "9X19MM" and "9 x 19" are one, so are
// "7,62" and "7.62", ".38" and "38", "12/70" and "12x70", "12" and a spreadsheet's "12.0", "9 Para"
// and "9 mm Parabellum".
std::string FoldCalibre(std::string_view text);

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_MARKING_CALIBRES_H_
