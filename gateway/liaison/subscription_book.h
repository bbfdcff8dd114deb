#ifndef TRACEGATE_GATEWAY_LIAISON_SUBSCRIPTION_BOOK_H_
#define TRACEGATE_GATEWAY_LIAISON_SUBSCRIPTION_BOOK_H_

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "gateway/storage/record_store.h"
#include "tracegate/v1/liaison.pb.h"

namespace tracegate {

// The subscriptions of the agencies of this house, as the log has them (SUBSCRIPTION_CHANGED). Of those that are over it
// keeps whose they were.
//
// Thread safety: all methods from any thread.
class SubscriptionBook {
 public:
  // Reads them from the log. Errors: the store's.
  static absl::StatusOr<std::unique_ptr<SubscriptionBook>> Open(RecordStore* store);

  // As last recorded; nothing where there is none of that id.
  std::optional<v1::Subscription> Find(std::string_view id) const;
  // Those that stand, by id.
  std::vector<v1::Subscription> Active() const;
  // Those that stand and ask about what may be that weapon: as tracing/same_weapon has it.
  std::vector<v1::Subscription> OfWeapon(const std::string& number, const v1::Term& maker) const;

  // Begins to record a new one. False where that agency has `per_agency_max` of them.
  bool BeginNew(const v1::Subscription& subscription, int per_agency_max);
  // Begins to record a change of that one, and gives it as it is. Nothing where it does not stand, or where another change
  // is being recorded.
  std::optional<v1::Subscription> BeginChange(const std::string& id);
  // Ends either: with what is durable now, or without where it could not be recorded.
  void EndChange(const std::string& id, std::optional<v1::Subscription> recorded);

 private:
  struct Row {
    v1::Subscription subscription;
    std::string number;  // the weapon's, folded; empty where it is not wholly read
    v1::Term maker;
    bool recorded = false;
    bool counted = false;  // among its agency's
    bool changing = false;
  };
  void Put(Row* row, v1::Subscription subscription) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void Count(Row* row, bool counts) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  mutable absl::Mutex mutex_;
  std::map<std::string, Row, std::less<>> rows_ ABSL_GUARDED_BY(mutex_);  // by id
  std::multimap<std::string, std::string> by_number_
      ABSL_GUARDED_BY(mutex_);  // ids of those that stand
  std::map<std::string, int, std::less<>> of_agency_
      ABSL_GUARDED_BY(mutex_);  // how many stand, or begin
};

// "BR/policia-federal".
std::string SubscriberOf(const v1::Subscription& subscription);

// Whether it is neither over nor ended.
bool Stands(const v1::Subscription& subscription);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_LIAISON_SUBSCRIPTION_BOOK_H_
