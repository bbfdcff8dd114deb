#ifndef TRACEGATE_GATEWAY_POLICY_QUESTION_WINDOW_H_
#define TRACEGATE_GATEWAY_POLICY_QUESTION_WINDOW_H_

#include <compare>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "absl/container/flat_hash_map.h"
#include "absl/time/time.h"

namespace tracegate {

// What the harvest guard looks at of one weapon.
struct WeaponAsked {
  std::string maker;              // folded; empty where nobody read it
  std::string letters;            // the serial with its last run of digits taken out: "AB#C"
  std::optional<int64_t> number;  // that run, where it is one of at most 18 digits
};

// A folded maker and a folded serial (A-Z, 0-9; what is unread stays as it is) as the guard looks at them.
WeaponAsked WeaponAskedOf(std::string_view maker, std::string_view serial);

// The weapons one agency asked one State about, newest 2,048. It keeps hashes and numbers, no text: about 300 KB.
//
// Thread safety: none; the guard locks.
class QuestionWindow {
 public:
  struct Counts {
    int asked = 0;
    int walked =
        0;  // whose serial follows one asked about before: same maker and letters, a near number
    int of_one_maker = 0;  // of the maker asked about most
    int answered = 0;
    int hits = 0;
  };

  bool Contains(const WeaponAsked& weapon) const { return questions_.contains(KeyOf(weapon)); }
  // Counts a weapon that it does not contain.
  void Add(const WeaponAsked& weapon, int serial_step_max, absl::Time now);
  // Notes the answer to one it contains; the first answer, or a hit after none. Others are nothing.
  void Answered(const WeaponAsked& weapon, bool hit);
  // Forgets what was asked before that instant.
  void Forget(absl::Time before);

  const Counts& counts() const { return counts_; }

 private:
  struct Key {
    uint64_t series;  // maker and letters
    int64_t number;   // -1: none
    auto operator<=>(const Key&) const = default;
  };
  struct Question {
    absl::Time asked_at;
    uint64_t maker;
    bool walked = false;
    bool answered = false;
    bool hit = false;
  };
  using Questions = std::map<Key, Question>;

  static Key KeyOf(const WeaponAsked& weapon);
  bool Follows(const Key& key, int serial_step_max) const;
  void ForgetOldest();
  void CountMaker(uint64_t maker);

  Questions questions_;
  std::deque<Questions::iterator> by_time_;
  absl::flat_hash_map<uint64_t, int> of_maker_;
  uint64_t top_maker_ = 0;
  Counts counts_;
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_POLICY_QUESTION_WINDOW_H_
