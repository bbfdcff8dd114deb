#include "adapters/marking/remark.h"

namespace tracegate {
namespace {

std::string_view KeyOf(v1::ProductionKind production) {
  switch (production) {
    case v1::PRODUCTION_KIND_PRINTED: return "printed";
    case v1::PRODUCTION_KIND_KIT_BUILT: return "kit_built";
    default: return "home_made";
  }
}

}  // namespace

void RemarkOnMaking(const ItemReading& read, const Making& making, RemarkList& remarks) {
  const auto remark_on = [&](std::string_view field, std::string_view key) {
    const RemarkValues values = {
        {"said", making.said.empty() ? std::string(field) : Quoted(making.said)}};
    if (read.serial.numbers.empty()) {
      remarks.Error(std::string(field), v1::REMARK_KIND_NOT_FACTORY_MADE, key, values);
    } else {
      remarks.Warning(std::string(field), v1::REMARK_KIND_NOT_FACTORY_MADE, key, values);
    }
  };
  if (making.IsHomeMade()) remark_on("production", KeyOf(making.production));
  if (making.converted) remark_on("modifications", "converted");
  if (making.reactivated) remark_on("modifications", "reactivated");
  if (making.copied) remark_on("manufacturer", "copied");
}

}  // namespace tracegate
