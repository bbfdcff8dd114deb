#ifndef TRACEGATE_ADAPTERS_MARKING_STATES_H_
#define TRACEGATE_ADAPTERS_MARKING_STATES_H_

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "adapters/marking/close_words.h"
#include "tracegate/v1/firearm.pb.h"

namespace tracegate {

// A State past or present.
struct State {
  std::string code;                     // ISO 3166-1 alpha-2; ISO 3166-3 alpha-4 of a former State
  std::string name;                     // English
  std::vector<std::string> successors;  // whom to ask instead, in order; none of a present State

  bool IsFormer() const { return !successors.empty(); }
  bool IsSucceededBy(std::string_view state) const;
};

// States past and present, under the names and codes by which weapons and officers call them.
//
// Thread safety: immutable once made; all methods may be called from any thread. What is returned
// lives as long as the catalogue.
class StateCatalogue {
 public:
  // Reads the table of IsoStates (iso/iso_states.h), and over it one with the header
  // code,name,names,since,successors,source: other names of those States, whom to ask for a former
  // one, the year since when it had a code that was another's before, and States without a code of
  // ISO. A name of the second table outweighs one of the first, a present State's a former's; a name
  // that is left to two is nobody's. Errors: INTERNAL naming the line: a name of two States in the
  // second table, a former State without successors, a successor that is no present State.
  static absl::StatusOr<std::unique_ptr<StateCatalogue>> Parse(std::string_view iso_csv,
                                                               std::string_view csv);

  // The catalogue that the library carries.
  static const StateCatalogue& Standard();

  // The State whose `code` this is; null where there is none.
  const State* Find(std::string_view code) const;

  // The former States whose records that one may hold, by code; none of one that succeeds none.
  std::vector<std::string> FormersOf(std::string_view code) const;

  // The State that had the ISO code (alpha-2, alpha-3, alpha-4 or three digits, in capitals) in
  // `year`: "SK" was Sikkim's until 1975, "CS" Czechoslovakia's until 1993 and Serbia and
  // Montenegro's from 2003. Year 0 is not told: today's State, or the only former one; null for
  // "CS".
  const State* Find(std::string_view code, int year) const;

  // The State that a text names or marks: "EUA", "W. Germany", "Made in Austria", "YU", "DDR"; in a
  // longer mark, the one after "made in" or "indústria". Exact; null where none is named. Initials
  // are no code: "R.U." is not Russia.
  const State* Named(std::string_view text) const;

  // The country with `iso_code` filled in where it is empty and `verbatim` names one State: as Named
  // and Find have it, else in one of its parts ("Ulm (Germany)"), else with one slip of the pen in a
  // long name. `year` is when a bare code was right; 0 is not told. "N/A" and its like name none.
  v1::Country Read(const v1::Country& country, int year = 0) const;

 private:
  enum class Weight { kFormerState, kPresentState, kTable };

  // Whose a name is, and by what right.
  struct Name {
    size_t state;
    Weight weight;
    bool is_code = false;  // of ISO 3166, and no name
  };

  // A State that had a code, and when; `until` is 0 where it has it still.
  struct Bearer {
    size_t state;
    int since;
    int until;
  };

  absl::Status AddIso(std::string_view csv);
  absl::Status AddTable(std::string_view csv);
  void SetSince(size_t state, int since);
  absl::Status CheckSuccessors() const;
  // False where the name is another's with the same weight; it is then nobody's.
  bool AddName(std::string_view name, Name owner);
  const State* NamedExactly(const std::string& folded, bool codes_too = true) const;
  const State* NamedInParts(std::string_view text) const;
  const State* NamedNearly(std::string_view text) const;

  std::vector<State> states_;
  absl::flat_hash_map<std::string, size_t> codes_;
  absl::flat_hash_map<std::string, std::vector<Bearer>> bearers_;
  absl::flat_hash_map<std::string, Name> names_;
  CloseWords near_{SlipReach()};
};

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_MARKING_STATES_H_
