#ifndef TRACEGATE_ADAPTERS_MARKING_MATCH_H_
#define TRACEGATE_ADAPTERS_MARKING_MATCH_H_

#include <vector>

#include "adapters/marking/reading.h"
#include "tracegate/v1/trace.pb.h"

namespace tracegate {

// Compares what was found with a registry's record: the record as a candidate, with grade, score
// and one reason per field, the serial's first.
//
// EXACT needs the serial in the same characters, all of them read and none of them restored or
// re-stamped, the same maker, and no field that contradicts: a serial alone is never unique, makers
// and years reuse numbers. The serial alike with another field missing, imprecise or different is
// PROBABLE; with another maker, or alike only through confused, unread or other-script characters,
// POSSIBLE. MATCH_GRADE_UNSPECIFIED: the serial cannot be the same, so this is no candidate;
// reasons then hold the serial alone. needs_confirmation is true of all but EXACT.
//
// The record need not have been read before. A part that is no frame matches POSSIBLE at best;
// ammunition never. Pure; any thread.
v1::Candidate Compare(const ItemReading& asked, const v1::RegistryRecord& record);

// The same for an item that is held against one record alone, read before or not.
v1::Candidate Compare(const v1::Item& asked, const v1::RegistryRecord& record);

// The two halves of Compare, for who has read both sides already.
//
// How each field but the serial agrees, in the order of Candidate.reasons, the maker's first.
std::vector<v1::MatchReason> CompareFields(const v1::Item& asked, const v1::Firearm& recorded);

// The candidate, its record left out, that a record with such a serial and such fields is.
v1::Candidate Weigh(const ItemReading& asked, const SerialReading& recorded,
                    const std::vector<v1::MatchReason>& fields);

// By how much a field scales the score of a candidate, 0..1.
double FactorOf(const v1::MatchReason& field);

// Whether a field contradicts: both sides tell something, and it cannot be the same.
bool Contradicts(const v1::MatchReason& field);

// Whether nothing of the fields contradicts, and the maker agrees.
bool FieldsAgree(const std::vector<v1::MatchReason>& fields);

// Whether a second candidate may as well be the weapon that is asked for as `exact`, which agrees
// in every mark: then neither is the weapon without a person's judgement. It may where its serial
// agrees as written, unless another maker, another model, or two other fields set it apart: a
// calibre alone is too often wrong. And it may where its serial agrees but for confused or unread
// characters, its maker agrees, none of its fields agrees worse than the same field of `exact`, and
// one agrees better, or its number is the other with letters or zeros more: the number asked for may
// be a misreading of this one, or what is left of it.
bool MayBeMeant(const v1::Candidate& candidate, const v1::Candidate& exact);

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_MARKING_MATCH_H_
