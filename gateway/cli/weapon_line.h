#ifndef TRACEGATE_GATEWAY_CLI_WEAPON_LINE_H_
#define TRACEGATE_GATEWAY_CLI_WEAPON_LINE_H_

#include <cstddef>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "adapters/marking/written_weapon.h"

namespace tracegate {

inline constexpr size_t kWeaponLineBytesMax = 1 << 20;

// One weapon as it comes in a line of JSON.
struct WeaponLine {
  std::string id = "null";  // JSON, as given: a string, a number or null
  WrittenWeapon weapon;
};

// Reads {"id","make","model","calibre","type","country","serial","year"}. Each may be missing, null,
// text, or a number, which is read as its digits were written. Other keys are passed over. Errors:
// INVALID_ARGUMENT: it is no JSON object, or one of the keys has another value or stands there
// twice.
absl::StatusOr<WeaponLine> ReadWeaponLine(std::string_view text);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_CLI_WEAPON_LINE_H_
