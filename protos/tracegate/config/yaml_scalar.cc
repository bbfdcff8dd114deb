#include "protos/tracegate/config/yaml_scalar.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <limits>
#include <optional>

#include "protos/tracegate/config/nearest_word.h"
#include "protos/tracegate/utf8.h"

namespace tracegate {
namespace {

using google::protobuf::EnumDescriptor;
using google::protobuf::EnumValueDescriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

// google.protobuf.Duration reaches 10,000 years.
constexpr int64_t kDurationSecondsMax = 315'576'000'000;

// At most 64 bytes of it, whole characters.
std::string Quoted(std::string_view text) {
  text = text.substr(0, 64);
  return "'" + std::string(text.substr(0, ValidUtf8Prefix(text))) + "'";
}

// Decimal and nothing else: `0x10` and `010` mean different numbers to different readers of YAML.
template <typename T>
std::optional<T> ParseNumber(std::string_view text) {
  const std::string_view digits = text.substr(text.substr(0, 1) == "-" ? 1 : 0);
  if (digits.size() > 1 && digits[0] == '0' && digits[1] != '.') return std::nullopt;
  if (digits.empty() || digits[0] < '0' || digits[0] > '9') return std::nullopt;
  T value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

template <typename T>
std::string NotNumber(std::string_view text) {
  if constexpr (std::numeric_limits<T>::is_integer) {
    return Quoted(text) + " is no such number; expected a whole number from " +
           std::to_string(std::numeric_limits<T>::min()) + " to " +
           std::to_string(std::numeric_limits<T>::max());
  }
  return Quoted(text) + " is no number; expected one such as 0.5";
}

std::string ScreamingSnake(std::string_view camel) {
  std::string snake;
  for (const char c : camel) {
    const bool upper = c >= 'A' && c <= 'Z';
    if (upper && !snake.empty()) snake += '_';
    snake += upper || c < 'a' || c > 'z' ? c : static_cast<char>(c - 'a' + 'A');
  }
  return snake;
}

bool IsLower(std::string_view text) {
  return std::none_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

}  // namespace

std::vector<std::string> EnumNames(const EnumDescriptor& type) {
  const std::string prefix = ScreamingSnake(type.name()) + "_";
  std::vector<std::string> names;
  for (int i = 0; i < type.value_count(); ++i) {
    if (type.value(i)->number() != 0) names.push_back(type.value(i)->name().substr(prefix.size()));
  }
  return names;
}

const EnumValueDescriptor* EnumValueNamed(std::string_view name, const EnumDescriptor& type) {
  std::string full = ScreamingSnake(type.name()) + "_";
  const std::string upper = [&] {
    std::string text(name);
    for (char& c : text) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    return text;
  }();
  // As in the proto, or all lower-case; `Riot_Act` is neither.
  if (name != upper && !IsLower(name)) return nullptr;
  const EnumValueDescriptor* value = type.FindValueByName(full + upper);
  return value != nullptr && value->number() != 0 ? value : nullptr;
}

std::string PutDuration(std::string_view text, google::protobuf::Duration* duration) {
  static constexpr char kExpected[] =
      " is no length of time; expected a whole number and ms, s, m, h or d, such as 250ms, 10s, "
      "90d";
  const size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
  const std::string_view unit = text.substr(digits);
  const auto number = ParseNumber<int64_t>(text.substr(0, digits));
  int64_t seconds = 0;
  if (unit == "s") seconds = 1;
  if (unit == "m") seconds = 60;
  if (unit == "h") seconds = 3'600;
  if (unit == "d") seconds = 86'400;
  if (!number || (seconds == 0 && unit != "ms")) return Quoted(text) + kExpected;
  if (seconds == 0) {
    duration->set_seconds(*number / 1'000);
    duration->set_nanos(static_cast<int32_t>(*number % 1'000) * 1'000'000);
  } else if (*number <= kDurationSecondsMax / seconds) {
    duration->set_seconds(*number * seconds);
  }
  if (duration->seconds() > kDurationSecondsMax ||
      (*number > 0 && duration->seconds() == 0 && duration->nanos() == 0)) {
    return Quoted(text) + " is too long; expected less than 10,000 years";
  }
  return "";
}

#define TRACEGATE_PUT(Type, value)                                                     \
  (field.is_repeated() ? message->GetReflection()->Add##Type(message, &field, (value)) \
                       : message->GetReflection()->Set##Type(message, &field, (value)))

std::string PutScalar(std::string_view text, const FieldDescriptor& field, Message* message) {
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING: {
      TRACEGATE_PUT(String, std::string(text));
      return "";
    }
    case FieldDescriptor::CPPTYPE_BOOL: {
      // YAML 1.1's `yes`, `on` and `NO` are not taken: NO is Norway.
      if (text != "true" && text != "false") return Quoted(text) + " is neither true nor false";
      TRACEGATE_PUT(Bool, text == "true");
      return "";
    }
    case FieldDescriptor::CPPTYPE_ENUM: {
      const EnumValueDescriptor* value = EnumValueNamed(text, *field.enum_type());
      if (value == nullptr) {
        return Quoted(text) + " is no " + field.enum_type()->name() +
               InsteadOf(text, EnumNames(*field.enum_type()));
      }
      TRACEGATE_PUT(Enum, value);
      return "";
    }
#define TRACEGATE_NUMBER(CPPTYPE, Type, type)    \
  case FieldDescriptor::CPPTYPE: {               \
    const auto number = ParseNumber<type>(text); \
    if (!number) return NotNumber<type>(text);   \
    TRACEGATE_PUT(Type, *number);                \
    return "";                                   \
  }
      TRACEGATE_NUMBER(CPPTYPE_INT32, Int32, int32_t)
      TRACEGATE_NUMBER(CPPTYPE_INT64, Int64, int64_t)
      TRACEGATE_NUMBER(CPPTYPE_UINT32, UInt32, uint32_t)
      TRACEGATE_NUMBER(CPPTYPE_UINT64, UInt64, uint64_t)
      TRACEGATE_NUMBER(CPPTYPE_FLOAT, Float, float)
      TRACEGATE_NUMBER(CPPTYPE_DOUBLE, Double, double)
#undef TRACEGATE_NUMBER
    case FieldDescriptor::CPPTYPE_MESSAGE: break;
  }
  return "is no single value; expected keys and values";
}

#undef TRACEGATE_PUT

}  // namespace tracegate
