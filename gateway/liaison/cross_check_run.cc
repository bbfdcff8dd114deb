#include "gateway/liaison/cross_check_run.h"

#include <algorithm>
#include <utility>

#include "gateway/liaison/cross_check_record.h"
#include "gateway/liaison/cross_check_request.h"
#include "gateway/liaison/hit_notices.h"
#include "gateway/policy/handling.h"
#include "gateway/tracing/metering.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

// What went wrong inside a house is its own matter: another State learns that, and the reason.
absl::Status ToldAbroad(const std::string& state, const absl::Status& why) {
  v1::FailureDetail detail;
  detail.set_reason(DetailOf(why).reason());
  return FailureWithDetail(why.code(), "the registry of " + state + " could not be asked", detail);
}

absl::Status Draining() { return Failure(v1::REASON_DRAINING, "the gateway is stopping"); }

}  // namespace

CrossCheckRun::CrossCheckRun(const LiaisonHouse* liaison, HitFeed* feed, CrossCheck check,
                             std::vector<CheckedState> parties, Tell tell, End end)
    : liaison_(liaison),
      feed_(feed),
      check_(std::move(check)),
      parties_(std::move(parties)),
      tell_(std::move(tell)),
      end_(std::move(end)),
      spoken_(parties_.size(), false),
      outstanding_(static_cast<int>(parties_.size())),
      untold_(static_cast<int>(parties_.size())) {}

void CrossCheckRun::Start(const std::stop_token& draining) {
  liaison_->house.log->Append(
      OpeningOf(*liaison_, check_, parties_),
      [self = shared_from_this(), draining](const auto& recorded) {
        if (!recorded.ok()) return self->Finish(recorded.status());
        const std::weak_ptr<CrossCheckRun> run = self;
        const auto close_out = [run](const absl::Status& why) {
          if (const auto open = run.lock()) open->CloseOut(why);
        };
        {
          absl::MutexLock lock(&self->mutex_);
          self->timer_ = self->liaison_->house.timers->At(self->check_.deadline, [close_out] {
            close_out(Failure(v1::REASON_DEADLINE_EXCEEDED, "the State did not answer in time"));
          });
        }
        self->draining_.emplace(draining, [close_out] { close_out(Draining()); });
        self->AskAll();
      });
}

void CrossCheckRun::AskAll() {
  for (size_t i = 0; i < parties_.size(); ++i) {
    if (parties_[i].verdict.ok()) {
      Ask(i);
    } else {
      Speak(i, WordOfFailure(parties_[i].state, parties_[i].verdict));
    }
  }
}

void CrossCheckRun::Ask(size_t number) {
  const CheckedState& party = parties_[number];
  const StepGate::Step step(liaison_->house.gate);
  if (!step) return Speak(number, WordOfFailure(party.state, Draining()));
  RegistryCall call;
  call.deadline = std::min(check_.deadline, liaison_->house.clock() + party.registry->timeout);
  call.cancelled = cancel_.get_token();
  if (party.registry->cross_checker != nullptr) {
    return party.registry->cross_checker->CrossCheck(
        std::move(call), RequestTo(check_, party.state),
        [self = shared_from_this(), number](auto word) { self->OnWord(number, std::move(word)); });
  }
  party.registry->adapter->Find(
      std::move(call), QuestionFor(check_, party.state),
      [self = shared_from_this(), number](auto found) { self->OnFound(number, std::move(found)); });
}

void CrossCheckRun::OnFound(size_t number, absl::StatusOr<adapter::v1::FindResponse> found) {
  const CheckedState& party = parties_[number];
  if (found.ok()) return Speak(number, Judge(party, *found));
  const absl::Status told =
      CrossesBorder(check_, party) ? ToldAbroad(party.state, found.status()) : found.status();
  Speak(number, WordOfFailure(party.state, told));
}

StateWord CrossCheckRun::Judge(const CheckedState& party,
                               const adapter::v1::FindResponse& found) const {
  const House& house = liaison_->house;
  const absl::Time now = house.clock();
  const auto contacts = liaison_->directory->Now();
  StateWord word = WordOf(party.state, check_.read, found,
                          ContactOf(*contacts, party.state, party.registry->name), now);
  if (!CrossesBorder(check_, party)) return word;
  // The agreement of this moment decides what is told, as for a trace.
  const v1::TraceRequest question = QuestionTo(party.state, check_.request);
  const auto book = house.agreements->Now();
  const auto agreement = book->FindForCrossCheck(check_.request.requesting_agency().state(),
                                                 party.state, question, now);
  if (!agreement.ok()) return WordOfFailure(party.state, agreement.status());
  MeterAnswer(house, **agreement, question, check_.read, !word.response.hits().empty());
  for (v1::Hit& hit : *word.response.mutable_hits()) {
    JoinHandling(HandlingOf(**agreement), hit.mutable_handling());
  }
  return word;
}

void CrossCheckRun::OnWord(size_t number, absl::StatusOr<CrossCheckWord> word) {
  const CheckedState& party = parties_[number];
  if (!word.ok()) return Speak(number, WordOfFailure(party.state, word.status()));
  StateWord told;
  told.verbatim = std::move(word->verbatim);
  told.response = std::move(word->response);
  told.response.clear_receipt();  // theirs, over their bytes: it stands in the log with them
  const auto book = liaison_->house.agreements->Now();
  const auto agreement =
      book->FindForCrossCheck(check_.request.requesting_agency().state(), party.state,
                              QuestionTo(party.state, check_.request), liaison_->house.clock());
  for (v1::Hit& hit : *told.response.mutable_hits()) {
    if (agreement.ok()) JoinHandling(HandlingOf(**agreement), hit.mutable_handling());
  }
  Speak(number, std::move(told));
}

void CrossCheckRun::Speak(size_t number, StateWord word) {
  absl::MutexLock order(&order_);
  {
    absl::MutexLock lock(&mutex_);
    if (finished_ || spoken_[number]) return;
    spoken_[number] = true;
    --outstanding_;
    word.response.set_cross_check_id(check_.id);
    word.response.set_states_asked(static_cast<int32_t>(parties_.size()));
    word.response.set_states_outstanding(outstanding_);
  }
  RecordDraft draft = WordDraft(*liaison_, *feed_, check_, parties_[number], word);
  std::vector<EntryDraft> entries;
  if (!word.response.hits().empty()) entries = draft.entries;
  liaison_->house.log->Append(
      std::move(draft), [self = shared_from_this(), entries = std::move(entries)](auto recorded) {
        if (recorded.ok()) self->feed_->Take(recorded->first_index, entries);
        self->Told(std::move(recorded));
      });
}

void CrossCheckRun::Told(absl::StatusOr<Recorded> recorded) {
  if (!recorded.ok()) return Finish(recorded.status());
  if (!tell_(std::move(recorded->reply))) cancel_.request_stop();
  bool last = false;
  {
    absl::MutexLock lock(&mutex_);
    last = --untold_ == 0;
  }
  if (last) Finish(absl::OkStatus());
}

void CrossCheckRun::CloseOut(const absl::Status& why) {
  for (size_t i = 0; i < parties_.size(); ++i) Speak(i, WordOfFailure(parties_[i].state, why));
  cancel_.request_stop();
}

void CrossCheckRun::Finish(const absl::Status& status) {
  Timers::Id timer = 0;
  {
    absl::MutexLock lock(&mutex_);
    if (std::exchange(finished_, true)) return;
    timer = timer_;
  }
  liaison_->house.timers->Cancel(timer);
  cancel_.request_stop();
  end_(status);
}

}  // namespace tracegate
