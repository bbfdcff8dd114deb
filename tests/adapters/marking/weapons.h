#ifndef TRACEGATE_TESTS_ADAPTERS_MARKING_WEAPONS_H_
#define TRACEGATE_TESTS_ADAPTERS_MARKING_WEAPONS_H_

#include <string>

#include "tracegate/v1/registry_record.pb.h"
#include "tracegate/v1/trace.pb.h"

namespace tracegate {

// A weapon of which everything is told and nothing is wrong: each test changes one thing.
inline v1::Item Pistol() {
  v1::Item item;
  v1::Firearm& weapon = *item.mutable_weapon();
  weapon.set_serial_number("TJX12345");
  weapon.mutable_manufacturer()->set_verbatim("TAURUS");
  weapon.mutable_model()->set_verbatim("PT 92");
  weapon.mutable_calibre()->set_verbatim("9x19");
  weapon.mutable_country_of_manufacture()->set_verbatim("Brasil");
  weapon.set_year_of_manufacture(1999);
  weapon.set_type(v1::FIREARM_TYPE_SELF_LOADING_PISTOL);
  return item;
}

inline v1::RegistryRecord RecordOf(const v1::Item& item) {
  v1::RegistryRecord record;
  record.set_record_number("R1");
  *record.mutable_firearm() = item.weapon();
  return record;
}

inline v1::Mark& AddMark(v1::Item& item, v1::MarkKind kind, const std::string& text) {
  v1::Mark& mark = *item.mutable_weapon()->add_marks();
  mark.set_kind(kind);
  mark.set_text(text);
  return mark;
}

}  // namespace tracegate

#endif  // TRACEGATE_TESTS_ADAPTERS_MARKING_WEAPONS_H_
