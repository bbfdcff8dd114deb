#include "gateway/cli/request_input.h"

#include <iostream>
#include <iterator>
#include <random>

#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "protos/tracegate/config/yaml_message.h"

namespace tracegate {

absl::Status ReadRequest(const std::string& path, google::protobuf::Message* request) {
  if (path != "-") return ReadYamlMessage(path, request);
  const std::string text(std::istreambuf_iterator<char>(std::cin), {});
  return ParseYamlMessage(text, "standard input", request);
}

absl::StatusOr<v1::TraceRequest> ReadTraceRequest(const std::string& path,
                                                  const TypedMarks& typed) {
  v1::TraceRequest request;
  if (auto status = ReadRequest(path, &request); !status.ok()) return status;
  LayOver(typed, request.mutable_item());
  return request;
}

std::string MakeRequestId() {
  std::random_device device;
  return absl::FormatTime("%Y%m%dT%H%M%SZ", absl::Now(), absl::UTCTimeZone()) +
         absl::StrFormat("-%08x%08x", device(), device());
}

}  // namespace tracegate
