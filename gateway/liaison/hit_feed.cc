#include "gateway/liaison/hit_feed.h"

#include <algorithm>
#include <utility>

#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

// Places taken at once while the log is read for one listener.
constexpr size_t kStride = 64;

bool ReadNotice(const std::string& content, v1::HitNotice* notice) {
  return !content.empty() && notice->ParseFromString(content);
}

// What makes a hit of a subscription the same as one before; empty where it is no subscription's.
std::string HitOfSubscription(const v1::HitNotice& notice) {
  if (notice.side() != v1::HIT_SIDE_SEARCHER || notice.subscription_id().empty()) return "";
  const v1::Hit& hit = notice.hit();
  return notice.subscription_id() + " " + hit.state() + "/" + hit.contact().agency().name() +
         (hit.needs_confirmation() ? " perhaps" : "");
}

}  // namespace

absl::StatusOr<std::unique_ptr<HitFeed>> HitFeed::Open(RecordStore* store) {
  std::unique_ptr<HitFeed> feed(new HitFeed(store));
  absl::MutexLock lock(&feed->mutex_);
  const absl::Status scanned =
      store->ScanEntries(0, /*descending=*/false, [&](const EntryRow& row) {
        feed->mutex_.AssertHeld();
        v1::EntryHeader header;
        if (header.ParseFromString(row.header) && header.kind() == v1::ENTRY_KIND_HIT_NOTIFIED) {
          feed->hits_[header.to_state()].indexes.push_back(row.index);
          v1::HitNotice notice;
          if (ReadNotice(row.content, &notice)) feed->MarkTold(notice);
        }
        return true;
      });
  if (!scanned.ok()) return scanned;
  return feed;
}

void HitFeed::Take(int64_t first_index, const std::vector<EntryDraft>& entries) {
  for (size_t i = 0; i < entries.size(); ++i) {
    v1::HitNotice notice;
    if (entries[i].header.kind() != v1::ENTRY_KIND_HIT_NOTIFIED) continue;
    if (!ReadNotice(entries[i].content, &notice)) continue;
    Tell(entries[i].header.to_state(), first_index + static_cast<int64_t>(i), notice);
  }
}

void HitFeed::Tell(const std::string& state, int64_t index, const v1::HitNotice& notice) {
  Listeners<const Listener>::All listeners;
  {
    absl::MutexLock lock(&mutex_);
    MarkTold(notice);
    Hits& hits = hits_[state];
    hits.indexes.push_back(index);
    listeners = hits.listeners.Present();
  }
  for (const auto& listener : listeners) listener->hear(index, notice);
}

void HitFeed::Listen(const std::string& state, int64_t from_index, Listener listener) {
  const auto shared = std::make_shared<const Listener>(std::move(listener));
  int told = 0;
  for (auto next = NextOrStay(state, from_index, shared); !next.empty();
       next = NextOrStay(state, from_index, shared)) {
    for (const int64_t index : next) {
      if (told == kBacklogMax) return shared->end(absl::OkStatus());
      const auto row = store_->ReadEntry(index);
      if (!row.ok()) return shared->end(row.status());
      v1::HitNotice notice;
      if (ReadNotice(row->content, &notice) && shared->hear(index, notice)) ++told;
    }
    if (shared->gone()) return;
    from_index = next.back() + 1;
  }
}

std::vector<int64_t> HitFeed::NextOrStay(const std::string& state, int64_t from,
                                         const std::shared_ptr<const Listener>& listener) {
  absl::ReleasableMutexLock lock(&mutex_);
  if (draining_) {
    lock.Release();
    listener->end(Failure(v1::REASON_DRAINING, "the gateway is stopping"));
    return {};
  }
  Hits& hits = hits_[state];
  const auto first = std::lower_bound(hits.indexes.begin(), hits.indexes.end(), from);
  const auto left = static_cast<size_t>(hits.indexes.end() - first);
  if (left > 0) {
    return {first, first + static_cast<std::ptrdiff_t>(std::min(left, kStride))};
  }
  hits.listeners.Add(listener);
  return {};
}

bool HitFeed::WasTold(const v1::HitNotice& notice) const {
  absl::MutexLock lock(&mutex_);
  return told_.contains(HitOfSubscription(notice));
}

void HitFeed::MarkTold(const v1::HitNotice& notice) {
  std::string hit = HitOfSubscription(notice);
  if (!hit.empty()) told_.insert(std::move(hit));
}

void HitFeed::Drain() {
  Listeners<const Listener>::All listeners;
  {
    absl::MutexLock lock(&mutex_);
    draining_ = true;
    for (auto& [state, hits] : hits_) {
      const auto all = hits.listeners.TakeAll();
      listeners.insert(listeners.end(), all.begin(), all.end());
    }
  }
  for (const auto& listener : listeners) listener->end(absl::OkStatus());
}

size_t HitFeed::listeners() const {
  absl::MutexLock lock(&mutex_);
  size_t count = 0;
  for (const auto& [state, hits] : hits_) count += hits.listeners.size();
  return count;
}

}  // namespace tracegate
