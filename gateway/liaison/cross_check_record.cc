#include "gateway/liaison/cross_check_record.h"

#include <utility>

#include "gateway/liaison/hit_notices.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

EntryDraft GatewaysEntry(const LiaisonHouse& liaison, const CrossCheck& check,
                         const CheckedState& party, v1::EntryKind kind, std::string content) {
  EntryDraft entry;
  entry.header.set_kind(kind);
  entry.header.set_actor(liaison.house.gateway_id);
  entry.header.set_state(liaison.house.gateway_state);
  entry.header.set_trace_id(check.id);
  entry.header.set_to_state(party.state);
  entry.header.set_agreement_id(party.agreement_id);
  entry.content = std::move(content);
  return entry;
}

EntryDraft CallersEntry(const CrossCheck& check, v1::EntryKind kind, std::string content) {
  EntryDraft entry;
  entry.header.set_kind(kind);
  entry.header.set_actor(check.caller.spiffe_id);
  entry.header.set_state(check.caller.state);
  entry.header.set_method(check.method);
  entry.header.set_trace_id(check.id);
  entry.content = std::move(content);
  return entry;
}

EntryDraft WhatWasSaid(const LiaisonHouse& liaison, const CrossCheck& check,
                       const CheckedState& party, const StateWord& word) {
  if (!word.verbatim.empty()) {
    return GatewaysEntry(liaison, check, party, v1::ENTRY_KIND_HOP_ANSWERED, word.verbatim);
  }
  const v1::CrossCheckResponse& response = word.response;
  EntryDraft entry =
      GatewaysEntry(liaison, check, party, v1::ENTRY_KIND_HOP_FAILED,
                    response.has_failure() ? response.failure().message() : response.explanation());
  entry.header.set_reason(ReasonName(word.failure));
  return entry;
}

void AddNotices(const LiaisonHouse& liaison, const HitFeed& feed, const CrossCheck& check,
                const CheckedState& party, const StateWord& word,
                std::vector<EntryDraft>* entries) {
  const std::string& asking_state = check.request.requesting_agency().state();
  const auto book = liaison.directory->Now();
  const auto searcher = ContactOf(*book, asking_state, check.request.requesting_agency().name());
  for (const v1::HitNotice& notice : NoticesToOwner(word, check.request, searcher)) {
    entries->push_back(GatewaysEntry(liaison, check, party, v1::ENTRY_KIND_HIT_NOTIFIED,
                                     notice.SerializeAsString()));
  }
  if (!IsOwnOfficers(check)) return;
  for (const v1::Hit& hit : word.response.hits()) {
    const v1::HitNotice notice = NoticeToSearcher(hit, check);
    if (feed.WasTold(notice)) continue;
    EntryDraft& entry = entries->emplace_back(GatewaysEntry(
        liaison, check, party, v1::ENTRY_KIND_HIT_NOTIFIED, notice.SerializeAsString()));
    entry.header.set_to_state(asking_state);
  }
}

}  // namespace

RecordDraft OpeningOf(const LiaisonHouse& liaison, const CrossCheck& check,
                      const std::vector<CheckedState>& parties) {
  RecordDraft draft;
  EntryDraft& request = draft.entries.emplace_back(
      CallersEntry(check, v1::ENTRY_KIND_REQUEST_RECEIVED, check.request_bytes));
  if (!IsOwnOfficers(check)) {
    request.header.set_to_state(parties[0].state);
    request.header.set_agreement_id(parties[0].agreement_id);
    return draft;
  }
  for (const CheckedState& party : parties) {
    if (!party.verdict.ok() || !CrossesBorder(check, party)) continue;
    std::string question = party.registry->cross_checker != nullptr
                               ? RequestTo(check, party.state).SerializeAsString()
                               : QuestionFor(check, party.state).SerializeAsString();
    draft.entries.push_back(
        GatewaysEntry(liaison, check, party, v1::ENTRY_KIND_HOP_ASKED, std::move(question)));
  }
  return draft;
}

RecordDraft WordDraft(const LiaisonHouse& liaison, const HitFeed& feed, const CrossCheck& check,
                      const CheckedState& party, const StateWord& word) {
  RecordDraft draft;
  draft.entries.push_back(WhatWasSaid(liaison, check, party, word));
  AddNotices(liaison, feed, check, party, word, &draft.entries);
  if (!check.subscription_id.empty()) return draft;
  draft.reply_entry = static_cast<int>(draft.entries.size());
  EntryDraft& reply = draft.entries.emplace_back(
      CallersEntry(check, v1::ENTRY_KIND_ANSWER_DISCLOSED, word.response.SerializeAsString()));
  reply.header.set_to_state(check.request.requesting_agency().state());
  if (!IsOwnOfficers(check)) reply.header.set_agreement_id(party.agreement_id);
  return draft;
}

}  // namespace tracegate
