#include "protos/tracegate/bounds_check.h"

#include <google/protobuf/descriptor.h>

#include "protos/tracegate/failure.h"
#include "protos/tracegate/malformed.h"
#include "tracegate/v1/bounds.pb.h"

namespace tracegate {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

constexpr int kStringBytesMax = 4096;
constexpr int kItemsMax = 1000;

std::string Join(std::string_view path, std::string_view name) {
  return path.empty() ? std::string(name) : std::string(path) + "." + std::string(name);
}

int BytesMax(const FieldDescriptor& field) {
  const auto& options = field.options();
  return options.HasExtension(v1::bytes_max) ? options.GetExtension(v1::bytes_max)
                                             : kStringBytesMax;
}

int ItemsMax(const FieldDescriptor& field) {
  const auto& options = field.options();
  return options.HasExtension(v1::items_max) ? options.GetExtension(v1::items_max) : kItemsMax;
}

// Text fields are for people and registries: line breaks and tabs are text, other control characters are not.
bool HasControlCharacter(const std::string& text) {
  for (unsigned char c : text) {
    if (c < 0x20 && c != '\n' && c != '\r' && c != '\t') return true;
    if (c == 0x7f) return true;
  }
  return false;
}

absl::Status CheckString(const FieldDescriptor& field, const std::string& text,
                         const std::string& path) {
  const int limit = BytesMax(field);
  if (text.size() > static_cast<size_t>(limit)) {
    return FieldFailure(v1::REASON_FIELD_TOO_LONG, path,
                        "has " + std::to_string(text.size()) + " bytes; at most " +
                            std::to_string(limit) + " are allowed");
  }
  if (HasControlCharacter(text)) {
    return FieldFailure(v1::REASON_FIELD_INVALID, path,
                        "holds a control character; only text, line breaks and tabs are allowed");
  }
  return absl::OkStatus();
}

absl::Status CheckEnum(const FieldDescriptor& field, int value, const std::string& path) {
  if (field.enum_type()->FindValueByNumber(value) != nullptr) return absl::OkStatus();
  return FieldFailure(v1::REASON_ENUM_UNKNOWN, path,
                      "has the value " + std::to_string(value) + ", which " +
                          field.enum_type()->name() + " does not have");
}

absl::Status CheckField(const Message& message, const FieldDescriptor& field,
                        const std::string& path) {
  const Reflection& reflection = *message.GetReflection();
  const bool repeated = field.is_repeated();
  const int count = repeated ? reflection.FieldSize(message, &field) : 1;
  if (repeated && count > ItemsMax(field)) {
    return FieldFailure(v1::REASON_FIELD_TOO_LONG, path,
                        "has " + std::to_string(count) + " items; at most " +
                            std::to_string(ItemsMax(field)) + " are allowed");
  }
  for (int i = 0; i < count; ++i) {
    const std::string at = repeated ? path + "[" + std::to_string(i) + "]" : path;
    absl::Status status;
    switch (field.cpp_type()) {
      case FieldDescriptor::CPPTYPE_MESSAGE:
        status = CheckBounds(repeated ? reflection.GetRepeatedMessage(message, &field, i)
                                      : reflection.GetMessage(message, &field),
                             at);
        break;
      case FieldDescriptor::CPPTYPE_STRING:
        if (field.type() == FieldDescriptor::TYPE_STRING) {
          status = CheckString(field,
                               repeated ? reflection.GetRepeatedString(message, &field, i)
                                        : reflection.GetString(message, &field),
                               at);
        }
        break;
      case FieldDescriptor::CPPTYPE_ENUM:
        status = CheckEnum(field,
                           repeated ? reflection.GetRepeatedEnumValue(message, &field, i)
                                    : reflection.GetEnumValue(message, &field),
                           at);
        break;
      default: break;
    }
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status CheckBounds(const Message& message, std::string_view root) {
  std::vector<const FieldDescriptor*> fields;
  message.GetReflection()->ListFields(message, &fields);
  for (const FieldDescriptor* field : fields) {
    if (auto status = CheckField(message, *field, Join(root, field->name())); !status.ok()) {
      return status;
    }
  }
  return absl::OkStatus();
}

absl::Status ParseChecked(std::string_view bytes, Message* message) {
  if (bytes.size() > INT32_MAX ||
      !message->ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
    return ExplainMalformed(bytes, *message->GetDescriptor());
  }
  return CheckBounds(*message);
}

}  // namespace tracegate
