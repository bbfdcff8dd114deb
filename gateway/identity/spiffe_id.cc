#include "gateway/identity/spiffe_id.h"

#include <algorithm>

#include "gateway/identity/printable.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

constexpr std::string_view kScheme = "spiffe://";
constexpr size_t kShownBytesMax = 200;

bool IsLowerOrDigit(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

bool IsTrustDomainByte(char c) { return IsLowerOrDigit(c) || c == '.' || c == '-' || c == '_'; }

bool IsSegmentByte(char c) { return IsTrustDomainByte(c) || (c >= 'A' && c <= 'Z'); }

// Dot segments are refused because a URI library on the way may resolve them (RFC 3986, 5.2.4).
bool IsSegment(std::string_view text) {
  return !text.empty() && text != "." && text != ".." &&
         std::all_of(text.begin(), text.end(), IsSegmentByte);
}

absl::Status Unsuitable(std::string_view uri, const std::string& problem) {
  return Failure(v1::REASON_CERTIFICATE_UNSUITABLE,
                 "SPIFFE ID '" + Printable(uri, kShownBytesMax) + "' " + problem +
                     "; expected spiffe://<trust domain>/<agency>/<role>");
}

}  // namespace

bool IsTrustDomain(std::string_view text) {
  return !text.empty() && text.size() <= kTrustDomainBytesMax &&
         std::all_of(text.begin(), text.end(), IsTrustDomainByte);
}

absl::StatusOr<SpiffeId> ParseSpiffeId(std::string_view uri) {
  if (uri.size() > kSpiffeIdBytesMax) {
    return Unsuitable(uri, "is longer than " + std::to_string(kSpiffeIdBytesMax) + " bytes");
  }
  if (uri.substr(0, kScheme.size()) != kScheme) return Unsuitable(uri, "does not start spiffe://");
  const std::string_view rest = uri.substr(kScheme.size());

  const size_t domain_end = rest.find('/');
  const std::string_view trust_domain = rest.substr(0, domain_end);
  if (!IsTrustDomain(trust_domain)) {
    return Unsuitable(uri, "has a trust domain that is not 1 to 255 of a-z 0-9 . - _");
  }
  if (domain_end == std::string_view::npos) return Unsuitable(uri, "has no agency and role");

  const std::string_view path = rest.substr(domain_end + 1);
  const size_t agency_end = path.find('/');
  if (agency_end == std::string_view::npos) return Unsuitable(uri, "has no role");
  const std::string_view agency = path.substr(0, agency_end);
  const std::string_view role_name = path.substr(agency_end + 1);
  if (!IsSegment(agency)) {
    return Unsuitable(uri, "has an agency that is not one segment of letters, digits, . - _");
  }
  // A third segment, a query or a fragment lands here, as part of a role no one has.
  const auto role = ParseRole(role_name);
  if (!role) {
    return Unsuitable(uri,
                      "does not end in a role (registry, liaison, compliance, desk, peer, admin)");
  }
  return SpiffeId{std::string(trust_domain), std::string(agency), *role};
}

}  // namespace tracegate
