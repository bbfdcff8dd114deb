#ifndef TRACEGATE_ADAPTERS_MARKING_MATCH_H_
#define TRACEGATE_ADAPTERS_MARKING_MATCH_H_

#include <array>

#include "adapters/marking/field_words.h"
#include "adapters/marking/reading.h"
#include "adapters/marking/serial_agreement.h"
#include "tracegate/v1/trace.pb.h"

namespace tracegate {

// Compares what was found with a registry's record: the record as a candidate, with grade, score
// and one reason per field that either side tells, the serial's first.
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

// A record, read: for who holds one item against many. The words are compared already, since many
// records have the same ones.
struct ComparedRecord {
  const SerialReading& serial;
  const v1::Firearm& read;  // only what is neither serial, nor year, nor among the words
  int year_of_manufacture = 0;
  ComparedWord maker;
  ComparedWord model;
  ComparedWord calibre;
};

// What a record is worth. Where the serial cannot be the same, nothing else is compared.
struct MatchJudgement {
  SerialAgreement serial;
  // Maker, model, calibre, country, year, type; one that is not compared has no name.
  std::array<FieldAgreement, 6> fields;
  double score = 0;
  v1::MatchGrade grade = v1::MATCH_GRADE_UNSPECIFIED;
};

MatchJudgement Judge(const ItemReading& asked, const ComparedRecord& recorded);

// Writes the candidate that the record is judged to be, its record left out, to `candidate`, which is
// empty before.
void Explain(const ItemReading& asked, const ComparedRecord& recorded,
             const MatchJudgement& judgement, v1::Candidate& candidate);

// By how much a field scales the score of a candidate, 0..1.
double FactorOf(const FieldAgreement& field);

// Whether a second record may as well be the weapon that is asked for as the one judged `exact`,
// which agrees in every mark: then neither is the weapon without a person's judgement. It may where
// its serial agrees as written, unless another maker, another model, or two other fields set it apart:
// a calibre alone is too often wrong. And it may where its serial agrees but for confused or unread
// characters, its maker agrees, none of its fields agrees worse than the same field of `exact`, and
// one agrees better, or its number is the other with letters or zeros more: the number asked for may
// be a misreading of this one, or what is left of it.
bool MayBeMeant(const MatchJudgement& other, const MatchJudgement& exact);

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_MARKING_MATCH_H_
