#include "adapters/marking/reading.h"

#include <utility>

#include "adapters/marking/calibres.h"
#include "adapters/marking/firearm_types.h"
#include "adapters/marking/import_mark.h"
#include "adapters/marking/makers.h"
#include "adapters/marking/models.h"
#include "adapters/marking/proof_years.h"
#include "adapters/marking/states.h"
#include "adapters/marking/symbols.h"
#include "adapters/marking/text.h"

namespace tracegate {
namespace {

void ReadMark(v1::Mark& mark) {
  if (mark.script().empty()) mark.set_script(ScriptOf(mark.text()));
  if (mark.has_country())
    *mark.mutable_country() = StateCatalogue::Standard().Read(mark.country(), mark.year());
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
  if (mark.symbols_size() > 0 && mark.country().iso_code().empty()) {
    const std::string state = SymbolCatalogue::Standard().StateOf(mark);
    if (!state.empty()) mark.mutable_country()->set_iso_code(state);
  }
  if (mark.kind() == v1::MARK_KIND_PROOF && mark.year() == 0)
    mark.set_year(ProofYears::Standard().YearOf(mark));
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
    int year = 0;
    if constexpr (requires { thing.year_of_manufacture(); }) year = thing.year_of_manufacture();
    *thing.mutable_country_of_manufacture() =
        StateCatalogue::Standard().Read(thing.country_of_manufacture(), year);
  }
}

void ReadWeapon(v1::SerialStatus status, v1::Firearm& weapon) {
  ReadShared(weapon);
  if (weapon.has_model()) {
    *weapon.mutable_model() =
        ModelCatalogue::Standard().Read(weapon.model().verbatim(), weapon.manufacturer());
  }
  if (weapon.type() == v1::FIREARM_TYPE_UNSPECIFIED)
    weapon.set_type(ReadFirearmType(weapon.type_verbatim()).type);
  if (weapon.serial_status() == v1::SERIAL_STATUS_UNSPECIFIED) weapon.set_serial_status(status);
}

void ReadPart(v1::EssentialPart& part) {
  ReadShared(part);
  if (!part.has_found_on()) return;
  v1::Item found_on;
  found_on.mutable_weapon()->Swap(part.mutable_found_on());
  ReadWeapon(ReadSerialOf(found_on).status, *found_on.mutable_weapon());
  found_on.mutable_weapon()->Swap(part.mutable_found_on());
}

}  // namespace

// The serial may be read before the rest: reading the marks changes nothing that it stands on.
ItemReading::ItemReading(v1::Item given) : item(std::move(given)), serial(ReadSerialOf(item)) {
  if (item.has_weapon()) ReadWeapon(serial.status, *item.mutable_weapon());
  if (item.has_essential_part()) ReadPart(*item.mutable_essential_part());
  if (item.has_ammunition_lot()) ReadShared(*item.mutable_ammunition_lot());
}

v1::Item ReadItem(const v1::Item& item) { return ItemReading(item).item; }

}  // namespace tracegate
