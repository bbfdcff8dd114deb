#include "gateway/cli/request_input.h"

#include <iostream>
#include <iterator>
#include <random>

#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "protos/tracegate/config/yaml_message.h"

namespace tracegate {
namespace {

void LayOverWeapon(const TypedMarks& typed, v1::Firearm* weapon) {
  if (!typed.serial.empty()) weapon->set_serial_number(typed.serial);
  if (!typed.manufacturer.empty()) weapon->mutable_manufacturer()->set_verbatim(typed.manufacturer);
  if (!typed.model.empty()) weapon->mutable_model()->set_verbatim(typed.model);
  if (!typed.calibre.empty()) weapon->mutable_calibre()->set_verbatim(typed.calibre);
  if (!typed.country.empty()) {
    weapon->mutable_country_of_manufacture()->set_verbatim(typed.country);
  }
  if (!typed.import_mark.empty()) {
    v1::Mark* mark = weapon->add_marks();
    mark->set_kind(v1::MARK_KIND_IMPORT);
    mark->set_text(typed.import_mark);
  }
}

}  // namespace

bool TypedMarks::empty() const {
  return (serial + manufacturer + model + calibre + country + import_mark).empty();
}

void LayOver(const TypedMarks& typed, v1::Item* item) {
  if (!typed.empty()) LayOverWeapon(typed, item->mutable_weapon());
}

absl::StatusOr<v1::TraceRequest> ReadTraceRequest(const std::string& path,
                                                  const TypedMarks& typed) {
  v1::TraceRequest request;
  absl::Status status;
  if (path == "-") {
    const std::string text(std::istreambuf_iterator<char>(std::cin), {});
    status = ParseYamlMessage(text, "standard input", &request);
  } else {
    status = ReadYamlMessage(path, &request);
  }
  if (!status.ok()) return status;
  LayOver(typed, request.mutable_item());
  return request;
}

std::string MakeRequestId() {
  std::random_device device;
  return absl::FormatTime("%Y%m%dT%H%M%SZ", absl::Now(), absl::UTCTimeZone()) +
         absl::StrFormat("-%08x%08x", device(), device());
}

}  // namespace tracegate
