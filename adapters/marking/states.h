#ifndef TRACEGATE_ADAPTERS_MARKING_STATES_H_
#define TRACEGATE_ADAPTERS_MARKING_STATES_H_

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "tracegate/v1/firearm.pb.h"

namespace tracegate {

// One row of tables/states.csv.
struct State {
  std::string code;                     // ISO 3166-1 alpha-2; ISO 3166-3 alpha-4 of a former State
  std::string name;                     // English
  std::vector<std::string> successors;  // whom to ask instead, in order; none of a present State

  bool IsFormer() const { return !successors.empty(); }
};

// States past and present, under the names and codes by which weapons and officers call them.
//
// Thread safety: immutable once made; all methods may be called from any thread. What is returned
// lives as long as the catalogue.
class StateCatalogue {
 public:
  // Reads a table with the header code,name,aliases,successors,source. Errors: INTERNAL naming the
  // line: a name of two States, a former State without successors, a successor that is no present
  // State.
  static absl::StatusOr<std::unique_ptr<StateCatalogue>> Parse(std::string_view csv);

  // The catalogue that the library carries.
  static const StateCatalogue& Standard();

  // The State of that ISO code, in capitals; null where there is none. "CS" is none: it was two
  // States'.
  const State* Find(std::string_view code) const;

  // The State that a text names or marks: "EUA", "W. Germany", "Made in Austria", "YU", "DDR"; null
  // where none is named.
  const State* Named(std::string_view text) const;

  // The country with `iso_code` filled in where it is empty and `verbatim` names a State.
  v1::Country Read(const v1::Country& country) const;

 private:
  absl::Status Add(std::string_view name, size_t state);

  std::vector<State> states_;
  absl::flat_hash_map<std::string, size_t> codes_;
  absl::flat_hash_map<std::string, size_t> names_;
};

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_MARKING_STATES_H_
