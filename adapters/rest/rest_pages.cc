#include "adapters/rest/rest_pages.h"

#include "adapters/http/link_header.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

using Config = config::v1::RestPages;

constexpr int kPages = 10;
constexpr int kPagesLimit = 100;
constexpr int kSecondPage = 2;

absl::Status Wrong(const std::string& field, std::string_view expected) {
  return FieldFailure(v1::REASON_CONFIG_INVALID, "rest.find.pages." + field, expected);
}

// The part of the configuration that says where in an answer something is; its name and text.
std::pair<std::string, std::string> PlaceIn(const Config& config) {
  if (config.has_next_link()) return {"next_link", config.next_link()};
  if (config.has_cursor()) return {"cursor.at", config.cursor().at()};
  return {};
}

HttpRequest WithParameter(const HttpRequest& request, const std::string& name,
                          const std::string& value) {
  HttpRequest longer = request;
  longer.url = request.url.WithParameter(name, value);
  return longer;
}

}  // namespace

absl::StatusOr<RestPages> RestPages::Create(const Config& config) {
  if (config.pages_max() < 0 || config.pages_max() > kPagesLimit) {
    return Wrong("pages_max", "is out of range; expected 1 to 100");
  }
  if (config.has_numbers() && config.numbers().parameter().empty()) {
    return Wrong("numbers.parameter", "is missing; expected a name such as page");
  }
  if (config.has_numbers() && config.numbers().second() < 0) {
    return Wrong("numbers.second", "is less than 0");
  }
  if (config.has_cursor() && config.cursor().parameter().empty()) {
    return Wrong("cursor.parameter", "is missing; expected a name such as after");
  }
  const auto [field, text] = PlaceIn(config);
  if (field.empty()) return RestPages(config, std::nullopt);
  auto place = JsonPlace::Parse(text);
  if (!place.ok()) return Wrong(field, std::string(place.status().message()));
  return RestPages(config, *std::move(place));
}

int RestPages::pages_max() const { return config_.pages_max() == 0 ? kPages : config_.pages_max(); }

std::string RestPages::TextAt(const JsonAnswer& json) const {
  const JsonValue* value = place_->In(json);
  return value == nullptr ? "" : JsonText(*value).value_or("");
}

absl::StatusOr<std::optional<HttpRequest>> RestPages::Follow(const Page& page,
                                                             const std::string& link) {
  if (link.empty()) return std::nullopt;
  auto url = page.request.url.Follow(link);
  if (!url.ok()) return url.status();
  return HttpRequest{.url = *std::move(url), .headers = {"Accept: application/json"}};
}

absl::StatusOr<std::optional<HttpRequest>> RestPages::Next(const Page& page) const {
  switch (config_.way_case()) {
    case Config::kNextLink: return Follow(page, TextAt(page.json));
    case Config::kLinkHeader: {
      for (const std::string& header : page.answer.links) {
        if (const auto link = NextLink(header)) return Follow(page, *link);
      }
      return std::nullopt;
    }
    case Config::kNumbers: {
      if (page.records == 0) return std::nullopt;
      const int second = config_.numbers().second() == 0 ? kSecondPage : config_.numbers().second();
      return WithParameter(page.first, config_.numbers().parameter(),
                           std::to_string(second + page.number - 1));
    }
    case Config::kCursor: {
      const std::string cursor = TextAt(page.json);
      if (cursor.empty()) return std::nullopt;
      return WithParameter(page.first, config_.cursor().parameter(), cursor);
    }
    case Config::WAY_NOT_SET: break;
  }
  return std::nullopt;
}

}  // namespace tracegate
