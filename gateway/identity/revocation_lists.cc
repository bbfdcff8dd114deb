#include "gateway/identity/revocation_lists.h"

#include <openssl/err.h>

#include <string>
#include <utility>

#include "gateway/identity/certificate_text.h"
#include "gateway/identity/crl_text.h"

namespace tracegate {
namespace {

constexpr size_t kCrlBytesMax = 4 << 20;
constexpr size_t kCrlsMax = 64;

absl::Status CheckSigner(X509_CRL* crl, const std::vector<X509*>& authorities) {
  bool has_namesake = false;
  for (X509* authority : authorities) {
    if (X509_NAME_cmp(X509_CRL_get_issuer(crl), X509_get_subject_name(authority)) != 0) continue;
    has_namesake = true;
    const bool signed_by_it = X509_CRL_verify(crl, X509_get0_pubkey(authority)) == 1;
    ERR_clear_error();
    if (signed_by_it) return absl::OkStatus();
  }
  if (!has_namesake) return absl::OkStatus();
  return absl::InvalidArgumentError("holds a " + x509::DescribeCrl(crl) +
                                    " that is not signed by the CA of that name in the bundle");
}

}  // namespace

absl::StatusOr<std::shared_ptr<const RevocationLists>> ReadRevocationLists(
    const RevocationSource& source, const std::vector<X509*>& authorities) {
  if (source.crl.size() > kCrlBytesMax) {
    return absl::InvalidArgumentError("is larger than " + std::to_string(kCrlBytesMax) + " bytes");
  }
  auto crls = x509::ReadCrls(source.crl, kCrlsMax);
  if (!crls.ok()) return crls.status();
  auto lists = std::make_shared<RevocationLists>();
  lists->stack.reset(sk_X509_CRL_new_null());
  lists->grace = source.grace;
  lists->loaded_at = source.loaded_at;
  for (x509::CrlPtr& crl : *crls) {
    if (absl::Status sound = x509::CheckCrl(crl.get()); !sound.ok()) return sound;
    if (absl::Status ours = CheckSigner(crl.get(), authorities); !ours.ok()) return ours;
    sk_X509_CRL_push(lists->stack.get(), crl.get());
    lists->crls.push_back(std::move(crl));
  }
  return std::shared_ptr<const RevocationLists>(std::move(lists));
}

}  // namespace tracegate
