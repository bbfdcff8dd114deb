#include <algorithm>
#include <string>

#include "adapters/marking/calibres.h"
#include "adapters/marking/item_view.h"
#include "adapters/marking/remark.h"
#include "adapters/marking/serial.h"
#include "adapters/marking/serial_agreement.h"
#include "adapters/marking/text.h"
#include "adapters/marking/words.h"

namespace tracegate {
namespace {

constexpr char kField[] = "serial_number";

void RemarkOnAbsence(const SerialReading& serial, v1::SerialStatus told, RemarkList& remarks) {
  const v1::SerialStatus status = told == v1::SERIAL_STATUS_UNSPECIFIED ? serial.status : told;
  if (serial.model_token) {
    remarks.Error(
        kField, v1::REMARK_KIND_SERIAL_IS_MODEL,
        "The serial number " + Quoted(serial.verbatim) + " is a model, not a serial number.",
        "Give the number that is on this weapon only, from the frame or receiver.");
  } else if (status == v1::SERIAL_STATUS_OBLITERATED || status == v1::SERIAL_STATUS_COUNTERFEIT) {
    remarks.Error(
        kField, v1::REMARK_KIND_SERIAL_REMOVED,
        "The serial number was removed and no character of it is given.",
        "Have a laboratory restore it, and look for the number on barrel, slide and hidden places; "
        "write ? for each character that stays unread.");
  } else if (status == v1::SERIAL_STATUS_NEVER_MARKED) {
    remarks.Error(kField, v1::REMARK_KIND_NEVER_MARKED,
                  "The weapon is said to carry no serial number: no registry can look it up.",
                  "If it was marked later, on import or by the State, give that number in a mark "
                  "of that kind.");
  } else if (status == v1::SERIAL_STATUS_PARTIAL) {
    remarks.Error(kField, v1::REMARK_KIND_SERIAL_TOO_LITTLE_READ,
                  "The serial number is said to be partly there, and no character of it is given.",
                  "Give what can be read, with ? for each character that cannot.");
  } else {
    const std::string message =
        TellsNothing(serial.verbatim)
            ? "The serial number is missing."
            : "The serial number " + Quoted(serial.verbatim) + " holds no number.";
    remarks.Error(kField, v1::REMARK_KIND_SERIAL_MISSING, message,
                  "Give the number on the frame or receiver as it is marked, with ? for each "
                  "unread character; "
                  "if it was removed, say so in serial_status.");
  }
}

// A registry asked for a model's or calibre's name as a serial finds nothing, or the wrong weapon.
void RemarkOnMistaken(const v1::Item& item, const SerialReading& serial, RemarkList& remarks) {
  if (serial.key.empty()) return;
  const std::string shown = Quoted(serial.verbatim);
  const std::string help =
      "Give the number that is on this weapon only, from the frame or receiver.";
  const v1::Term& model = item.weapon().model();
  if (!TellsNothing(model.verbatim()) && FoldWord(model.verbatim()) == serial.plain_key) {
    remarks.Error(kField, v1::REMARK_KIND_SERIAL_IS_MODEL,
                  "The serial number " + shown + " is the model given.", help);
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
    remarks.Error(kField, v1::REMARK_KIND_SERIAL_IS_CALIBRE,
                  "The serial number " + shown + " is a calibre.", help);
  } else if (serial.model_token) {
    remarks.Warning(kField, v1::REMARK_KIND_SERIAL_IS_MODEL,
                    "The serial number " + shown + " is more often a model than a serial number.",
                    help);
  }
}

void RemarkOnExtent(const SerialReading& serial, RemarkList& remarks) {
  const std::string read = std::to_string(serial.read);
  if (!serial.pattern.empty() && serial.read < kSerialReadMin) {
    remarks.Error(
        kField, v1::REMARK_KIND_SERIAL_TOO_LITTLE_READ,
        "Only " + read + " of the serial number's characters are read: too many weapons would fit.",
        "At least " + std::to_string(kSerialReadMin) +
            " are needed; a laboratory may restore more.");
  } else if (!serial.pattern.empty()) {
    remarks.Warning(
        kField, v1::REMARK_KIND_SERIAL_PARTIAL,
        "The serial number is read in part: looked for as " + Quoted(serial.pattern) + ".",
        "Registries that search whole numbers only will find nothing; a laboratory may restore the "
        "rest.");
  } else if (serial.read < kSerialReadMin) {
    remarks.Warning(
        kField, v1::REMARK_KIND_SERIAL_TOO_LITTLE_READ,
        "The serial number " + Quoted(serial.verbatim) + " has only " + read + " characters.",
        "Check that it is not an assembly or inspection number; give prefix and suffix letters "
        "too.");
  }
  if (serial.status == v1::SERIAL_STATUS_COUNTERFEIT) {
    remarks.Warning(
        kField, v1::REMARK_KIND_SERIAL_REMOVED,
        "The number was put there in place of the one the weapon left the works with.",
        "An answer for this number may speak of another weapon; have the original restored.");
  }
}

void RemarkOnForm(const SerialReading& serial, RemarkList& remarks) {
  if (serial.damage == SpreadsheetDamage::kExponent) {
    remarks.Error(kField, v1::REMARK_KIND_SPREADSHEET_DAMAGE,
                  "The serial number " + Quoted(serial.verbatim) +
                      " was rounded by a spreadsheet: digits are lost.",
                  "Take the number from the form it was typed from, and store it as text.");
  } else if (serial.damage == SpreadsheetDamage::kDecimal) {
    remarks.Warning(kField, v1::REMARK_KIND_SPREADSHEET_DAMAGE,
                    "The serial number " + Quoted(serial.verbatim) +
                        " went through a spreadsheet: leading zeros may be lost.",
                    "Check it against the weapon, and store it as text.");
  }
  if (!serial.numbers.empty() && MixesScripts(serial.numbers[serial.chosen].text)) {
    remarks.Warning(
        kField, v1::REMARK_KIND_TEXT_NORMALISED,
        "The serial number " + Quoted(serial.verbatim) + " mixes letters of several scripts.",
        "Type all its letters in the script that is on the weapon.");
  } else if (Nfc(serial.verbatim) != serial.verbatim) {
    remarks.Note(
        kField, v1::REMARK_KIND_TEXT_NORMALISED,
        "The serial number is compared in another form of the same characters (Unicode NFC).", "");
  }
}

}  // namespace

void RemarkOnSerial(const ItemReading& read, RemarkList& remarks) {
  const SerialReading& serial = read.serial;
  if (serial.numbers.empty()) {
    RemarkOnAbsence(serial, read.item.weapon().serial_status(), remarks);
    return;
  }
  if (serial.ambiguous) {
    std::string numbers;
    for (size_t i = 0; i < std::min<size_t>(serial.numbers.size(), 4); ++i) {
      numbers += (numbers.empty() ? "" : ", ") + Quoted(serial.numbers[i].text);
    }
    remarks.Error(
        kField, v1::REMARK_KIND_SEVERAL_SERIALS,
        "Several numbers are given and it is not said which is the frame's: " + numbers + ".",
        "Give the frame's or receiver's number here, and the others as marks with their part.");
    return;
  }
  RemarkOnMistaken(read.item, serial, remarks);
  RemarkOnExtent(serial, remarks);
  RemarkOnForm(serial, remarks);
}

}  // namespace tracegate
