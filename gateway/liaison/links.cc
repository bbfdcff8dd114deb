#include "gateway/liaison/links.h"

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "adapters/marking/match.h"
#include "adapters/marking/text.h"
#include "gateway/policy/handling.h"
#include "gateway/policy/question_window.h"
#include "gateway/tracing/trace_state.h"
#include "gateway/transfers/transfer_rows.h"
#include "protos/tracegate/dates.h"

namespace tracegate {
namespace {

constexpr double kPartyScore = 0.5;
constexpr double kPlaceScore = 0.4;

bool AskedBy(const Caller& caller, const v1::Trace& trace) {
  const v1::Agency& asking = trace.request().requesting_agency();
  return asking.state() == caller.state && asking.name() == caller.agency;
}

// ITI 15: whom an answer names may read it; where it names nobody, the agency that asked.
bool MayRead(const Caller& caller, const v1::Trace& trace, const v1::Hop& hop) {
  if (hop.to_state() == caller.state) return true;
  const auto& recipients = hop.answer().handling().recipients();
  if (recipients.empty()) return AskedBy(caller, trace);
  return std::any_of(recipients.begin(), recipients.end(), [&](const std::string& body) {
    return body == caller.state || body == caller.state + "/" + caller.agency;
  });
}

void AddSource(const v1::Party& party, std::set<std::string>* sources) {
  if (party.kind() != v1::PARTY_KIND_DEALER && party.kind() != v1::PARTY_KIND_BROKER) return;
  sources->insert(PartyWord(party));
}

bool CrossesBorder(const v1::LifeEvent& event) {
  return event.kind() == v1::LIFE_EVENT_KIND_EXPORT || event.kind() == v1::LIFE_EVENT_KIND_IMPORT;
}

void AddParties(const v1::Answer& answer, LinkedThing* thing) {
  for (const v1::Candidate& candidate : answer.candidates()) {
    for (const v1::LifeEvent& event : candidate.record().events()) {
      AddSource(event.from_party(), &thing->sources);
      AddSource(event.to_party(), &thing->sources);
      if (CrossesBorder(event)) thing->consignees.insert(PartyWord(event.to_party()));
    }
  }
  thing->sources.erase("");
  thing->consignees.erase("");
  thing->parties_confirmed &=
      answer.candidates_size() <= 1 &&
      (answer.candidates().empty() || !answer.candidates(0).needs_confirmation());
}

WeaponAsked WeaponOf(const ItemReading& read) {
  const v1::Term& maker = read.item.weapon().manufacturer();
  return WeaponAskedOf(FoldWord(maker.canonical().empty() ? maker.verbatim() : maker.canonical()),
                       read.serial.key);
}

std::string ModelOf(const ItemReading& read) {
  const v1::Term& model = read.item.weapon().model();
  return FoldWord(model.canonical().empty() ? model.verbatim() : model.canonical());
}

std::optional<v1::Link> SameItem(const LinkedThing& from, const LinkedThing& to) {
  if (!to.read.item.has_weapon()) return std::nullopt;
  v1::RegistryRecord other;
  *other.mutable_firearm() = to.read.item.weapon();
  const v1::Candidate match = Compare(from.read, other);
  if (match.grade() == v1::MATCH_GRADE_UNSPECIFIED) return std::nullopt;
  v1::Link link;
  link.set_basis("serials " + from.read.serial.verbatim + " and " + to.read.serial.verbatim +
                 (match.needs_confirmation() ? " may be the same weapon's"
                                             : ", and every mark that both give agrees"));
  link.set_score(0.5 + match.score() / 2);
  link.set_needs_confirmation(match.needs_confirmation());
  return link;
}

std::optional<v1::Link> Neighbour(const LinkedThing& from, const LinkedThing& to,
                                  int distance_max) {
  const WeaponAsked one = WeaponOf(from.read);
  const WeaponAsked other = WeaponOf(to.read);
  if (!one.number || !other.number || one.maker.empty()) return std::nullopt;
  if (one.maker != other.maker || one.letters != other.letters) return std::nullopt;
  const std::string model = ModelOf(from.read);
  const std::string other_model = ModelOf(to.read);
  if (!model.empty() && !other_model.empty() && model != other_model) return std::nullopt;
  const int64_t distance = std::abs(*one.number - *other.number);
  if (distance == 0 || distance > distance_max) return std::nullopt;
  const bool same_model = !model.empty() && model == other_model;
  v1::Link link;
  link.set_basis("serials " + from.read.serial.verbatim + " and " + to.read.serial.verbatim +
                 (same_model ? ", same maker and model" : ", same maker, model not told of both"));
  link.set_score(0.5 - 0.5 * static_cast<double>(distance) / (distance_max + 1));
  link.set_needs_confirmation(!same_model);
  return link;
}

std::optional<v1::Link> SameParty(const LinkedThing& from, const LinkedThing& to,
                                  std::set<std::string> LinkedThing::*parties, const char* who) {
  const std::set<std::string>& others = to.*parties;
  const bool share = std::any_of((from.*parties).begin(), (from.*parties).end(),
                                 [&](const auto& party) { return others.contains(party); });
  if (!share) return std::nullopt;
  v1::Link link;
  link.set_basis(std::string("records of both name the same ") + who);
  link.set_score(kPartyScore);
  link.set_needs_confirmation(!from.parties_confirmed || !to.parties_confirmed);
  return link;
}

std::optional<v1::Link> SamePlace(const LinkedThing& from, const LinkedThing& to,
                                  std::string LinkedThing::*place, const char* basis) {
  if ((from.*place).empty() || from.*place != to.*place) return std::nullopt;
  v1::Link link;
  link.set_basis(basis);
  link.set_score(kPlaceScore);
  return link;
}

// Two of one place and day; less says nothing.
std::string FindOf(const v1::Recovery& recovery) {
  const std::string place = FoldWord(recovery.place());
  if (place.empty() || recovery.date().day() == 0) return "";
  return recovery.state() + " " + DateText(recovery.date()) + " " + place;
}

std::string DiversionOf(const v1::PointOfDiversion& point) {
  if (!point.established() || point.after().day() == 0) return "";
  return point.state() + " " + DateText(point.after());
}

std::optional<v1::Link> Linked(v1::LinkKind kind, const LinkedThing& from, const LinkedThing& to,
                               int serial_distance_max) {
  switch (kind) {
    case v1::LINK_KIND_SAME_ITEM: return SameItem(from, to);
    case v1::LINK_KIND_NEIGHBOURING_SERIAL: return Neighbour(from, to, serial_distance_max);
    case v1::LINK_KIND_SAME_SOURCE:
      return SameParty(from, to, &LinkedThing::sources, "dealer or broker");
    case v1::LINK_KIND_SAME_CONSIGNEE:
      return SameParty(from, to, &LinkedThing::consignees, "consignee");
    case v1::LINK_KIND_SAME_FIND:
      return SamePlace(from, to, &LinkedThing::find, "recovered at one place on one day");
    case v1::LINK_KIND_SAME_POINT_OF_DIVERSION:
      return SamePlace(from, to, &LinkedThing::diversion, "diverted in one State after one day");
    default: return std::nullopt;
  }
}

}  // namespace

LinkedThing LinkedTrace(const Caller& caller, const v1::Trace& trace) {
  LinkedThing thing{.end = {}, .read = ItemReading(TracedItem(trace))};
  thing.end.set_trace_id(trace.trace_id());
  thing.end.set_state(trace.request().recovery().state());
  if (trace.request().recovery().has_date()) {
    *thing.end.mutable_date() = trace.request().recovery().date();
  }
  thing.parties_confirmed = true;
  thing.find = FindOf(trace.request().recovery());
  // A finding is drawn from all answers: it is the asker's to read.
  if (AskedBy(caller, trace)) thing.diversion = DiversionOf(trace.finding().point_of_diversion());
  for (const v1::Hop& hop : trace.hops()) {
    if (!hop.has_answer()) continue;
    JoinHandling(hop.answer().handling(), &thing.handling);
    if (MayRead(caller, trace, hop)) AddParties(hop.answer(), &thing);
  }
  return thing;
}

LinkedThing LinkedItem(const v1::Item& item) {
  LinkedThing thing{.end = {}, .read = ItemReading(item)};
  *thing.end.mutable_item() = item;
  return thing;
}

std::optional<v1::Link> LinkOf(v1::LinkKind kind, const LinkedThing& from, const LinkedThing& to,
                               int serial_distance_max) {
  auto link = Linked(kind, from, to, serial_distance_max);
  if (!link) return std::nullopt;
  link->set_kind(kind);
  *link->mutable_from_end() = from.end;
  *link->mutable_to_end() = to.end;
  *link->mutable_handling() = from.handling;
  JoinHandling(to.handling, link->mutable_handling());
  return link;
}

}  // namespace tracegate
