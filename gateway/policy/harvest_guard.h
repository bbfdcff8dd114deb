#ifndef TRACEGATE_GATEWAY_POLICY_HARVEST_GUARD_H_
#define TRACEGATE_GATEWAY_POLICY_HARVEST_GUARD_H_

#include <cstddef>
#include <optional>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "gateway/policy/question_window.h"
#include "tracegate/config/v1/gateway.pb.h"
#include "tracegate/v1/evidence.pb.h"

namespace tracegate {

// Which agency asks which State.
struct HarvestKey {
  std::string asking_state;
  std::string agency;
  std::string answering_state;
};

struct HarvestJudgement {
  // OK: the question may be asked, and counts. Otherwise it was not counted: RESOURCE_EXHAUSTED (HARVEST_SUSPECTED, with
  // a retry hint) or PERMISSION_DENIED (HARVEST_REFUSED).
  absl::Status status;
  // Set where the verdict on this agency and State has changed: an entry HARVEST_SUSPECTED for compliance.
  std::optional<v1::HarvestSuspicion> change;
};

// Tells an agency that asks where weapons came from from one that asks for another State's register: serials that follow
// each other, one maker swept, next to nothing found. A crate has serials that follow each other and one maker too, but
// it is found: so a pattern alone slows only past a generous bound, and only walking without hits is refused soon.
//
// Thread safety: safe. Memory is bounded: 2,048 weapons a key, 256 keys; the key silent longest is forgotten first, one
// that is slowed or refused never. It begins anew with the process.
class HarvestGuard {
 public:
  explicit HarvestGuard(const config::v1::HarvestGuard& config, size_t keys_max = 256);

  // Takes other bounds; what was asked stays known.
  void Configure(const config::v1::HarvestGuard& config);

  // Before a question is answered. The same weapon again, once let through, is let through and not counted.
  HarvestJudgement Asked(const HarvestKey& key, const WeaponAsked& weapon, absl::Time now);

  // What came of it: whether a record that may be the weapon was found. A failure to ask is no answer.
  void Answered(const HarvestKey& key, const WeaponAsked& weapon, bool hit);

  // Keys now remembered; for a gauge and for tests.
  size_t keys() const;

 private:
  struct Asker {
    QuestionWindow window;
    v1::HarvestVerdict verdict = v1::HARVEST_VERDICT_PASS;
    int let_through = 0;  // while slowed
    int pressed = 0;      // turned away while slowed
    absl::Time next;      // when the next question is let through
    absl::Time refused_until;
    absl::Time last_asked;
  };
  struct Seen {  // what the patterns come to
    bool walking = false;
    bool one_maker = false;
    bool no_hits = false;
    bool suspicious = false;
  };

  Asker* AskerOf(const HarvestKey& key, absl::Time now) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  bool ForgetOne(absl::Time now) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  Seen Look(const QuestionWindow::Counts& counts) const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // OK where the question is let through.
  absl::Status Judge(Asker* asker, const Seen& seen, absl::Time now)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  absl::Status Slowed(Asker* asker, const Seen& seen, absl::Time now)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  v1::HarvestSuspicion Change(const HarvestKey& key, const Asker& asker, const Seen& seen,
                              v1::HarvestVerdict former, absl::Time now) const
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const size_t keys_max_;
  mutable absl::Mutex mutex_;
  config::v1::HarvestGuard config_ ABSL_GUARDED_BY(mutex_);
  absl::Duration window_ ABSL_GUARDED_BY(mutex_);
  absl::flat_hash_map<std::string, Asker> askers_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_POLICY_HARVEST_GUARD_H_
