#include "protos/tracegate/config/yaml_places.h"

#include "protos/tracegate/failure.h"

namespace tracegate {

std::string YamlPlaces::Of(std::string_view path) const {
  while (true) {
    const auto found = places_.find(path);
    if (found != places_.end()) {
      return file_ + ":" + std::to_string(found->second.line) + ":" +
             std::to_string(found->second.column);
    }
    const size_t parent_end = path.find_last_of(".[");
    if (parent_end == std::string_view::npos) return file_;
    path = path.substr(0, parent_end);
  }
}

absl::Status YamlPlaces::Failure(std::string_view path, std::string_view problem) const {
  v1::FieldViolation violation;
  violation.set_field(std::string(path));
  violation.set_description(std::string(problem));
  violation.set_reason(v1::REASON_CONFIG_INVALID);
  std::string message = Of(path);
  for (const std::string_view part : {path, problem}) {
    if (part.empty()) continue;
    if (!message.empty()) message += ": ";
    message += part;
  }
  return FieldFailures(v1::REASON_CONFIG_INVALID, message, {violation});
}

}  // namespace tracegate
