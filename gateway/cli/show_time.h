#ifndef TRACEGATE_GATEWAY_CLI_SHOW_TIME_H_
#define TRACEGATE_GATEWAY_CLI_SHOW_TIME_H_

#include <google/protobuf/timestamp.pb.h>

#include <string>

namespace tracegate {

// "2026-05-28 14:03 UTC".
std::string DayAndTime(const google::protobuf::Timestamp& time);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_CLI_SHOW_TIME_H_
