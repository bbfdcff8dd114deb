#ifndef TRACEGATE_GATEWAY_IDENTITY_CALLER_CACHE_H_
#define TRACEGATE_GATEWAY_IDENTITY_CALLER_CACHE_H_

#include <cstddef>
#include <deque>
#include <optional>
#include <string>
#include <string_view>

#include "absl/base/thread_annotations.h"
#include "absl/container/node_hash_map.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "gateway/identity/caller.h"

namespace tracegate {

// Callers already proved, by the bytes of their leaf certificate, so that a path is verified once
// per certificate and not once per call. Past its bound the oldest entry makes room: every entry
// cost its owner a certificate of a trusted CA, so nobody can flood it for others.
//
// Thread safety: safe; finding takes a shared lock.
class CallerCache {
 public:
  // Keeps at most `entries_max` callers; 0 keeps none.
  explicit CallerCache(size_t entries_max) : entries_max_(entries_max) {}

  // The caller put under this leaf, if `now` is within its bounds.
  std::optional<Caller> Find(std::string_view leaf_pem, absl::Time now) const;

  // Keeps the caller for `from` <= now < `until`, in place of what was under the leaf before.
  void Put(std::string_view leaf_pem, const Caller& caller, absl::Time from, absl::Time until);

  size_t size() const;

 private:
  struct Entry {
    Caller caller;
    absl::Time from;
    absl::Time until;
  };

  const size_t entries_max_;
  mutable absl::Mutex mutex_;
  // Node-based, so that a key's address stays good for as long as its entry.
  absl::node_hash_map<std::string, Entry> entries_ ABSL_GUARDED_BY(mutex_);
  std::deque<const std::string*> oldest_first_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_IDENTITY_CALLER_CACHE_H_
