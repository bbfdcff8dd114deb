#ifndef TRACEGATE_ADAPTERS_MARKING_WEAPON_INDEX_H_
#define TRACEGATE_ADAPTERS_MARKING_WEAPON_INDEX_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "absl/status/statusor.h"
#include "adapters/marking/match.h"
#include "adapters/marking/posting_table.h"
#include "adapters/marking/weapon_rows.h"
#include "google/protobuf/arena.h"

namespace tracegate {

// The weapons of a registry in memory, found by marks that may have been misread, partly removed or
// written down wrongly. Candidates come by folded keys (see serial_keys.h); match.h alone decides
// what each is worth.
//
// Thread safety: immutable once built; all methods may be called from any thread.
class WeaponIndex {
 public:
  struct Candidate {
    uint32_t row = 0;
    // Grade, score and reasons; its record is left out. Lives as long as the answer.
    const v1::Candidate* match = nullptr;
    // The weapon itself: the match is EXACT, and no other candidate may as well be meant.
    bool identity = false;
  };

  struct Answer {
    std::unique_ptr<google::protobuf::Arena> arena;  // where the matches are
    std::vector<Candidate> candidates;               // best score first; none of grade UNSPECIFIED
    // An EXACT match is there, and another weapon may as well be meant, or too many share the
    // number to compare them all: a person has to judge.
    bool in_doubt = false;
  };

  // Errors: RESOURCE_EXHAUSTED for more weapons than one index holds.
  static absl::StatusOr<std::unique_ptr<WeaponIndex>> Build(WeaponRows rows);

  // The `top` best candidates at most. Time is bounded however many weapons share a number.
  Answer Find(const ItemReading& asked, size_t top) const;

  const WeaponRows& Rows() const { return rows_; }
  size_t Bytes() const { return rows_.Bytes() + table_.Bytes(); }

 private:
  WeaponRows rows_;
  PostingTable table_;
};

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_MARKING_WEAPON_INDEX_H_
