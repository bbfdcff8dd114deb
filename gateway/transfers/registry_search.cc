#include "gateway/transfers/registry_search.h"

#include <algorithm>
#include <memory>
#include <stop_token>
#include <utility>

#include "absl/synchronization/mutex.h"
#include "gateway/tracing/judge.h"
#include "gateway/tracing/question.h"
#include "gateway/tracing/reply_time.h"
#include "gateway/tracing/trace_id.h"
#include "gateway/transfers/destruction.h"
#include "gateway/transfers/listed_weapons.h"
#include "gateway/transfers/transfer_caller.h"

namespace tracegate {
namespace {

constexpr absl::Duration kWaitMax = absl::Seconds(2);

using Found = absl::StatusOr<adapter::v1::FindResponse>;
using Done = std::function<void(std::vector<DestroyedItem>)>;

struct Weapon {
  std::string field;
  ItemReading read;
};

std::vector<Weapon> WeaponsOf(const v1::TransferRecord& record) {
  std::vector<Weapon> weapons;
  for (const ListedWeapon& listed : ListedWeapons(record)) {
    if (weapons.size() == kItemsAskedMax) break;
    weapons.push_back({listed.field, ItemReading(*listed.item)});
  }
  return weapons;
}

v1::Answer AnswerOf(const Weapon& weapon, const adapter::v1::FindResponse& found) {
  if (found.has_answer()) return found.answer().answer();
  return JudgeRecords(weapon.read, found.records());
}

// One search, weapon by weapon: the registry has traces to answer beside it. Held by what it waits for.
class Search : public std::enable_shared_from_this<Search> {
 public:
  Search(const TransferHouse& house, const Registry* registry, v1::TraceRequest request,
         std::vector<Weapon> weapons, Done done)
      : house_(house),
        registry_(registry),
        request_(std::move(request)),
        id_(MakeTraceId(house.clock())),
        weapons_(std::move(weapons)),
        done_(std::move(done)) {}

  void Start(absl::Time until) {
    until_ = until;
    const auto timer = house_.timers->At(until, [self = shared_from_this()] { self->Finish(); });
    {
      absl::MutexLock lock(&mutex_);
      timer_ = timer;
    }
    Ask(0);
  }

 private:
  void Ask(size_t number) {
    RegistryCall call;
    call.deadline = std::min(until_, house_.clock() + registry_->timeout);
    call.cancelled = cancel_.get_token();
    v1::TraceRequest request = request_;
    *request.mutable_item() = weapons_[number].read.item;
    registry_->adapter->Find(
        std::move(call),
        QuestionAbout(weapons_[number].read, std::move(request),
                      id_ + "." + std::to_string(number + 1)),
        [self = shared_from_this(), number](const Found& found) { self->Take(number, found); });
  }

  void Take(size_t number, const Found& found) {
    {
      absl::MutexLock lock(&mutex_);
      if (finished_) return;
      if (found.ok()) Note(weapons_[number], *found);
    }
    // A registry that cannot be asked for one weapon is not asked for the next.
    const bool goes_on = found.ok() || absl::IsInvalidArgument(found.status());
    if (!goes_on || number + 1 == weapons_.size()) return Finish();
    Ask(number + 1);
  }

  void Note(const Weapon& weapon, const adapter::v1::FindResponse& found)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    const auto destruction = DestructionIn(AnswerOf(weapon, found));
    if (!destruction) return;
    destroyed_.push_back(
        {weapon.field,
         destruction->text + ", by record " + destruction->record_number + " of the registry",
         found.SerializeAsString()});
  }

  void Finish() {
    std::vector<DestroyedItem> destroyed;
    {
      absl::MutexLock lock(&mutex_);
      if (std::exchange(finished_, true)) return;
      destroyed.swap(destroyed_);
      house_.timers->Cancel(timer_);
    }
    cancel_.request_stop();
    done_(std::move(destroyed));
  }

  const TransferHouse& house_;
  const Registry* const registry_;
  const v1::TraceRequest request_;
  const std::string id_;
  const std::vector<Weapon> weapons_;
  const Done done_;
  absl::Time until_;
  std::stop_source cancel_;

  absl::Mutex mutex_;
  Timers::Id timer_ ABSL_GUARDED_BY(mutex_) = 0;
  std::vector<DestroyedItem> destroyed_ ABSL_GUARDED_BY(mutex_);
  bool finished_ ABSL_GUARDED_BY(mutex_) = false;
};

// The search for arms control's sake that the State makes in its own registry.
v1::TraceRequest RequestOf(const Request& request) {
  v1::TraceRequest own;
  *own.mutable_requesting_agency() = AgencyBehind(request.caller);
  own.set_to_state(request.caller.state);
  own.set_intended_use(v1::INTENDED_USE_EXPORT_CONTROL);
  own.set_confidentiality(v1::CONFIDENTIALITY_GUARANTEE_GIVEN);
  return own;
}

}  // namespace

void FindDestroyed(const TransferHouse& house, const Request& request,
                   const v1::TransferRecord& record, Done done) {
  const Registry* const registry = house.registries->ForState(request.caller.state);
  if (registry == nullptr || registry->is_peer || registry->is_desk) return done({});
  std::vector<Weapon> weapons = WeaponsOf(record);
  if (weapons.empty()) return done({});
  std::make_shared<Search>(house, registry, RequestOf(request), std::move(weapons), std::move(done))
      ->Start(ReplyTime(house.clock(), request.deadline, kWaitMax));
}

}  // namespace tracegate
