#ifndef TRACEGATE_GATEWAY_LIAISON_CROSS_CHECK_RECORD_H_
#define TRACEGATE_GATEWAY_LIAISON_CROSS_CHECK_RECORD_H_

#include <string>
#include <vector>

#include "gateway/evidence/evidence_log.h"
#include "gateway/liaison/cross_check.h"
#include "gateway/liaison/hit_feed.h"
#include "gateway/liaison/liaison_house.h"
#include "gateway/liaison/state_word.h"

namespace tracegate {

// What the log keeps of a cross-check. Every entry has the check's id as its trace_id.

// Before anybody is asked: the request as received, and each question that goes abroad. The agreement under which a
// question is counted stands once: beside the request where another State's gateway asks, beside the question where an
// officer of this house does.
RecordDraft OpeningOf(const LiaisonHouse& liaison, const CrossCheck& check,
                      const std::vector<CheckedState>& parties);

// Before a State's word is told: what was said or why nothing was, each notice of a hit (HIT_NOTIFIED) to the owner of
// the record and to the searcher where they are of this house, and the reply. Of a subscription's check there is no reply,
// and the searcher hears of a hit that `feed` has not told.
RecordDraft WordDraft(const LiaisonHouse& liaison, const HitFeed& feed, const CrossCheck& check,
                      const CheckedState& party, const StateWord& word);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_LIAISON_CROSS_CHECK_RECORD_H_
