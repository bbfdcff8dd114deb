#include "adapters/marking/match.h"

#include <algorithm>
#include <utility>

#include "adapters/marking/confusion.h"
#include "adapters/marking/field_agreement.h"
#include "adapters/marking/item_view.h"
#include "adapters/marking/proof_years.h"
#include "adapters/marking/serial.h"
#include "adapters/marking/serial_agreement.h"

namespace tracegate {
namespace {

// What else keeps a serial from being the weapon's own, as marked.
v1::MatchGrade BestGrade(const ItemReading& asked, const SerialReading& recorded) {
  const SerialReading& serial = asked.serial;
  if (asked.item.has_essential_part() && !IsFramePart(asked.item.essential_part().part()))
    return v1::MATCH_GRADE_POSSIBLE;
  const v1::SerialStatus told = asked.item.weapon().serial_status();
  for (const v1::SerialStatus status : {serial.status, recorded.status, told}) {
    if (status == v1::SERIAL_STATUS_COUNTERFEIT) return v1::MATCH_GRADE_POSSIBLE;
    if (status == v1::SERIAL_STATUS_PARTIAL) return v1::MATCH_GRADE_POSSIBLE;
  }
  const bool restored = serial.status == v1::SERIAL_STATUS_RESTORED ||
                        told == v1::SERIAL_STATUS_RESTORED ||
                        recorded.status == v1::SERIAL_STATUS_RESTORED;
  const bool damaged =
      serial.damage != SpreadsheetDamage::kNone || recorded.damage != SpreadsheetDamage::kNone;
  return restored || damaged ? v1::MATCH_GRADE_PROBABLE : v1::MATCH_GRADE_EXACT;
}

v1::MatchGrade GradeOf(const std::vector<v1::MatchReason>& fields) {
  if (Contradicts(fields.front())) return v1::MATCH_GRADE_POSSIBLE;
  return FieldsAgree(fields) ? v1::MATCH_GRADE_EXACT : v1::MATCH_GRADE_PROBABLE;
}

// A registry's own code table knows its codes better than any catalogue: what it gave stays.
void KeepCanonical(const v1::Term& given, v1::Term* read) {
  if (given.canonical().empty()) return;
  read->set_canonical(given.canonical());
  read->clear_could_be();
}

ItemReading ReadRecorded(const v1::Firearm& recorded) {
  v1::Item item;
  *item.mutable_weapon() = recorded;
  ItemReading read(std::move(item));
  KeepCanonical(recorded.manufacturer(), read.item.mutable_weapon()->mutable_manufacturer());
  KeepCanonical(recorded.calibre(), read.item.mutable_weapon()->mutable_calibre());
  return read;
}

// Whether the one number is the other with letters or zeros more: what was read may be all that is
// left of the longer.
bool IsLongerOrShorter(const v1::MatchReason& serial) {
  const auto slip = SlipBetween(ReadSerial(serial.asked()).key, ReadSerial(serial.recorded()).key);
  return slip && (slip->kind == SlipKind::kAffix || slip->kind == SlipKind::kLeadingZeros);
}

}  // namespace

// Set so that what is seldomer mistaken weighs more: makers, then models, then calibres. A field
// that tells nothing lies between one that agrees and one that contradicts.
double FactorOf(const v1::MatchReason& field) {
  const bool maker = field.field() == "manufacturer";
  const bool model = field.field() == "model";
  const bool calibre = field.field() == "calibre";
  const bool same_words = field.asked() == field.recorded();
  switch (field.effect()) {
    case v1::MATCH_EFFECT_AGREES: return same_words ? 1 : 0.99;
    case v1::MATCH_EFFECT_DIFFERS: return maker ? 0.35 : model ? 0.45 : calibre ? 0.5 : 0.7;
    case v1::MATCH_EFFECT_COMPATIBLE: return maker ? 0.85 : same_words ? 0.97 : 0.92;
    default: return maker ? 0.75 : 0.91;
  }
}

bool Contradicts(const v1::MatchReason& reason) {
  return reason.effect() == v1::MATCH_EFFECT_DIFFERS;
}

std::vector<v1::MatchReason> CompareFields(const v1::Item& asked, const v1::Firearm& recorded) {
  const ItemView view(asked);
  std::vector<v1::MatchReason> reasons;
  reasons.push_back(CompareMakers(view.Manufacturer(), recorded.manufacturer()));
  if (asked.has_weapon())
    reasons.push_back(CompareModels(asked.weapon().model(), recorded.model()));
  reasons.push_back(CompareCalibres(view.Calibre(), recorded.calibre()));
  reasons.push_back(
      CompareCountries(view.CountryOfManufacture(), recorded.country_of_manufacture()));
  if (asked.has_weapon()) {
    reasons.push_back(CompareYears(asked.weapon().year_of_manufacture(),
                                   FirstProofOf(asked.weapon()), recorded.year_of_manufacture()));
    reasons.push_back(CompareTypes(asked.weapon().type(), recorded.type()));
  }
  return reasons;
}

bool FieldsAgree(const std::vector<v1::MatchReason>& fields) {
  return fields.front().effect() == v1::MATCH_EFFECT_AGREES &&
         std::none_of(fields.begin(), fields.end(), Contradicts);
}

v1::Candidate Weigh(const ItemReading& asked, const SerialReading& recorded,
                    const std::vector<v1::MatchReason>& fields) {
  const SerialReading& serial = asked.serial;
  const SerialAgreement agreement = CompareSerials(serial, recorded);
  v1::Candidate candidate;
  candidate.set_needs_confirmation(true);
  v1::MatchReason& reason = *candidate.add_reasons();
  reason.set_field("serial_number");
  reason.set_asked(serial.verbatim);
  reason.set_recorded(recorded.verbatim);
  reason.set_note(agreement.note);
  if (agreement.effect == v1::MATCH_EFFECT_UNSPECIFIED) {
    const bool told = !serial.numbers.empty() && !recorded.numbers.empty();
    reason.set_effect(told ? v1::MATCH_EFFECT_DIFFERS : v1::MATCH_EFFECT_NOT_RECORDED);
    return candidate;
  }
  reason.set_effect(agreement.effect);

  double score = agreement.score;
  // Grades are numbered from the best down, so the worst of several is the greatest number.
  v1::MatchGrade grade = std::max(GradeOf(fields), BestGrade(asked, recorded));
  if (agreement.effect != v1::MATCH_EFFECT_AGREES) grade = v1::MATCH_GRADE_POSSIBLE;
  for (const v1::MatchReason& field : fields) {
    score *= FactorOf(field);
    *candidate.add_reasons() = field;
  }
  candidate.set_score(score);
  candidate.set_grade(grade);
  candidate.set_needs_confirmation(grade != v1::MATCH_GRADE_EXACT);
  return candidate;
}

bool MayBeMeant(const v1::Candidate& candidate, const v1::Candidate& exact) {
  if (candidate.grade() == v1::MATCH_GRADE_UNSPECIFIED) return false;
  v1::MatchEffect maker = v1::MATCH_EFFECT_UNSPECIFIED;
  bool other_model = false;
  bool agrees_worse = false;
  bool agrees_better = false;
  int contradictions = 0;
  for (int i = 1; i < candidate.reasons_size(); ++i) {
    const v1::MatchReason& reason = candidate.reasons(i);
    if (reason.field() == "manufacturer") maker = reason.effect();
    agrees_worse = agrees_worse || FactorOf(reason) < FactorOf(exact.reasons(i));
    agrees_better = agrees_better || FactorOf(reason) > FactorOf(exact.reasons(i));
    if (!Contradicts(reason)) continue;
    ++contradictions;
    other_model = other_model || reason.field() == "model";
  }
  if (maker == v1::MATCH_EFFECT_DIFFERS) return false;
  const bool as_written = candidate.reasons(0).effect() == v1::MATCH_EFFECT_AGREES;
  if (!as_written) {
    if (maker != v1::MATCH_EFFECT_AGREES || agrees_worse) return false;
    return agrees_better || IsLongerOrShorter(candidate.reasons(0));
  }
  return maker == v1::MATCH_EFFECT_AGREES ? !other_model && contradictions < 2
                                          : contradictions == 0;
}

v1::Candidate Compare(const ItemReading& asked, const v1::RegistryRecord& record) {
  const ItemReading read = ReadRecorded(record.firearm());
  v1::Candidate candidate =
      Weigh(asked, read.serial, CompareFields(asked.item, read.item.weapon()));
  *candidate.mutable_record() = record;
  return candidate;
}

v1::Candidate Compare(const v1::Item& asked, const v1::RegistryRecord& record) {
  return Compare(ItemReading(asked), record);
}

}  // namespace tracegate
