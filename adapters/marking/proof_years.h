#ifndef TRACEGATE_ADAPTERS_MARKING_PROOF_YEARS_H_
#define TRACEGATE_ADAPTERS_MARKING_PROOF_YEARS_H_

#include <memory>
#include <string>
#include <string_view>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "tracegate/v1/firearm.pb.h"

namespace tracegate {

// The codes by which proof houses mark the year: "IK" is 1989 in Germany, "AM" 1984 in Italy.
//
// Thread safety: immutable once made; all methods may be called from any thread.
class ProofYears {
 public:
  // Reads a table with the header state,year,codes,source. Errors: INTERNAL naming the line.
  static absl::StatusOr<std::unique_ptr<ProofYears>> Parse(std::string_view csv);

  // The codes that the library carries.
  static const ProofYears& Standard();

  // The year that a text tells which a proof house of that State marked: the code is all of it, or
  // of two characters at least and beside one or two words without digits ("PSF AM"). 0 where it
  // tells none, or two. Any bytes, linear time.
  int YearOf(std::string_view state, std::string_view text) const;

  // The year that the text of a read proof mark tells, or the code in a rectangle on it. The State is
  // the one of the mark, else, where that is not told, any that its symbols may be of; 0 where the
  // years of two States differ.
  int YearOf(const v1::Mark& mark) const;

 private:
  int Find(std::string_view state, std::string_view code) const;

  absl::flat_hash_map<std::string, int> years_;  // by "IT AM"
};

// The year in which a read weapon was proved first, as its legible proof marks tell; 0 where they tell
// none. It was not made later. A mark on a part that is no frame dates that part alone.
int FirstProofOf(const v1::Firearm& weapon);

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_MARKING_PROOF_YEARS_H_
