#include "gateway/identity/caller_cache.h"

#include "absl/strings/string_view.h"

namespace tracegate {

std::optional<Caller> CallerCache::Find(std::string_view leaf_pem, absl::Time now) const {
  absl::ReaderMutexLock lock(&mutex_);
  const auto found = entries_.find(absl::string_view(leaf_pem.data(), leaf_pem.size()));
  if (found == entries_.end()) return std::nullopt;
  const Entry& entry = found->second;
  if (now < entry.from || now >= entry.until) return std::nullopt;
  return entry.caller;
}

void CallerCache::Put(std::string_view leaf_pem, const Caller& caller, absl::Time from,
                      absl::Time until) {
  if (entries_max_ == 0) return;
  absl::MutexLock lock(&mutex_);
  const auto [at, is_new] =
      entries_.insert_or_assign(std::string(leaf_pem), Entry{caller, from, until});
  if (!is_new) return;
  oldest_first_.push_back(&at->first);
  if (oldest_first_.size() <= entries_max_) return;
  // By iterator: the key to erase lives in the very node that is erased.
  entries_.erase(entries_.find(*oldest_first_.front()));
  oldest_first_.pop_front();
}

size_t CallerCache::size() const {
  absl::ReaderMutexLock lock(&mutex_);
  return entries_.size();
}

}  // namespace tracegate
