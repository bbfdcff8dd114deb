#include "adapters/marking/reading.h"

#include "adapters/marking/calibres.h"
#include "adapters/marking/import_mark.h"
#include "adapters/marking/makers.h"
#include "adapters/marking/serial.h"
#include "adapters/marking/states.h"
#include "adapters/marking/text.h"

namespace tracegate {
namespace {

void ReadMark(v1::Mark& mark) {
  if (mark.script().empty()) mark.set_script(ScriptOf(mark.text()));
  if (mark.has_country()) *mark.mutable_country() = StateCatalogue::Standard().Read(mark.country());
  const bool told = !mark.country().iso_code().empty();
  if (mark.kind() == v1::MARK_KIND_IMPORT) {
    const ImportMark import = ReadImportMark(mark.text());
    if (!told && !import.state.empty()) mark.mutable_country()->set_iso_code(import.state);
    if (mark.year() == 0 && import.year != 0) mark.set_year(import.year);
  } else if (!told && (mark.kind() == v1::MARK_KIND_MANUFACTURE ||
                       mark.kind() == v1::MARK_KIND_STATE_TRANSFER)) {
    if (const State* state = StateCatalogue::Standard().Named(mark.text()); state != nullptr) {
      mark.mutable_country()->set_iso_code(state->code);
    }
  }
}

// The fields that weapons, parts and lots have alike.
template <typename Thing>
void ReadShared(Thing& thing) {
  for (v1::Mark& mark : *thing.mutable_marks()) ReadMark(mark);
  if (thing.has_manufacturer()) {
    *thing.mutable_manufacturer() =
        MakerCatalogue::Standard().Read(thing.manufacturer().verbatim());
  }
  if (thing.has_calibre()) {
    *thing.mutable_calibre() = CalibreCatalogue::Standard().Read(thing.calibre().verbatim());
  }
  if (thing.has_country_of_manufacture()) {
    *thing.mutable_country_of_manufacture() =
        StateCatalogue::Standard().Read(thing.country_of_manufacture());
  }
}

}  // namespace

v1::Firearm ReadFirearm(const v1::Firearm& weapon) {
  v1::Item item;
  *item.mutable_weapon() = weapon;
  v1::Firearm& read = *item.mutable_weapon();
  ReadShared(read);
  if (read.has_model()) {
    // There is no catalogue of models: nothing is certain of them.
    read.mutable_model()->clear_canonical();
    read.mutable_model()->clear_could_be();
  }
  if (read.serial_status() == v1::SERIAL_STATUS_UNSPECIFIED) {
    read.set_serial_status(ReadSerialOf(item).status);
  }
  return read;
}

v1::Item ReadItem(const v1::Item& item) {
  v1::Item read = item;
  if (read.has_weapon()) *read.mutable_weapon() = ReadFirearm(item.weapon());
  if (read.has_essential_part()) {
    v1::EssentialPart& part = *read.mutable_essential_part();
    ReadShared(part);
    if (part.has_found_on())
      *part.mutable_found_on() = ReadFirearm(item.essential_part().found_on());
  }
  if (read.has_ammunition_lot()) ReadShared(*read.mutable_ammunition_lot());
  return read;
}

}  // namespace tracegate
