// The name in a stranger's certificate.

#include "gateway/identity/spiffe_id.h"

#include "tests/fuzz/property.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  using namespace tracegate;
  const std::string_view uri = TextOf(bytes, size);
  const auto id = ParseSpiffeId(uri);
  if (!id.ok()) {
    RequireRefusal(id.status(), v1::REASON_CERTIFICATE_UNSUITABLE);
    Require(id.status().message().size() < 512, "a refusal is bounded");
    return 0;
  }
  // One name, one spelling: what was taken is exactly what its parts make.
  Require(
      "spiffe://" + id->trust_domain + "/" + id->agency + "/" + std::string(RoleName(id->role)) ==
          uri,
      "a name has one spelling");
  Require(IsTrustDomain(id->trust_domain), "the trust domain is one");
  return 0;
}
