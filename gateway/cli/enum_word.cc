#include "gateway/cli/enum_word.h"

#include "protos/tracegate/config/nearest_word.h"
#include "protos/tracegate/config/yaml_scalar.h"
#include "protos/tracegate/failure.h"

namespace tracegate {

absl::StatusOr<int> EnumNumber(const std::string& option, const std::string& word,
                               const google::protobuf::EnumDescriptor& type) {
  if (const auto* value = EnumValueNamed(word, type)) return value->number();
  return FieldFailure(v1::REASON_CONFIG_INVALID, option,
                      "there is no '" + word + "'" + InsteadOf(word, EnumNames(type)));
}

}  // namespace tracegate
