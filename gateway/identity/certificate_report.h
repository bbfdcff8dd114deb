#ifndef TRACEGATE_GATEWAY_IDENTITY_CERTIFICATE_REPORT_H_
#define TRACEGATE_GATEWAY_IDENTITY_CERTIFICATE_REPORT_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "gateway/identity/spiffe_id.h"

namespace tracegate {

// What the gateway reads in one certificate, for people. Every text is printable ASCII and bounded.
struct CertificateReport {
  std::string subject;  // common name
  std::string issuer;
  std::string serial;              // hex
  std::vector<std::string> uris;   // alternative names
  std::optional<SpiffeId> spiffe;  // where there is exactly one URI, and it is one of ours
  bool is_ca = false;
  std::vector<std::string> key_usages;       // RFC 5280's words: digitalSignature
  std::vector<std::string> extended_usages;  // clientAuth; or numbers
  absl::Time not_before;
  absl::Time not_after;
  std::string key;          // `EC P-256`, `RSA 2048`, `ED25519`
  std::string signature;    // `ecdsa-with-SHA256`
  std::string fingerprint;  // SHA-256 of the DER, hex
  // What the profile in certs/ has against it: that of a caller or gateway, or of a CA where it is one.
  std::vector<std::string> problems;
};

// What the gateway reads in one CRL.
struct CrlReport {
  std::string issuer;
  absl::Time this_update;
  absl::Time next_update;
  int entries = 0;
  std::vector<std::string> problems;
};

// Every certificate of a PEM text, at most 128. Errors: CONFIG_INVALID with `file` as the field.
absl::StatusOr<std::vector<CertificateReport>> InspectCertificates(const std::string& file,
                                                                   std::string_view pem);

// Every CRL of a file, PEM or DER. Errors: CONFIG_INVALID with `file` as the field.
absl::StatusOr<std::vector<CrlReport>> InspectCrls(const std::string& file, std::string_view text);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_IDENTITY_CERTIFICATE_REPORT_H_
