#ifndef TRACEGATE_ADAPTERS_HTTP_JSON_ANSWER_H_
#define TRACEGATE_ADAPTERS_HTTP_JSON_ANSWER_H_

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/statusor.h"
#include "rapidjson/document.h"
#include "rapidjson/pointer.h"

namespace tracegate {

// A number in it is the text that was written: `00123` is no JSON, but 1e5 stays 1e5, and no digit is rounded off.
using JsonAnswer = rapidjson::Document;
using JsonValue = rapidjson::Value;

// UTF-8, of any depth. Errors: INVALID_ARGUMENT, with nothing of the text.
absl::StatusOr<JsonAnswer> ParseJson(std::string_view text);

// Where something stands in a JSON value: a member's name, or a JSON Pointer (RFC 6901) where it begins with `/`; `#` is
// the value itself.
//
// Thread safety: immutable.
class JsonPlace {
 public:
  // Errors: INVALID_ARGUMENT where it is no JSON Pointer.
  static absl::StatusOr<JsonPlace> Parse(const std::string& text);

  // Null where there is no such member; a JSON null is there.
  const JsonValue* In(const JsonValue& value) const { return pointer_.Get(value); }

 private:
  explicit JsonPlace(rapidjson::Pointer pointer) : pointer_(std::move(pointer)) {}

  rapidjson::Pointer pointer_;
};

// A text, a number or a truth value as it was written; nothing of null, lists and objects.
std::optional<std::string> JsonText(const JsonValue& value);

// The bytes of a JSON string, without the quotes around it.
std::string JsonEscaped(std::string_view text);

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_HTTP_JSON_ANSWER_H_
