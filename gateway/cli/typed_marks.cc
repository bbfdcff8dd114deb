#include "gateway/cli/typed_marks.h"

namespace tracegate {

bool TypedMarks::empty() const {
  return (serial + manufacturer + model + calibre + country + import_mark).empty();
}

void TypedMarks::AddTo(CLI::App* command) {
  command->add_option("--serial", serial, "Serial number as read; ? for an unread character");
  command->add_option("--manufacturer", manufacturer, "Maker as marked");
  command->add_option("--model", model, "Model as marked");
  command->add_option("--calibre", calibre, "Calibre as marked");
  command->add_option("--country", country, "Country of manufacture as marked");
  command->add_option("--import-mark", import_mark, "Import mark as read");
}

void LayOver(const TypedMarks& typed, v1::Item* item) {
  if (typed.empty()) return;
  v1::Firearm* weapon = item->mutable_weapon();
  if (!typed.serial.empty()) weapon->set_serial_number(typed.serial);
  if (!typed.manufacturer.empty()) weapon->mutable_manufacturer()->set_verbatim(typed.manufacturer);
  if (!typed.model.empty()) weapon->mutable_model()->set_verbatim(typed.model);
  if (!typed.calibre.empty()) weapon->mutable_calibre()->set_verbatim(typed.calibre);
  if (!typed.country.empty()) {
    weapon->mutable_country_of_manufacture()->set_verbatim(typed.country);
  }
  if (typed.import_mark.empty()) return;
  v1::Mark* mark = weapon->add_marks();
  mark->set_kind(v1::MARK_KIND_IMPORT);
  mark->set_text(typed.import_mark);
}

}  // namespace tracegate
