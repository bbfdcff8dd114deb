#ifndef TRACEGATE_GATEWAY_CLI_JSON_H_
#define TRACEGATE_GATEWAY_CLI_JSON_H_

#include <string>

#include "google/protobuf/message.h"

namespace tracegate {

// A message as JSON, field names as in the protos, one line.
std::string JsonOf(const google::protobuf::Message& message);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_CLI_JSON_H_
