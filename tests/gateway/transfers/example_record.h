#ifndef TRACEGATE_TESTS_GATEWAY_TRANSFERS_EXAMPLE_RECORD_H_
#define TRACEGATE_TESTS_GATEWAY_TRANSFERS_EXAMPLE_RECORD_H_

#include <string>

#include "tracegate/v1/transfer.pb.h"

namespace tracegate {

inline v1::Date ExampleDate(int year, int month = 0, int day = 0) {
  v1::Date date;
  date.set_year(year);
  date.set_month(month);
  date.set_day(day);
  return date;
}

// A pistol of that number.
inline v1::Item ExamplePistol(const std::string& serial, const std::string& maker = "Glock") {
  v1::Item item;
  item.mutable_weapon()->set_serial_number(serial);
  if (!maker.empty()) item.mutable_weapon()->mutable_manufacturer()->set_verbatim(maker);
  item.mutable_weapon()->mutable_model()->set_verbatim("17");
  item.mutable_weapon()->mutable_calibre()->set_verbatim("9x19");
  item.mutable_weapon()->mutable_country_of_manufacture()->set_iso_code("AT");
  return item;
}

// Twelve pistols that left Austria for Brazil in May 2024, under a licence and with an import licence.
inline v1::TransferRecord ExampleExport() {
  v1::TransferRecord record;
  record.set_basis(v1::TRANSFER_BASIS_ACTUAL);
  record.set_kind(v1::TRANSFER_KIND_EXPORT);
  *record.mutable_date() = ExampleDate(2024, 5, 6);
  record.mutable_states()->add_exporting("AT");
  record.mutable_states()->add_importing("BR");
  v1::TransferLine* line = record.add_lines();
  line->set_number(1);
  line->set_category(v1::ARMS_CATEGORY_SMALL_ARMS_AND_LIGHT_WEAPONS);
  line->set_subcategory(v1::ARMS_SUBCATEGORY_REVOLVERS_AND_SELF_LOADING_PISTOLS);
  line->mutable_quantity()->set_amount(12);
  line->mutable_quantity()->set_unit(v1::QUANTITY_UNIT_ITEMS);
  v1::Authorisation* licence = record.mutable_authorisation();
  licence->set_number("AT-77");
  licence->set_issuing_state("AT");
  *licence->mutable_issue_date() = ExampleDate(2024, 1, 15);
  *licence->mutable_expiry_date() = ExampleDate(2024, 12, 31);
  licence->set_status(v1::AUTHORISATION_STATUS_GRANTED);
  v1::Clearance* clearance = record.add_clearances();
  clearance->set_kind(v1::CLEARANCE_KIND_IMPORT_LICENCE);
  clearance->set_state("BR");
  clearance->set_reference("CII 4711");
  record.set_consignment("AWB 1");
  return record;
}

// The licence of that export.
inline v1::TransferRecord ExampleLicence(int64_t amount = 12) {
  v1::TransferRecord record = ExampleExport();
  record.set_basis(v1::TRANSFER_BASIS_AUTHORISED);
  *record.mutable_date() = ExampleDate(2024, 1, 15);
  record.mutable_lines(0)->mutable_quantity()->set_amount(amount);
  return record;
}

// What arrived of its first line.
inline v1::Delivery ExampleDelivery(int64_t arrived, int64_t missing = 0) {
  v1::Delivery delivery;
  *delivery.mutable_date() = ExampleDate(2024, 5, 20);
  delivery.set_state("BR");
  v1::DeliveredLine* line = delivery.add_lines();
  line->set_line_number(1);
  line->set_arrived(arrived);
  line->set_missing(missing);
  return delivery;
}

inline v1::Money Euros(int64_t units, int32_t nanos = 0) {
  v1::Money money;
  money.set_currency("EUR");
  money.set_units(units);
  money.set_nanos(nanos);
  return money;
}

}  // namespace tracegate

#endif  // TRACEGATE_TESTS_GATEWAY_TRANSFERS_EXAMPLE_RECORD_H_
