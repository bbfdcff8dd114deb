#ifndef TRACEGATE_GATEWAY_POLICY_TOKEN_BUCKET_H_
#define TRACEGATE_GATEWAY_POLICY_TOKEN_BUCKET_H_

#include <cstdint>

#include "absl/time/time.h"

namespace tracegate {

// So many a minute, and so many at once after a pause. It begins full. A clock that goes back fills nothing.
//
// Thread safety: none; whoever holds it locks.
class TokenBucket {
 public:
  // `per_minute` below 1 says that there is no bound; `burst` is at least 1 otherwise.
  TokenBucket(int64_t per_minute, int64_t burst);

  // Takes other bounds; what was taken stays taken.
  void Configure(int64_t per_minute, int64_t burst);

  // How long until there is one beside `spare` others; zero where there is one now.
  absl::Duration Wait(absl::Time now, int64_t spare = 0);

  // One less, where Wait() is zero.
  void Take();

  // Whether nothing was taken that has not come back.
  bool Full(absl::Time now);

 private:
  void Refill(absl::Time now);

  int64_t per_minute_;
  double burst_;
  double tokens_;
  absl::Time filled_at_ = absl::InfinitePast();
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_POLICY_TOKEN_BUCKET_H_
