#include "adapters/marking/match.h"

#include <algorithm>
#include <utility>

#include "adapters/marking/confusion.h"
#include "adapters/marking/field_agreement.h"
#include "adapters/marking/item_view.h"
#include "adapters/marking/match_reason.h"
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

// What the fields leave of an exact match. The maker's stands behind the serial's, the first.
v1::MatchGrade GradeOf(const v1::Candidate& candidate) {
  const v1::MatchReason& maker = candidate.reasons(1);
  if (Contradicts(maker)) return v1::MATCH_GRADE_POSSIBLE;
  const bool agree =
      maker.effect() == v1::MATCH_EFFECT_AGREES &&
      std::none_of(candidate.reasons().begin() + 1, candidate.reasons().end(), Contradicts);
  return agree ? v1::MATCH_GRADE_EXACT : v1::MATCH_GRADE_PROBABLE;
}

void AddFields(const v1::Item& asked, const ComparedRecord& recorded, v1::Candidate& candidate) {
  Explain(recorded.maker, *candidate.add_reasons());
  if (asked.has_weapon()) Explain(recorded.model, *candidate.add_reasons());
  Explain(recorded.calibre, *candidate.add_reasons());
  CompareCountries(ItemView(asked).CountryOfManufacture(), recorded.read.country_of_manufacture(),
                   *candidate.add_reasons());
  if (!asked.has_weapon()) return;
  CompareYears(asked.weapon().year_of_manufacture(), FirstProofOf(asked.weapon()),
               recorded.year_of_manufacture, *candidate.add_reasons());
  CompareTypes(asked.weapon().type(), recorded.read.type(), *candidate.add_reasons());
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

template <typename Word>
struct WordPair {
  WordPair(const v1::Term& asked_term, const v1::Term& recorded_term)
      : asked(asked_term), recorded(recorded_term) {}
  ComparedWord Compared() const { return {&asked, &recorded, AgreementOf(asked, recorded)}; }

  const Word asked;
  const Word recorded;
};

// Whether the one number is the other with letters or zeros more: what was read may be all that is
// left of the longer.
bool IsLongerOrShorter(const v1::MatchReason& serial) {
  const auto slip = SlipBetween(ReadSerial(serial.asked()).key, ReadSerial(serial.recorded()).key);
  return slip && (slip->kind == SlipKind::kAffix || slip->kind == SlipKind::kLeadingZeros);
}

}  // namespace

// Set so that what is seldomer mistaken weighs more: makers, then models, then calibres. A field
// that tells nothing lies between one that agrees and one that contradicts.
double FactorOf(std::string_view field, v1::MatchEffect effect, bool same_text) {
  const bool maker = field == "manufacturer";
  const bool model = field == "model";
  const bool calibre = field == "calibre";
  switch (effect) {
    case v1::MATCH_EFFECT_AGREES: return same_text ? 1 : 0.99;
    case v1::MATCH_EFFECT_DIFFERS: return maker ? 0.35 : model ? 0.45 : calibre ? 0.5 : 0.7;
    case v1::MATCH_EFFECT_COMPATIBLE: return maker ? 0.85 : same_text ? 0.97 : 0.92;
    default: return maker ? 0.75 : 0.91;
  }
}

double FactorOf(const v1::MatchReason& field) {
  return FactorOf(field.field(), field.effect(), field.asked() == field.recorded());
}

bool Contradicts(const v1::MatchReason& reason) {
  return reason.effect() == v1::MATCH_EFFECT_DIFFERS;
}

void Weigh(const ItemReading& asked, const ComparedRecord& recorded, v1::Candidate& candidate) {
  const SerialReading& serial = asked.serial;
  const SerialAgreement agreement = CompareSerials(serial, recorded.serial);
  candidate.set_needs_confirmation(true);
  v1::MatchReason& reason = *candidate.add_reasons();
  SetWords(reason, "serial_number", serial.verbatim, recorded.serial.verbatim);
  if (agreement.effect == v1::MATCH_EFFECT_UNSPECIFIED) {
    const bool told = !serial.numbers.empty() && !recorded.serial.numbers.empty();
    SetEffect(reason, told ? v1::MATCH_EFFECT_DIFFERS : v1::MATCH_EFFECT_NOT_RECORDED);
    return;
  }
  SetEffect(reason, agreement.effect, agreement.note);
  AddFields(asked.item, recorded, candidate);

  double score = agreement.score;
  for (int i = 1; i < candidate.reasons_size(); ++i) score *= FactorOf(candidate.reasons(i));
  candidate.set_score(score);
  // Grades are numbered from the best down, so the worst of several is the greatest number.
  v1::MatchGrade grade = std::max(GradeOf(candidate), BestGrade(asked, recorded.serial));
  if (agreement.effect != v1::MATCH_EFFECT_AGREES) grade = v1::MATCH_GRADE_POSSIBLE;
  candidate.set_grade(grade);
  candidate.set_needs_confirmation(grade != v1::MATCH_GRADE_EXACT);
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
  const v1::Firearm& recorded = read.item.weapon();
  const ItemView view(asked.item);
  const WordPair<MakerWord> makers(view.Manufacturer(), recorded.manufacturer());
  const WordPair<ModelWord> models(asked.item.weapon().model(), recorded.model());
  const WordPair<CalibreWord> calibres(view.Calibre(), recorded.calibre());
  v1::Candidate candidate;
  Weigh(asked,
        {read.serial, recorded, recorded.year_of_manufacture(), makers.Compared(),
         models.Compared(), calibres.Compared()},
        candidate);
  *candidate.mutable_record() = record;
  return candidate;
}

v1::Candidate Compare(const v1::Item& asked, const v1::RegistryRecord& record) {
  return Compare(ItemReading(asked), record);
}

}  // namespace tracegate
