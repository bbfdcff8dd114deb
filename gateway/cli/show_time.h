#ifndef TRACEGATE_GATEWAY_CLI_SHOW_TIME_H_
#define TRACEGATE_GATEWAY_CLI_SHOW_TIME_H_

#include <google/protobuf/timestamp.pb.h>

#include <string>

#include "tracegate/v1/firearm.pb.h"

namespace tracegate {

// "2026-05-28", or as much of it as is known; empty where nothing is.
std::string DateText(const v1::Date& date);

// "2026-05-28 14:03 UTC".
std::string DayAndTime(const google::protobuf::Timestamp& time);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_CLI_SHOW_TIME_H_
