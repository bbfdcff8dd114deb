#ifndef TRACEGATE_PROTOS_TRACEGATE_MALFORMED_H_
#define TRACEGATE_PROTOS_TRACEGATE_MALFORMED_H_

#include <string_view>

#include "absl/status/status.h"
#include "google/protobuf/descriptor.h"

namespace tracegate {

// Says what is wrong with bytes that did not parse as a message of that type: MALFORMED_MESSAGE with the path of
// the first string field that is not UTF-8, or of the field at which the bytes break off. Never OK.
absl::Status ExplainMalformed(std::string_view bytes, const google::protobuf::Descriptor& type);

}  // namespace tracegate

#endif  // TRACEGATE_PROTOS_TRACEGATE_MALFORMED_H_
