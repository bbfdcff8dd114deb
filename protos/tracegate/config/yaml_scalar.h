#ifndef TRACEGATE_PROTOS_TRACEGATE_CONFIG_YAML_SCALAR_H_
#define TRACEGATE_PROTOS_TRACEGATE_CONFIG_YAML_SCALAR_H_

#include <google/protobuf/descriptor.h>
#include <google/protobuf/duration.pb.h>
#include <google/protobuf/message.h>

#include <string>
#include <string_view>
#include <vector>

namespace tracegate {

// One value as people write it, put into one field. Each returns what is wrong and what would be
// right, or nothing where the value was taken.

// Sets `field`, or adds to it where it repeats. `field` is no message.
std::string PutScalar(std::string_view text, const google::protobuf::FieldDescriptor& field,
                      google::protobuf::Message* message);

// `250ms`, `10s`, `5m`, `2h`, `90d`: one whole number, one unit.
std::string PutDuration(std::string_view text, google::protobuf::Duration* duration);

// The value of an enum by its name without the enum's prefix, in upper or lower case: `H1` or `h1`
// of HandlingCode. Null where there is none; UNSPECIFIED is none.
const google::protobuf::EnumValueDescriptor* EnumValueNamed(
    std::string_view name, const google::protobuf::EnumDescriptor& type);

// Those names, UNSPECIFIED left out.
std::vector<std::string> EnumNames(const google::protobuf::EnumDescriptor& type);

}  // namespace tracegate

#endif  // TRACEGATE_PROTOS_TRACEGATE_CONFIG_YAML_SCALAR_H_
