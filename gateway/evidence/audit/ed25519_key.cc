#include "gateway/evidence/audit/ed25519_key.h"

#include <openssl/err.h>
#include <openssl/evp.h>

namespace tracegate::audit {
namespace {

const unsigned char* Unsigned(std::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

}  // namespace

std::optional<Ed25519Key> Ed25519Key::FromRaw(std::string_view bytes) {
  if (bytes.size() != kEd25519KeyBytes) return std::nullopt;
  std::shared_ptr<EVP_PKEY> key(
      EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, Unsigned(bytes), bytes.size()),
      EVP_PKEY_free);
  ERR_clear_error();
  if (key == nullptr) return std::nullopt;
  return Ed25519Key(std::move(key));
}

bool Ed25519Key::Holds(std::string_view message, std::string_view signature) const {
  if (signature.size() != kEd25519SignatureBytes) return false;
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(),
                                                                        EVP_MD_CTX_free);
  const bool holds =
      context != nullptr &&
      EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key_.get()) == 1 &&
      EVP_DigestVerify(context.get(), Unsigned(signature), signature.size(), Unsigned(message),
                       message.size()) == 1;
  ERR_clear_error();
  return holds;
}

}  // namespace tracegate::audit
