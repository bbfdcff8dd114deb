#include "gateway/liaison/subscription_book.h"

#include <algorithm>
#include <utility>

#include "adapters/marking/reading.h"
#include "gateway/tracing/same_weapon.h"

namespace tracegate {
namespace {

// What is left of one that is over: whose it was.
v1::Subscription RestOf(const v1::Subscription& subscription) {
  v1::Subscription rest;
  rest.set_subscription_id(subscription.subscription_id());
  *rest.mutable_subscriber() = subscription.subscriber();
  rest.set_state(subscription.state());
  return rest;
}

}  // namespace

std::string SubscriberOf(const v1::Subscription& subscription) {
  return subscription.subscriber().state() + "/" + subscription.subscriber().name();
}

bool Stands(const v1::Subscription& subscription) {
  return subscription.state() == v1::SUBSCRIPTION_STATE_ACTIVE;
}

absl::StatusOr<std::unique_ptr<SubscriptionBook>> SubscriptionBook::Open(RecordStore* store) {
  auto book = std::make_unique<SubscriptionBook>();
  const absl::Status scanned =
      store->ScanEntries(0, /*descending=*/false, [&](const EntryRow& row) {
        v1::EntryHeader header;
        v1::Subscription subscription;
        if (header.ParseFromString(row.header) &&
            header.kind() == v1::ENTRY_KIND_SUBSCRIPTION_CHANGED && !IsErased(row) &&
            subscription.ParseFromString(row.content)) {
          const std::string id = subscription.subscription_id();
          book->EndChange(id, std::move(subscription));
        }
        return true;
      });
  if (!scanned.ok()) return scanned;
  return book;
}

std::optional<v1::Subscription> SubscriptionBook::Find(std::string_view id) const {
  absl::MutexLock lock(&mutex_);
  const auto found = rows_.find(id);
  if (found == rows_.end() || !found->second.recorded) return std::nullopt;
  return found->second.subscription;
}

std::vector<v1::Subscription> SubscriptionBook::Active() const {
  absl::MutexLock lock(&mutex_);
  std::vector<v1::Subscription> active;
  for (const auto& [id, row] : rows_) {
    if (row.recorded && Stands(row.subscription)) active.push_back(row.subscription);
  }
  return active;
}

std::vector<v1::Subscription> SubscriptionBook::OfWeapon(const std::string& number,
                                                         const v1::Term& maker) const {
  absl::MutexLock lock(&mutex_);
  std::vector<v1::Subscription> found;
  const auto [first, last] = by_number_.equal_range(number);
  for (auto at = first; at != last; ++at) {
    const Row& row = rows_.find(at->second)->second;
    if (MayBeOneWeapon(number, maker, row.number, row.maker)) found.push_back(row.subscription);
  }
  return found;
}

bool SubscriptionBook::BeginNew(const v1::Subscription& subscription, int per_agency_max) {
  absl::MutexLock lock(&mutex_);
  if (of_agency_[SubscriberOf(subscription)] >= per_agency_max) return false;
  Row& row = rows_[subscription.subscription_id()];
  row.subscription = RestOf(subscription);
  row.changing = true;
  Count(&row, true);
  return true;
}

std::optional<v1::Subscription> SubscriptionBook::BeginChange(const std::string& id) {
  absl::MutexLock lock(&mutex_);
  const auto found = rows_.find(id);
  if (found == rows_.end() || !Stands(found->second.subscription)) return std::nullopt;
  if (std::exchange(found->second.changing, true)) return std::nullopt;
  return found->second.subscription;
}

void SubscriptionBook::EndChange(const std::string& id, std::optional<v1::Subscription> recorded) {
  absl::MutexLock lock(&mutex_);
  Row& row = rows_[id];
  row.changing = false;
  if (recorded) return Put(&row, *std::move(recorded));
  if (row.recorded) return;
  Count(&row, false);
  rows_.erase(id);
}

void SubscriptionBook::Put(Row* row, v1::Subscription subscription) {
  const std::string& id = subscription.subscription_id();
  const auto [first, last] = by_number_.equal_range(row->number);
  const auto listed = std::find_if(first, last, [&](const auto& one) { return one.second == id; });
  if (listed != last) by_number_.erase(listed);
  row->number.clear();
  row->recorded = true;
  const bool stands = Stands(subscription);
  if (stands) {
    const ItemReading read(subscription.item());
    row->maker = read.item.weapon().manufacturer();
    if (read.item.has_weapon()) row->number = read.serial.key;
    if (!row->number.empty()) by_number_.emplace(row->number, id);
  }
  row->subscription = stands ? std::move(subscription) : RestOf(subscription);
  Count(row, stands);
}

void SubscriptionBook::Count(Row* row, bool counts) {
  if (std::exchange(row->counted, counts) == counts) return;
  of_agency_[SubscriberOf(row->subscription)] += counts ? 1 : -1;
}

}  // namespace tracegate
