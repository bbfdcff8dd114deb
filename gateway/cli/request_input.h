#ifndef TRACEGATE_GATEWAY_CLI_REQUEST_INPUT_H_
#define TRACEGATE_GATEWAY_CLI_REQUEST_INPUT_H_

#include <string>

#include "absl/status/statusor.h"
#include "tracegate/v1/trace.pb.h"

namespace tracegate {

// What an officer types to describe a weapon; each overrides the request file's field.
struct TypedMarks {
  std::string serial;
  std::string manufacturer;
  std::string model;
  std::string calibre;
  std::string country;
  std::string import_mark;

  bool empty() const;
};

// Lays the typed marks over the item's weapon.
void LayOver(const TypedMarks& typed, v1::Item* item);

// Reads a trace request: YAML (or JSON) of v1.TraceRequest, `-` for standard input; and lays the typed marks over it.
// Errors: CONFIG_INVALID with file, line and key.
absl::StatusOr<v1::TraceRequest> ReadTraceRequest(const std::string& path, const TypedMarks& typed);

// A request id for a caller that chose none: time and chance, good for one agency.
std::string MakeRequestId();

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_CLI_REQUEST_INPUT_H_
