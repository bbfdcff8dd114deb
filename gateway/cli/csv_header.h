#ifndef TRACEGATE_GATEWAY_CLI_CSV_HEADER_H_
#define TRACEGATE_GATEWAY_CLI_CSV_HEADER_H_

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace tracegate {

// Where the column of that name stands in a header, in either case, blanks around it left out; none where it is missing.
// Errors: CONFIG_INVALID, the field being `file`, where it stands there twice.
absl::StatusOr<std::optional<size_t>> PlaceInHeader(const std::string& file,
                                                    const std::vector<std::string>& header,
                                                    std::string_view name);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_CLI_CSV_HEADER_H_
