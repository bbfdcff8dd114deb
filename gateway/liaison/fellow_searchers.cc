#include "gateway/liaison/fellow_searchers.h"

#include <algorithm>
#include <utility>

#include "gateway/liaison/cross_check_request.h"
#include "gateway/liaison/hit_notices.h"
#include "gateway/liaison/subscribe_request.h"
#include "gateway/policy/handling.h"
#include "gateway/tracing/same_weapon.h"
#include "gateway/tracing/stored_traces.h"
#include "gateway/tracing/timestamp.h"
#include "gateway/tracing/trace_id.h"
#include "gateway/tracing/trace_state.h"

namespace tracegate {
namespace {

std::string NameOf(const v1::Agency& agency) { return agency.state() + "/" + agency.name(); }

// Whom an agreement names may read what is told under it; where it names nobody, whoever asks.
bool LetsRead(const config::v1::Agreement& agreement, const v1::Agency& agency) {
  const auto& named = agreement.recipients();
  return named.empty() || std::any_of(named.begin(), named.end(), [&](const std::string& body) {
           return body == agency.state() || body == NameOf(agency);
         });
}

void FillIn(const std::string& id, std::string* where) {
  if (where->empty()) *where = id;
}

}  // namespace

FellowSearchers::Searcher FellowSearchers::SearcherOf(const Inquiry& inquiry) {
  Searcher searcher;
  const v1::Agency& agency = inquiry.request.requesting_agency();
  searcher.request.mutable_requesting_agency()->set_state(agency.state());
  searcher.request.mutable_requesting_agency()->set_name(agency.name());
  searcher.request.set_intended_use(inquiry.request.intended_use());
  searcher.request.set_confidentiality(inquiry.request.confidentiality());
  searcher.number = inquiry.read.serial.key;
  searcher.maker = inquiry.read.item.weapon().manufacturer();
  searcher.handling = inquiry.handling;
  searcher.trace_id = inquiry.trace_id;
  searcher.cross_check_id = inquiry.cross_check_id;
  searcher.subscription_id = inquiry.subscription_id;
  return searcher;
}

absl::Status FellowSearchers::Recall() {
  const auto rows = liaison_.house.store->OpenTraces();
  if (!rows.ok()) return rows.status();
  absl::MutexLock order(&order_);
  for (const TraceRow& row : *rows) {
    v1::Trace trace;
    if (row.asked_state.empty() || !trace.ParseFromString(row.body)) continue;
    Remember(SearcherOf({.request = trace.request(),
                         .read = ItemReading(TracedItem(trace)),
                         .trace_id = row.trace_id}));
  }
  return absl::OkStatus();
}

void FellowSearchers::Note(Inquiry inquiry) {
  if (!inquiry.read.item.has_weapon() || inquiry.read.serial.key.empty()) return;
  bool is_full = false;
  {
    absl::MutexLock lock(&mutex_);
    if (draining_) return;
    waiting_.push_back(std::move(inquiry));
    is_full = waiting_.size() > kWaitingMax;
  }
  if (is_full) {
    LookAtNext();
  } else {
    liaison_.house.timers->At(liaison_.house.clock(), [this] { LookAtNext(); });
  }
}

void FellowSearchers::Drain() {
  {
    absl::MutexLock lock(&mutex_);
    draining_ = true;
  }
  while (LookAtNext()) {
  }
}

bool FellowSearchers::LookAtNext() {
  absl::MutexLock order(&order_);
  std::optional<Inquiry> next;
  {
    absl::MutexLock lock(&mutex_);
    if (waiting_.empty()) return false;
    next = std::move(waiting_.front());
    waiting_.pop_front();
  }
  Look(*next);
  Remember(SearcherOf(*next));
  return true;
}

void FellowSearchers::Look(const Inquiry& inquiry) {
  const Searcher searcher = SearcherOf(inquiry);
  RecordDraft draft;
  for (const auto& [agency, other] : OthersThan(inquiry)) AddNotices(searcher, other, &draft);
  if (draft.entries.empty()) return;
  std::vector<EntryDraft> entries = draft.entries;
  liaison_.house.log->Append(std::move(draft),
                             [this, entries = std::move(entries)](const auto& recorded) {
                               // A log that fails stops the questions too.
                               if (recorded.ok()) feed_->Take(recorded->first_index, entries);
                             });
}

std::map<std::string, FellowSearchers::Searcher> FellowSearchers::OthersThan(
    const Inquiry& inquiry) {
  const std::string own = NameOf(inquiry.request.requesting_agency());
  std::map<std::string, Searcher> others;
  const auto add = [&](const Searcher& found) {
    const std::string agency = NameOf(found.request.requesting_agency());
    if (agency == own || StillWaits(found)) return;
    Searcher& other = others.try_emplace(agency, found).first->second;
    FillIn(found.trace_id, &other.trace_id);
    FillIn(found.cross_check_id, &other.cross_check_id);
    FillIn(found.subscription_id, &other.subscription_id);
  };
  TraceQuery own_agencies;
  own_agencies.direction = v1::TRACE_DIRECTION_ASKED_BY_US;
  for (const v1::Trace& trace :
       TracesOfWeapon(liaison_.house.store, std::move(own_agencies), inquiry.read)) {
    add(SearcherOf(
        {.request = trace.request(), .read = inquiry.read, .trace_id = trace.trace_id()}));
  }
  const std::string& number = inquiry.read.serial.key;
  const v1::Term& maker = inquiry.read.item.weapon().manufacturer();
  for (const v1::Subscription& subscription : standing_->OfWeapon(number, maker)) {
    add(SearcherOf({.request = QuestionTo("", StandingQuestion(subscription)),
                    .read = inquiry.read,
                    .handling = subscription.handling(),
                    .subscription_id = subscription.subscription_id()}));
  }
  for (auto one = remembered_.rbegin(); one != remembered_.rend(); ++one) {
    if (one->number == number && MayBeOneWeapon(number, maker, one->number, one->maker)) add(*one);
  }
  return others;
}

bool FellowSearchers::StillWaits(const Searcher& searcher) {
  absl::MutexLock lock(&mutex_);
  return std::any_of(waiting_.begin(), waiting_.end(), [&](const Inquiry& inquiry) {
    return inquiry.trace_id == searcher.trace_id &&
           inquiry.cross_check_id == searcher.cross_check_id &&
           inquiry.subscription_id == searcher.subscription_id;
  });
}

void FellowSearchers::AddNotices(const Searcher& one, const Searcher& other,
                                 RecordDraft* draft) const {
  const v1::Agency& agency = one.request.requesting_agency();
  const v1::Agency& other_agency = other.request.requesting_agency();
  if (agency.state() == other_agency.state()) {
    AddNotice(one, other, nullptr, draft);
    return AddNotice(other, one, nullptr, draft);
  }
  const auto book = liaison_.house.agreements->Now();
  const absl::Time now = liaison_.house.clock();
  const auto* lets_one =
      book->FindForDeconfliction(agency.state(), other_agency.state(), one.request, now);
  const auto* lets_other =
      book->FindForDeconfliction(other_agency.state(), agency.state(), other.request, now);
  if (lets_one == nullptr || lets_other == nullptr) return;
  if (!LetsRead(*lets_one, agency) || !LetsRead(*lets_other, other_agency)) return;
  AddNotice(one, other, lets_one, draft);
  AddNotice(other, one, lets_other, draft);
}

void FellowSearchers::AddNotice(const Searcher& to, const Searcher& of,
                                const config::v1::Agreement* agreement, RecordDraft* draft) const {
  const v1::Agency& reader = to.request.requesting_agency();
  const v1::Agency& fellow = of.request.requesting_agency();
  if (!liaison_.house.registries->Serves(reader.state())) return;
  const absl::Time now = liaison_.house.clock();
  v1::HitNotice notice;
  notice.set_side(v1::HIT_SIDE_FELLOW_SEARCHER);
  *notice.mutable_searcher() = fellow;
  *notice.mutable_searcher_contact() =
      ContactOf(*liaison_.directory->Now(), fellow.state(), fellow.name());
  notice.set_trace_id(to.trace_id);
  notice.set_cross_check_id(to.cross_check_id);
  notice.set_subscription_id(to.subscription_id);
  v1::Hit* hit = notice.mutable_hit();
  hit->set_hit_id(MakeTraceId(now));
  hit->set_state(fellow.state());
  *hit->mutable_contact() = notice.searcher_contact();
  hit->set_needs_confirmation(true);
  *hit->mutable_hit_time() = ToTimestamp(now);
  *hit->mutable_handling() = of.handling;
  if (agreement != nullptr) JoinHandling(HandlingOf(*agreement), hit->mutable_handling());
  hit->mutable_handling()->clear_recipients();
  hit->mutable_handling()->add_recipients(NameOf(reader));

  EntryDraft& entry = draft->entries.emplace_back();
  entry.header.set_kind(v1::ENTRY_KIND_HIT_NOTIFIED);
  entry.header.set_actor(liaison_.house.gateway_id);
  entry.header.set_state(liaison_.house.gateway_state);
  entry.header.set_to_state(reader.state());
  if (agreement != nullptr) entry.header.set_agreement_id(agreement->id());
  for (const std::string* id : {&to.trace_id, &to.subscription_id, &to.cross_check_id}) {
    if (entry.header.trace_id().empty()) entry.header.set_trace_id(*id);
  }
  entry.content = notice.SerializeAsString();
}

void FellowSearchers::Remember(Searcher searcher) {
  if (searcher.number.empty()) return;
  remembered_.push_back(std::move(searcher));
  if (remembered_.size() > kRememberedMax) remembered_.pop_front();
}

}  // namespace tracegate
