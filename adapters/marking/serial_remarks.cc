#include <algorithm>
#include <string>

#include "adapters/marking/calibres.h"
#include "adapters/marking/item_view.h"
#include "adapters/marking/remark.h"
#include "adapters/marking/serial.h"
#include "adapters/marking/serial_agreement.h"
#include "adapters/marking/serial_rules.h"
#include "adapters/marking/text.h"
#include "adapters/marking/words.h"

namespace tracegate {
namespace {

constexpr char kField[] = "serial_number";

void RemarkOnAbsence(const SerialReading& serial, v1::SerialStatus told, RemarkList& remarks) {
  const RemarkValues values = {{"serial", Quoted(serial.verbatim)}};
  const v1::SerialStatus status = told == v1::SERIAL_STATUS_UNSPECIFIED ? serial.status : told;
  if (serial.damage == SpreadsheetDamage::kDate) {
    remarks.Error(kField, v1::REMARK_KIND_SPREADSHEET_DAMAGE, "spreadsheet_date", values);
  } else if (serial.damage == SpreadsheetDamage::kError) {
    remarks.Error(kField, v1::REMARK_KIND_SPREADSHEET_DAMAGE, "spreadsheet_error", values);
  } else if (serial.model_token) {
    remarks.Error(kField, v1::REMARK_KIND_SERIAL_IS_MODEL, "serial_is_no_serial", values);
  } else if (status == v1::SERIAL_STATUS_OBLITERATED || status == v1::SERIAL_STATUS_COUNTERFEIT) {
    remarks.Error(kField, v1::REMARK_KIND_SERIAL_REMOVED, "serial_removed");
  } else if (status == v1::SERIAL_STATUS_NEVER_MARKED) {
    remarks.Error(kField, v1::REMARK_KIND_NEVER_MARKED, "serial_never_marked");
  } else if (status == v1::SERIAL_STATUS_PARTIAL) {
    remarks.Error(kField, v1::REMARK_KIND_SERIAL_TOO_LITTLE_READ, "serial_nothing_read");
  } else if (TellsNothing(serial.verbatim)) {
    remarks.Error(kField, v1::REMARK_KIND_SERIAL_MISSING, "serial_missing");
  } else {
    remarks.Error(kField, v1::REMARK_KIND_SERIAL_MISSING, "serial_holds_no_number", values);
  }
}

// A registry asked for a model's or calibre's name as a serial finds nothing, or the wrong weapon.
void RemarkOnMistaken(const v1::Item& item, const SerialReading& serial, RemarkList& remarks) {
  if (serial.key.empty()) return;
  const RemarkValues values = {{"serial", Quoted(serial.verbatim)}};
  const v1::Term& model = item.weapon().model();
  if (!TellsNothing(model.verbatim()) && FoldWord(model.verbatim()) == serial.plain_key) {
    remarks.Error(kField, v1::REMARK_KIND_SERIAL_IS_MODEL, "serial_is_model", values);
    return;
  }
  const v1::Term& calibre = ItemView(item).Calibre();
  const std::string folded = FoldCalibre(serial.verbatim);
  const bool own = !TellsNothing(calibre.verbatim()) && FoldCalibre(calibre.verbatim()) == folded;
  // A bare "380" may be anybody's serial; "9X19" and ".38SPL" are nobody's.
  const bool has_letters =
      std::any_of(folded.begin(), folded.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
  if (own ||
      (has_letters && !CalibreCatalogue::Standard().Read(serial.verbatim).canonical().empty())) {
    remarks.Error(kField, v1::REMARK_KIND_SERIAL_IS_CALIBRE, "serial_is_calibre", values);
  } else if (serial.model_token) {
    remarks.Warning(kField, v1::REMARK_KIND_SERIAL_IS_MODEL, "serial_like_model", values);
  }
}

void RemarkOnExtent(const SerialReading& serial, RemarkList& remarks) {
  const RemarkValues values = {{"serial", Quoted(serial.verbatim)},
                               {"pattern", Quoted(serial.pattern)},
                               {"count", std::to_string(serial.read)},
                               {"least", std::to_string(kSerialReadMin)}};
  const bool little = serial.read < kSerialReadMin;
  if (!serial.pattern.empty() && little) {
    remarks.Error(kField, v1::REMARK_KIND_SERIAL_TOO_LITTLE_READ, "serial_too_little_read", values);
  } else if (!serial.pattern.empty()) {
    remarks.Warning(kField, v1::REMARK_KIND_SERIAL_PARTIAL, "serial_partial", values);
  } else if (little) {
    remarks.Warning(kField, v1::REMARK_KIND_SERIAL_TOO_LITTLE_READ, "serial_short", values);
  }
  if (serial.status == v1::SERIAL_STATUS_COUNTERFEIT)
    remarks.Warning(kField, v1::REMARK_KIND_SERIAL_REMOVED, "serial_restamped");
}

// Whether the marks have the number on a part that is no frame, and on no frame.
bool IsMarkedOnPartOnly(const v1::Firearm& weapon) {
  bool on_part = false;
  for (const v1::Mark& mark : weapon.marks()) {
    if (mark.kind() != v1::MARK_KIND_SERIAL || mark.text() != weapon.serial_number()) continue;
    if (mark.part() == v1::WEAPON_PART_UNSPECIFIED || IsFramePart(mark.part())) return false;
    on_part = true;
  }
  return on_part;
}

// Of a part that is traced itself, the part's number is the right one.
void RemarkOnPart(const v1::Item& item, const SerialReading& serial, RemarkList& remarks) {
  if (!item.has_weapon()) return;
  const SerialNumber& number = serial.numbers[serial.chosen];
  const bool told = number.part != v1::WEAPON_PART_UNSPECIFIED && !IsFramePart(number.part);
  if (!told && !IsMarkedOnPartOnly(item.weapon())) return;
  remarks.Warning(kField, v1::REMARK_KIND_SERIAL_OF_PART, "serial_of_part",
                  {{"serial", Quoted(number.text)}});
}

std::string YearsOf(const SerialForm& form) {
  const std::string first = form.first_year == 0 ? "" : std::to_string(form.first_year);
  if (form.first_year == form.last_year) return first;
  return first + "-" + (form.last_year == 0 ? "" : std::to_string(form.last_year));
}

void RemarkOnMakersForm(const v1::Item& item, const SerialReading& serial, RemarkList& remarks) {
  const std::string& maker = item.weapon().manufacturer().canonical();
  if (serial.key.empty() || maker.empty()) return;
  // "12345678-ABC123": the makers' own form stands behind the licence number.
  const std::string_view key = std::string_view(serial.key).substr(serial.licence_prefix ? 8 : 0);
  const SerialForm form =
      SerialRules::Standard().Check(maker, item.weapon().model().verbatim(), key);
  const int year = item.weapon().year_of_manufacture();
  const RemarkValues values = {{"serial", Quoted(serial.verbatim)},
                               {"maker", maker},
                               {"years", YearsOf(form)},
                               {"year", std::to_string(year)}};
  const bool outside =
      year > 0 && (year < form.first_year || (form.last_year != 0 && year > form.last_year));
  if (form.verdict == SerialForm::Verdict::kUnknown) {
    remarks.Warning(kField, v1::REMARK_KIND_SERIAL_NOT_OF_MAKER, "serial_unknown_form", values);
  } else if (form.verdict == SerialForm::Verdict::kKnown && outside) {
    remarks.Warning(kField, v1::REMARK_KIND_SERIAL_NOT_OF_MAKER, "serial_other_years", values);
  }
}

void RemarkOnForm(const SerialReading& serial, RemarkList& remarks) {
  const RemarkValues values = {{"serial", Quoted(serial.verbatim)}};
  if (serial.damage == SpreadsheetDamage::kExponent) {
    remarks.Error(kField, v1::REMARK_KIND_SPREADSHEET_DAMAGE, "spreadsheet_exponent", values);
  } else if (serial.damage == SpreadsheetDamage::kDecimal) {
    remarks.Warning(kField, v1::REMARK_KIND_SPREADSHEET_DAMAGE, "spreadsheet_decimal", values);
  }
  if (MixesScripts(serial.numbers[serial.chosen].text)) {
    remarks.Warning(kField, v1::REMARK_KIND_TEXT_NORMALISED, "serial_mixed_scripts", values);
  } else if (Nfc(serial.verbatim) != serial.verbatim) {
    remarks.Note(kField, v1::REMARK_KIND_TEXT_NORMALISED, "serial_other_form");
  }
}

}  // namespace

void RemarkOnSerial(const ItemReading& read, const Making& making, RemarkList& remarks) {
  const SerialReading& serial = read.serial;
  if (serial.numbers.empty()) {
    if (making.IsOrdinary()) RemarkOnAbsence(serial, read.item.weapon().serial_status(), remarks);
    return;
  }
  if (serial.ambiguous) {
    std::string numbers;
    for (size_t i = 0; i < std::min<size_t>(serial.numbers.size(), 4); ++i) {
      numbers += (numbers.empty() ? "" : ", ") + Quoted(serial.numbers[i].text);
    }
    remarks.Error(kField, v1::REMARK_KIND_SEVERAL_SERIALS, "several_serials",
                  {{"numbers", numbers}});
    return;
  }
  RemarkOnMistaken(read.item, serial, remarks);
  if (serial.damage != SpreadsheetDamage::kExponent) RemarkOnExtent(serial, remarks);
  RemarkOnPart(read.item, serial, remarks);
  if (making.IsOrdinary()) RemarkOnMakersForm(read.item, serial, remarks);
  RemarkOnForm(serial, remarks);
}

}  // namespace tracegate
