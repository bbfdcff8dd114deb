#include "protos/tracegate/malformed.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/wire_format_lite.h>

#include <map>
#include <string>

#include "protos/tracegate/failure.h"
#include "protos/tracegate/utf8.h"

namespace tracegate {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::internal::WireFormatLite;
using google::protobuf::io::CodedInputStream;

constexpr int kDepthMax = 64;

struct Fault {
  std::string path;
  std::string what;
};

std::string PathOf(const std::string& path, const FieldDescriptor& field, int ordinal) {
  std::string out = path.empty() ? field.name() : path + "." + field.name();
  if (field.is_repeated()) out += "[" + std::to_string(ordinal) + "]";
  return out;
}

// Walks the wire form along the descriptor. Returns true and fills `fault` at the first thing wrong.
bool FindFault(std::string_view bytes, const Descriptor& type, const std::string& path, int depth,
               Fault* fault) {
  CodedInputStream in(reinterpret_cast<const uint8_t*>(bytes.data()),
                      static_cast<int>(bytes.size()));
  std::map<int, int> seen;
  while (const uint32_t tag = in.ReadTag()) {
    const int number = WireFormatLite::GetTagFieldNumber(tag);
    const FieldDescriptor* field = type.FindFieldByNumber(number);
    const std::string at = field == nullptr ? path : PathOf(path, *field, seen[number]++);
    if (WireFormatLite::GetTagWireType(tag) != WireFormatLite::WIRETYPE_LENGTH_DELIMITED) {
      if (WireFormatLite::SkipField(&in, tag)) continue;
      *fault = {at, "the bytes break off here"};
      return true;
    }
    uint32_t length = 0;
    if (!in.ReadVarint32(&length) ||
        length > bytes.size() - static_cast<size_t>(in.CurrentPosition())) {
      *fault = {at, "the bytes break off here"};
      return true;
    }
    const auto value = bytes.substr(static_cast<size_t>(in.CurrentPosition()), length);
    in.Skip(static_cast<int>(length));
    if (field == nullptr) continue;
    if (field->type() == FieldDescriptor::TYPE_STRING) {
      if (const size_t valid = ValidUtf8Prefix(value); valid != value.size()) {
        *fault = {at, "is not UTF-8 from byte " + std::to_string(valid) + " on"};
        return true;
      }
    } else if (field->type() == FieldDescriptor::TYPE_MESSAGE && depth < kDepthMax) {
      if (FindFault(value, *field->message_type(), at, depth + 1, fault)) return true;
    }
  }
  if (in.ConsumedEntireMessage()) return false;
  *fault = {path, "the bytes are no field here"};
  return true;
}

}  // namespace

absl::Status ExplainMalformed(std::string_view bytes, const Descriptor& type) {
  Fault fault;
  if (bytes.size() > INT32_MAX || !FindFault(bytes, type, "", 0, &fault) || fault.path.empty()) {
    return Failure(v1::REASON_MALFORMED_MESSAGE, "the bytes are not a " + type.full_name());
  }
  return FieldFailure(v1::REASON_MALFORMED_MESSAGE, fault.path, fault.what);
}

}  // namespace tracegate
