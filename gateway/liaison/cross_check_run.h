#ifndef TRACEGATE_GATEWAY_LIAISON_CROSS_CHECK_RUN_H_
#define TRACEGATE_GATEWAY_LIAISON_CROSS_CHECK_RUN_H_

#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "gateway/liaison/cross_check.h"
#include "gateway/liaison/hit_feed.h"
#include "gateway/liaison/liaison_house.h"
#include "gateway/liaison/state_word.h"

namespace tracegate {

// One cross-check under way: asks each State, and tells each one's word as it comes. Every State speaks exactly once; one
// that has not spoken when the time is up is told as UNAVAILABLE.
//
// The request and every question that goes abroad are durable before they leave; what a State said, who was told of a
// hit and the reply stand in the log together before the reply goes.
//
// Thread safety: all methods from any thread. Lifetime: callbacks hold the run alive until every State has spoken.
class CrossCheckRun : public std::enable_shared_from_this<CrossCheckRun> {
 public:
  // A serialised v1::CrossCheckResponse with its receipt; false once nobody listens any more.
  using Tell = std::function<bool(std::string)>;
  // Once, last: OK where every State was heard of.
  using End = std::function<void(absl::Status)>;

  // `liaison` and `feed` outlive the run. At least one State.
  CrossCheckRun(const LiaisonHouse* liaison, HitFeed* feed, CrossCheck check,
                std::vector<CheckedState> parties, Tell tell, End end);

  // Records the request, then asks. Once. When `draining` is asked to stop, whoever has not spoken is told as that.
  void Start(const std::stop_token& draining);

 private:
  void AskAll();
  void Ask(size_t number);
  void OnFound(size_t number, absl::StatusOr<adapter::v1::FindResponse> found);
  void OnWord(size_t number, absl::StatusOr<CrossCheckWord> word);
  // The word of a registry of this house, or why it may not be told.
  StateWord Judge(const CheckedState& party, const adapter::v1::FindResponse& found) const;
  // Records the word and tells it, unless the State has spoken.
  void Speak(size_t number, StateWord word);
  void Told(absl::StatusOr<Recorded> recorded);
  // Speaks for all who have not.
  void CloseOut(const absl::Status& why);
  void Finish(const absl::Status& status);

  const LiaisonHouse* const liaison_;
  HitFeed* const feed_;
  const CrossCheck check_;
  const std::vector<CheckedState> parties_;
  const Tell tell_;
  const End end_;
  std::stop_source cancel_;

  // Held while a word is taken and handed to the log, so that words are told in the order in which they count down.
  absl::Mutex order_ ABSL_ACQUIRED_BEFORE(mutex_);
  absl::Mutex mutex_;
  std::vector<bool> spoken_ ABSL_GUARDED_BY(mutex_);
  int outstanding_ ABSL_GUARDED_BY(mutex_);  // who have not spoken
  int untold_ ABSL_GUARDED_BY(mutex_);       // whose word has not been told yet
  bool finished_ ABSL_GUARDED_BY(mutex_) = false;
  Timers::Id timer_ ABSL_GUARDED_BY(mutex_) = 0;
  std::optional<std::stop_callback<std::function<void()>>> draining_;
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_LIAISON_CROSS_CHECK_RUN_H_
