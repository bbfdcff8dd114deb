#include "adapters/http/json_answer.h"

#include "rapidjson/stringbuffer.h"
#include "rapidjson/writer.h"

namespace tracegate {
namespace {

// Iterative: an answer that nests deeply fills no stack.
constexpr unsigned kParsing = rapidjson::kParseNumbersAsStringsFlag |
                              rapidjson::kParseIterativeFlag |
                              rapidjson::kParseValidateEncodingFlag;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

}  // namespace

absl::StatusOr<JsonAnswer> ParseJson(std::string_view text) {
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  JsonAnswer answer;
  answer.Parse<kParsing>(text.data(), text.size());
  if (answer.HasParseError()) return absl::InvalidArgumentError("is no JSON in UTF-8");
  return answer;
}

absl::StatusOr<JsonPlace> JsonPlace::Parse(const std::string& text) {
  if (text.empty()) return absl::InvalidArgumentError("is empty");
  if (text == "#") return JsonPlace(rapidjson::Pointer());
  if (text[0] != '/') {
    return JsonPlace(
        rapidjson::Pointer().Append(text.data(), static_cast<rapidjson::SizeType>(text.size())));
  }
  rapidjson::Pointer pointer(text.data(), text.size());
  if (!pointer.IsValid()) return absl::InvalidArgumentError("is no JSON Pointer (RFC 6901)");
  return JsonPlace(std::move(pointer));
}

std::optional<std::string> JsonText(const JsonValue& value) {
  if (value.IsString()) return std::string(value.GetString(), value.GetStringLength());
  if (value.IsBool()) return value.GetBool() ? "true" : "false";
  return std::nullopt;
}

std::string JsonEscaped(std::string_view text) {
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer> writer(buffer);
  writer.String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
  return {buffer.GetString() + 1, buffer.GetSize() - 2};
}

}  // namespace tracegate
