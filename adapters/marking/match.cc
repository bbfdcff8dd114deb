#include "adapters/marking/match.h"

#include <algorithm>
#include <string>
#include <utility>

#include "adapters/marking/confusion.h"
#include "adapters/marking/field_agreement.h"
#include "adapters/marking/item_view.h"
#include "adapters/marking/proof_years.h"
#include "adapters/marking/serial.h"
#include "adapters/marking/serial_agreement.h"

namespace tracegate {
namespace {

// The places of the fields of a MatchJudgement, in the order of a candidate's reasons.
enum FieldPlace : size_t { kMaker, kModel, kCalibre, kCountry, kYear, kType };

bool IsCompared(const FieldAgreement& field) { return !field.field.empty(); }

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

const FieldAgreement& MakerOf(const MatchJudgement& judgement) { return judgement.fields[kMaker]; }

// What the fields leave of an exact match.
v1::MatchGrade GradeOf(const MatchJudgement& judgement) {
  const FieldAgreement& maker = MakerOf(judgement);
  if (Contradicts(maker)) return v1::MATCH_GRADE_POSSIBLE;
  const bool agree = maker.effect == v1::MATCH_EFFECT_AGREES &&
                     std::none_of(judgement.fields.begin(), judgement.fields.end(),
                                  [](const FieldAgreement& field) { return Contradicts(field); });
  return agree ? v1::MATCH_GRADE_EXACT : v1::MATCH_GRADE_PROBABLE;
}

void CompareFields(const v1::Item& asked, const ComparedRecord& recorded,
                   MatchJudgement& judgement) {
  auto& fields = judgement.fields;
  fields[kMaker] = recorded.maker.agreement;
  fields[kCalibre] = recorded.calibre.agreement;
  fields[kCountry] =
      AgreementOf(ItemView(asked).CountryOfManufacture(), recorded.read.country_of_manufacture());
  if (!asked.has_weapon()) return;
  const v1::Firearm& weapon = asked.weapon();
  fields[kModel] = recorded.model.agreement;
  fields[kYear] = AgreementOfYears(weapon.year_of_manufacture(), FirstProofOf(weapon),
                                   recorded.year_of_manufacture);
  fields[kType] = AgreementOf(weapon.type(), recorded.read.type());
}

std::string Year(int year) { return year == 0 ? "" : std::to_string(year); }

// A field that neither side tells is no reason.
void AddReason(const FieldAgreement& field, std::string_view asked, std::string_view recorded,
               v1::Candidate& candidate) {
  const bool is_told = !asked.empty() || !recorded.empty();
  if (is_told || field.effect != v1::MATCH_EFFECT_NOT_RECORDED)
    Explain(field, asked, recorded, *candidate.add_reasons());
}

void AddReason(const ComparedWord& word, v1::Candidate& candidate) {
  AddReason(word.agreement, word.asked->term.verbatim(), word.recorded->term.verbatim(), candidate);
}

void AddReason(size_t place, FieldAgreement field, const v1::Item& asked,
               const ComparedRecord& recorded, v1::Candidate& candidate) {
  const v1::Firearm& weapon = asked.weapon();
  switch (place) {
    case kMaker: AddReason(recorded.maker, candidate); break;
    case kModel: AddReason(recorded.model, candidate); break;
    case kCalibre: AddReason(recorded.calibre, candidate); break;
    case kCountry:
      AddReason(field, ShownOf(ItemView(asked).CountryOfManufacture()),
                ShownOf(recorded.read.country_of_manufacture()), candidate);
      break;
    case kYear: {
      std::string proved;
      if (!field.note.empty()) proved = Year(FirstProofOf(weapon)) + ": made then or before";
      field.noted_word = proved;
      AddReason(field, Year(weapon.year_of_manufacture()), Year(recorded.year_of_manufacture),
                candidate);
      break;
    }
    default: AddReason(field, ShownOf(weapon.type()), ShownOf(recorded.read.type()), candidate);
  }
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

}  // namespace

// Set so that what is seldomer mistaken weighs more: makers, then models, then calibres. A field
// that tells nothing lies between one that agrees and one that contradicts.
double FactorOf(const FieldAgreement& field) {
  const bool maker = field.field == "manufacturer";
  const bool model = field.field == "model";
  const bool calibre = field.field == "calibre";
  switch (field.effect) {
    case v1::MATCH_EFFECT_AGREES: return field.same_text ? 1 : 0.99;
    case v1::MATCH_EFFECT_DIFFERS: return maker ? 0.35 : model ? 0.45 : calibre ? 0.5 : 0.7;
    case v1::MATCH_EFFECT_COMPATIBLE: return maker ? 0.85 : field.same_text ? 0.97 : 0.92;
    default: return maker ? 0.75 : 0.91;
  }
}

MatchJudgement Judge(const ItemReading& asked, const ComparedRecord& recorded) {
  MatchJudgement judgement;
  judgement.serial = CompareSerials(asked.serial, recorded.serial);
  if (judgement.serial.effect == v1::MATCH_EFFECT_UNSPECIFIED) return judgement;
  CompareFields(asked.item, recorded, judgement);
  judgement.score = judgement.serial.score;
  for (const FieldAgreement& field : judgement.fields) {
    if (IsCompared(field)) judgement.score *= FactorOf(field);
  }
  // Grades are numbered from the best down, so the worst of several is the greatest number.
  judgement.grade = judgement.serial.effect == v1::MATCH_EFFECT_AGREES
                        ? std::max(GradeOf(judgement), BestGrade(asked, recorded.serial))
                        : v1::MATCH_GRADE_POSSIBLE;
  return judgement;
}

void Explain(const ItemReading& asked, const ComparedRecord& recorded,
             const MatchJudgement& judgement, v1::Candidate& candidate) {
  const SerialReading& serial = asked.serial;
  const bool is_candidate = judgement.serial.effect != v1::MATCH_EFFECT_UNSPECIFIED;
  const bool told = !serial.numbers.empty() && !recorded.serial.numbers.empty();
  const v1::MatchEffect of_none = told ? v1::MATCH_EFFECT_DIFFERS : v1::MATCH_EFFECT_NOT_RECORDED;
  candidate.mutable_reasons()->Reserve(1 + static_cast<int>(judgement.fields.size()));
  Explain({.field = "serial_number",
           .effect = is_candidate ? judgement.serial.effect : of_none,
           .note = judgement.serial.note,
           .noted_word = judgement.serial.confused},
          serial.verbatim, recorded.serial.verbatim, *candidate.add_reasons());
  for (size_t place = 0; place < judgement.fields.size(); ++place) {
    const FieldAgreement& field = judgement.fields[place];
    if (IsCompared(field)) AddReason(place, field, asked.item, recorded, candidate);
  }
  candidate.set_score(judgement.score);
  candidate.set_grade(judgement.grade);
  candidate.set_needs_confirmation(judgement.grade != v1::MATCH_GRADE_EXACT);
}

bool MayBeMeant(const MatchJudgement& other, const MatchJudgement& exact) {
  if (other.grade == v1::MATCH_GRADE_UNSPECIFIED) return false;
  bool agrees_worse = false;
  bool agrees_better = false;
  int contradictions = 0;
  for (size_t place = 0; place < other.fields.size(); ++place) {
    const double factor = FactorOf(other.fields[place]);
    const double exact_factor = FactorOf(exact.fields[place]);
    agrees_worse = agrees_worse || factor < exact_factor;
    agrees_better = agrees_better || factor > exact_factor;
    if (Contradicts(other.fields[place])) ++contradictions;
  }
  const v1::MatchEffect maker = MakerOf(other).effect;
  if (maker == v1::MATCH_EFFECT_DIFFERS) return false;
  if (other.serial.effect != v1::MATCH_EFFECT_AGREES) {
    if (maker != v1::MATCH_EFFECT_AGREES || agrees_worse) return false;
    return agrees_better || other.serial.one_is_longer;
  }
  return maker == v1::MATCH_EFFECT_AGREES ? !Contradicts(other.fields[kModel]) && contradictions < 2
                                          : contradictions == 0;
}

v1::Candidate Compare(const ItemReading& asked, const v1::RegistryRecord& record) {
  const ItemReading read = ReadRecorded(record.firearm());
  const v1::Firearm& recorded = read.item.weapon();
  const ItemView view(asked.item);
  const WordPair<MakerWord> makers(view.Manufacturer(), recorded.manufacturer());
  const WordPair<ModelWord> models(asked.item.weapon().model(), recorded.model());
  const WordPair<CalibreWord> calibres(view.Calibre(), recorded.calibre());
  const ComparedRecord compared = {
      read.serial,       recorded,          recorded.year_of_manufacture(),
      makers.Compared(), models.Compared(), calibres.Compared()};
  v1::Candidate candidate;
  Explain(asked, compared, Judge(asked, compared), candidate);
  *candidate.mutable_record() = record;
  return candidate;
}

v1::Candidate Compare(const v1::Item& asked, const v1::RegistryRecord& record) {
  return Compare(ItemReading(asked), record);
}

}  // namespace tracegate
