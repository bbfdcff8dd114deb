#include "gateway/cli/csv_header.h"

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "protos/tracegate/failure.h"

namespace tracegate {

absl::StatusOr<std::optional<size_t>> PlaceInHeader(const std::string& file,
                                                    const std::vector<std::string>& header,
                                                    std::string_view name) {
  std::optional<size_t> place;
  for (size_t i = 0; i < header.size(); ++i) {
    if (!absl::EqualsIgnoreCase(absl::StripAsciiWhitespace(header[i]), std::string(name))) continue;
    if (place) {
      return FieldFailure(v1::REASON_CONFIG_INVALID, file,
                          "has two columns '" + std::string(name) + "'");
    }
    place = i;
  }
  return place;
}

}  // namespace tracegate
