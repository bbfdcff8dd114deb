#include "protos/tracegate/field_bytes.h"

#include <cstdint>

#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/io/zero_copy_stream_impl_lite.h"
#include "google/protobuf/wire_format_lite.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

using google::protobuf::internal::WireFormatLite;
using google::protobuf::io::CodedInputStream;

uint32_t TagOf(int field) {
  return WireFormatLite::MakeTag(field, WireFormatLite::WIRETYPE_LENGTH_DELIMITED);
}

absl::Status Malformed(int field, std::string_view problem) {
  return Failure(v1::REASON_MALFORMED_MESSAGE,
                 "the message " + std::string(problem) + " (field " + std::to_string(field) + ")");
}

}  // namespace

absl::StatusOr<std::string_view> FieldBytes(std::string_view message, int field) {
  CodedInputStream stream(reinterpret_cast<const uint8_t*>(message.data()),
                          static_cast<int>(message.size()));
  std::string_view bytes;
  bool found = false;
  while (const uint32_t tag = stream.ReadTag()) {
    if (tag != TagOf(field)) {
      if (!WireFormatLite::SkipField(&stream, tag)) return Malformed(field, "breaks off");
      continue;
    }
    if (found) return Malformed(field, "has a field twice");
    found = true;
    uint32_t length = 0;
    if (!stream.ReadVarint32(&length)) return Malformed(field, "breaks off");
    bytes = message.substr(static_cast<size_t>(stream.CurrentPosition()), length);
    if (!stream.Skip(static_cast<int>(length))) return Malformed(field, "breaks off");
  }
  if (!stream.ConsumedEntireMessage()) return Malformed(field, "is none");
  return bytes;
}

void AppendFieldBytes(int field, std::string_view bytes, std::string* message) {
  google::protobuf::io::StringOutputStream target(message);
  google::protobuf::io::CodedOutputStream stream(&target);
  stream.WriteTag(TagOf(field));
  stream.WriteVarint32(static_cast<uint32_t>(bytes.size()));
  if (!bytes.empty()) stream.WriteRaw(bytes.data(), static_cast<int>(bytes.size()));
}

}  // namespace tracegate
