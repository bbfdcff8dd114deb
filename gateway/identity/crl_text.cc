#include "gateway/identity/crl_text.h"

#include <openssl/pem.h>
#include <openssl/rsa.h>

#include <algorithm>

#include "gateway/identity/certificate_text.h"
#include "gateway/identity/pem_blocks.h"

namespace tracegate::x509 {
namespace {

constexpr int kDigestBytesMin = 28;  // SHA-224: 112 bits against collisions

using EnumeratedPtr = std::unique_ptr<ASN1_ENUMERATED, Freeing<ASN1_ENUMERATED_free>>;
using PointPtr = std::unique_ptr<ISSUING_DIST_POINT, Freeing<ISSUING_DIST_POINT_free>>;
using PssPtr = std::unique_ptr<RSA_PSS_PARAMS, Freeing<RSA_PSS_PARAMS_free>>;

absl::StatusOr<CrlPtr> Parse(std::string_view der) {
  const auto* at = reinterpret_cast<const unsigned char*>(der.data());
  const unsigned char* end = at + der.size();
  CrlPtr crl(d2i_X509_CRL(nullptr, &at, static_cast<long>(der.size())));  // NOLINT(runtime/int)
  const std::string reason = TakeLibraryError();
  if (crl != nullptr && at == end) return crl;
  return absl::InvalidArgumentError("holds no X.509 CRL that can be read (" + reason + ")");
}

absl::Status Wrong(const X509_CRL* crl, const std::string& problem) {
  return absl::InvalidArgumentError("holds a " + DescribeCrl(crl) + " that " + problem);
}

// The digest that an RSASSA-PSS signature was made with; SHA-1 where it does not say (RFC 4055, 3.1).
int PssDigest(const X509_ALGOR* algorithm) {
  if (algorithm->parameter == nullptr) return NID_sha1;
  const PssPtr parameters(static_cast<RSA_PSS_PARAMS*>(
      ASN1_TYPE_unpack_sequence(ASN1_ITEM_rptr(RSA_PSS_PARAMS), algorithm->parameter)));
  if (parameters == nullptr || parameters->hashAlgorithm == nullptr) return NID_sha1;
  return OBJ_obj2nid(parameters->hashAlgorithm->algorithm);
}

// X509_verify_cert asks this of certificates and not of CRLs.
bool IsStrong(const X509_CRL* crl) {
  const X509_ALGOR* algorithm = nullptr;
  X509_CRL_get0_signature(crl, nullptr, &algorithm);
  int digest = NID_undef;
  int key = NID_undef;
  if (OBJ_find_sigid_algs(OBJ_obj2nid(algorithm->algorithm), &digest, &key) != 1) return false;
  if (key == NID_ED25519 || key == NID_ED448) return true;
  if (digest == NID_undef && key == NID_rsassaPss) digest = PssDigest(algorithm);
  const EVP_MD* known = EVP_get_digestbynid(digest);
  return known != nullptr && EVP_MD_get_size(known) >= kDigestBytesMin;
}

absl::Status CheckScope(X509_CRL* crl) {
  if (X509_CRL_get_ext_by_NID(crl, NID_delta_crl, -1) >= 0) {
    return Wrong(crl, "is a delta CRL; publish the complete one");
  }
  int state = 0;
  const PointPtr point(static_cast<ISSUING_DIST_POINT*>(
      X509_CRL_get_ext_d2i(crl, NID_issuing_distribution_point, &state, nullptr)));
  if (point == nullptr && state != -1) return Wrong(crl, "has a malformed or repeated scope");
  if (point == nullptr) return absl::OkStatus();
  if (point->indirectCRL > 0) return Wrong(crl, "is indirect; each CA signs its own");
  if (point->onlysomereasons != nullptr) return Wrong(crl, "is for some reasons only");
  return absl::OkStatus();
}

absl::Status CheckExtensions(const X509_CRL* crl) {
  for (int i = 0; i < X509_CRL_get_ext_count(crl); ++i) {
    X509_EXTENSION* extension = X509_CRL_get_ext(crl, i);
    if (X509_EXTENSION_get_critical(extension) == 0) continue;
    const int nid = OBJ_obj2nid(X509_EXTENSION_get_object(extension));
    if (nid != NID_issuing_distribution_point && nid != NID_authority_key_identifier &&
        nid != NID_crl_number) {
      return Wrong(crl, "has a critical extension that is not known here");
    }
  }
  return absl::OkStatus();
}

absl::Status CheckEntry(const X509_CRL* crl, const X509_REVOKED* entry) {
  for (int i = 0; i < X509_REVOKED_get_ext_count(entry); ++i) {
    X509_EXTENSION* extension = X509_REVOKED_get_ext(entry, i);
    const int nid = OBJ_obj2nid(X509_EXTENSION_get_object(extension));
    if (nid == NID_certificate_issuer) return Wrong(crl, "is indirect; each CA signs its own");
    if (X509_EXTENSION_get_critical(extension) != 0 && nid != NID_crl_reason &&
        nid != NID_invalidity_date) {
      return Wrong(crl, "has an entry with a critical extension that is not known here");
    }
  }
  const EnumeratedPtr reason(static_cast<ASN1_ENUMERATED*>(
      X509_REVOKED_get_ext_d2i(entry, NID_crl_reason, nullptr, nullptr)));
  if (reason != nullptr && ASN1_ENUMERATED_get(reason.get()) == CRL_REASON_REMOVE_FROM_CRL) {
    return Wrong(crl, "has an entry removeFromCRL, which belongs in a delta CRL");
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::vector<CrlPtr>> ReadCrls(std::string_view text, size_t crls_max) {
  auto blocks = ReadPemBlocks(text, PEM_STRING_X509_CRL, crls_max);
  if (!blocks.ok()) return blocks.status();
  // No PEM at all: the other way in which CAs publish, one CRL in DER.
  if (blocks->empty()) blocks->emplace_back(text);
  std::vector<CrlPtr> crls;
  for (const std::string& der : *blocks) {
    auto crl = Parse(der);
    if (!crl.ok()) return crl.status();
    crls.push_back(*std::move(crl));
  }
  return crls;
}

absl::Status CheckCrl(X509_CRL* crl) {
  if (X509_CRL_get0_nextUpdate(crl) == nullptr) {
    return Wrong(crl, "has no nextUpdate; without it nobody notices that the next one is missing");
  }
  if (X509_CRL_get_ext_by_NID(crl, NID_crl_number, -1) < 0) {
    return Wrong(crl, "has no CRL number (RFC 5280, 5.2.3)");
  }
  if (!IsStrong(crl)) return Wrong(crl, "is signed with too weak a digest; use SHA-256");
  if (absl::Status scope = CheckScope(crl); !scope.ok()) return scope;
  if (absl::Status known = CheckExtensions(crl); !known.ok()) return known;
  const STACK_OF(X509_REVOKED)* entries = X509_CRL_get_REVOKED(crl);
  for (int i = 0; i < sk_X509_REVOKED_num(entries); ++i) {
    absl::Status sound = CheckEntry(crl, sk_X509_REVOKED_value(entries, i));
    if (!sound.ok()) return sound;
  }
  return absl::OkStatus();
}

std::string DescribeCrl(const X509_CRL* crl) {
  return "CRL of " + DescribeName(X509_CRL_get_issuer(crl));
}

absl::Time ThisUpdate(const X509_CRL* crl) {
  return TimeOf(X509_CRL_get0_lastUpdate(crl), absl::InfiniteFuture());
}

absl::Time NextUpdate(const X509_CRL* crl) {
  return TimeOf(X509_CRL_get0_nextUpdate(crl), absl::InfinitePast());
}

}  // namespace tracegate::x509
