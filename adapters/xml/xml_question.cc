#include "adapters/xml/xml_question.h"

#include <algorithm>
#include <fstream>
#include <iterator>

#include "absl/strings/str_replace.h"
#include "adapters/http/endpoint_config.h"
#include "adapters/xml/xml_document.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

constexpr size_t kRequestBytesMax = 1 << 20;
constexpr char kContentType[] = "text/xml; charset=utf-8";

absl::Status Wrong(const std::string& field, const std::string& expected) {
  return FieldFailure(v1::REASON_CONFIG_INVALID, field, expected);
}

// It stands in a header.
bool IsHeaderValue(const std::string& text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~'; });
}

absl::StatusOr<std::string> ReadRequest(const std::string& field, const std::string& path,
                                        const std::string& place) {
  std::ifstream file(path, std::ios::binary);
  if (!file.is_open()) return Wrong(field, "cannot be read; expected an XML file");
  std::string text(std::istreambuf_iterator<char>(file), {});
  if (text.size() > kRequestBytesMax) return Wrong(field, "is longer than 1 MiB");
  if (text.find(place) == std::string::npos) return Wrong(field, "has no " + place);
  const auto document = ParseXml(absl::StrReplaceAll(text, {{place, "1"}}));
  if (!document.ok()) return Wrong(field, std::string(document.status().message()));
  return text;
}

}  // namespace

absl::StatusOr<XmlQuestion> XmlQuestion::Load(const std::string& key, const std::string& place,
                                              const config::v1::XmlQuestion& config,
                                              const HttpsEndpoint& endpoint) {
  if (absl::Status path = CheckPath(key + ".path", config.path()); !path.ok()) return path;
  auto url = endpoint.At(config.path());
  if (!url.ok()) return Wrong(key + ".path", std::string(url.status().message()));
  auto text = ReadRequest(key + ".request_file", config.request_file(), place);
  if (!text.ok()) return text.status();
  if (!IsHeaderValue(config.content_type())) {
    return Wrong(key + ".content_type", "is no type such as text/xml; charset=utf-8");
  }
  if (!IsHeaderValue(config.soap_action()) || config.soap_action().find('"') != std::string::npos) {
    return Wrong(key + ".soap_action", "is no name such as urn:find, without quotes");
  }
  std::vector<std::string> headers = {
      "Content-Type: " +
          (config.content_type().empty() ? std::string(kContentType) : config.content_type()),
      "Accept: application/soap+xml, application/xml, text/xml"};
  if (!config.soap_action().empty()) {
    headers.push_back("SOAPAction: \"" + config.soap_action() + "\"");
  }
  return XmlQuestion(*std::move(url), std::move(headers), *std::move(text), place);
}

std::optional<HttpRequest> XmlQuestion::About(const std::string& value) const {
  const auto escaped = XmlEscaped(value);
  if (!escaped) return std::nullopt;
  return HttpRequest{
      .url = url_, .headers = headers_, .body = absl::StrReplaceAll(text_, {{place_, *escaped}})};
}

std::optional<std::string> XmlEscaped(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    switch (c) {
      case '&': escaped += "&amp;"; break;
      case '<': escaped += "&lt;"; break;
      case '>': escaped += "&gt;"; break;
      case '"': escaped += "&quot;"; break;
      case '\'': escaped += "&apos;"; break;
      // As they are, an attribute would have blanks.
      case '\t':
      case '\n':
      case '\r': escaped += "&#" + std::to_string(c) + ";"; break;
      default:
        if (static_cast<unsigned char>(c) < ' ') return std::nullopt;
        escaped += c;
    }
  }
  return escaped;
}

}  // namespace tracegate
