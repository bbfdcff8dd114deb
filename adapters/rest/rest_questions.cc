#include "adapters/rest/rest_questions.h"

#include "absl/strings/str_replace.h"
#include "adapters/http/endpoint_config.h"
#include "adapters/http/json_answer.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

constexpr char kSerial[] = "{serial}";
constexpr char kRecordNumber[] = "{record_number}";

absl::Status Wrong(const std::string& field, std::string_view expected) {
  return FieldFailure(v1::REASON_CONFIG_INVALID, field, expected);
}

bool Has(const std::string& text, const char* place) {
  return text.find(place) != std::string::npos;
}

std::string Filled(const std::string& text, const char* place, const std::string& value) {
  return absl::StrReplaceAll(text, {{place, value}});
}

// A place of another name would be sent as it stands.
absl::Status CheckPlaces(const std::string& field, const std::string& path, const char* place) {
  const std::string rest = Filled(path, place, "");
  if (rest.find_first_of("{}") == std::string::npos) return CheckPath(field, path);
  return Wrong(field, std::string("has a brace that is not of ") + place);
}

}  // namespace

absl::StatusOr<RestQuestions> RestQuestions::Create(const config::v1::RestRegistry& config,
                                                    const HttpsEndpoint* endpoint,
                                                    const CharacterSet& character_set) {
  RestQuestions questions(config, endpoint, character_set);
  if (absl::Status checked = questions.Check(); !checked.ok()) return checked;
  return questions;
}

absl::Status RestQuestions::Check() const {
  absl::Status checked = CheckPlaces("rest.find.path", find_.path(), kSerial);
  checked.Update(CheckPlaces("rest.record.path", record_.path(), kRecordNumber));
  if (!checked.ok()) return checked;
  if (!Has(find_.path(), kSerial) && !Has(find_.body(), kSerial)) {
    return Wrong("rest.find.path", "has no {serial}, nor has rest.find.body");
  }
  if (!find_.body().empty() && !ParseJson(find_.body()).ok()) {
    return Wrong("rest.find.body", "is no JSON");
  }
  if (!Has(record_.path(), kRecordNumber)) {
    return Wrong("rest.record.path", "has no {record_number}");
  }
  return absl::OkStatus();
}

absl::StatusOr<HttpRequest> RestQuestions::Request(const std::string& path) const {
  auto url = endpoint_->At(path);
  if (!url.ok()) return FieldFailure(v1::REASON_FIELD_TOO_LONG, "serial_spellings", "is too long");
  return HttpRequest{.url = *std::move(url), .headers = {"Accept: application/json"}};
}

absl::StatusOr<std::optional<HttpRequest>> RestQuestions::Find(const std::string& serial) const {
  const auto bytes = character_set_.Encode(serial);
  if (!bytes) return std::nullopt;
  auto request = Request(Filled(find_.path(), kSerial, PercentEncoded(*bytes)));
  if (!request.ok() || find_.body().empty()) return request;
  request->headers.emplace_back("Content-Type: application/json");
  // JSON is UTF-8, whatever the registry's texts are in.
  request->body = Filled(find_.body(), kSerial, JsonEscaped(serial));
  return request;
}

absl::StatusOr<std::optional<HttpRequest>> RestQuestions::Record(const std::string& number) const {
  const auto bytes = character_set_.Encode(number);
  // A path has no such segments: a server would take them for other places.
  if (!bytes || *bytes == "." || *bytes == "..") return std::nullopt;
  return Request(Filled(record_.path(), kRecordNumber, PercentEncoded(*bytes)));
}

}  // namespace tracegate
