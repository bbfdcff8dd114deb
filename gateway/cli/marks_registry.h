#ifndef TRACEGATE_GATEWAY_CLI_MARKS_REGISTRY_H_
#define TRACEGATE_GATEWAY_CLI_MARKS_REGISTRY_H_

#include <functional>
#include <iosfwd>
#include <string>

#include "absl/status/statusor.h"
#include "adapters/marking/weapon_rows.h"

namespace tracegate {

// Reads a registry out of a CSV file (RFC 4180, see RowFormat): a header that names the columns id, make,
// model, calibre, serial and year, in any order and either case, and a weapon a record. Other
// columns are passed over. A record that is no weapon is passed over and told to `bad` with its
// line: it cannot be read, has more or fewer fields than the header, or has no id.
//
// Errors: CONFIG_INVALID, the field being `file`, for a column that is missing or there twice, or no
// header; RESOURCE_EXHAUSTED as WeaponRows.
absl::StatusOr<WeaponRows> ReadRegistry(const std::string& file, std::istream& in,
                                        const std::function<void(const std::string&)>& bad);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_CLI_MARKS_REGISTRY_H_
