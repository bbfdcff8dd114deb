#include "tests/gateway/evidence/audit/cosigner.h"

#include <openssl/evp.h>

#include <memory>

#include "gateway/evidence/audit/cosignature.h"
#include "gateway/evidence/signed_note.h"

namespace tracegate::audit {
namespace {

using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;

const unsigned char* Unsigned(const std::string& bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

Key KeyOf(const std::string& seed) {
  return {EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, Unsigned(seed), seed.size()),
          EVP_PKEY_free};
}

}  // namespace

ExampleCosigner::ExampleCosigner(std::string name, std::string seed)
    : name_(std::move(name)), seed_(std::move(seed)), public_key_(kEd25519KeyBytes, '\0') {
  size_t length = public_key_.size();
  EVP_PKEY_get_raw_public_key(KeyOf(seed_).get(),
                              reinterpret_cast<unsigned char*>(public_key_.data()), &length);
}

std::string ExampleCosigner::verifier_key() const {
  return CosignerVerifierKey(name_, public_key_);
}

std::string ExampleCosigner::Sign(const std::string& message) const {
  const Key key = KeyOf(seed_);
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(),
                                                                        EVP_MD_CTX_free);
  std::string signature(kEd25519SignatureBytes, '\0');
  size_t length = signature.size();
  EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key.get());
  EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &length,
                 Unsigned(message), message.size());
  return signature;
}

std::string ExampleCosigner::Cosigned(const std::string& note, int64_t time_s) const {
  const std::string text = note.substr(0, note.rfind("\n\n") + 1);
  const std::string bytes = CosignatureBytes({time_s, Sign(CosignatureMessage(time_s, text))});
  // FormatNote begins with the blank line.
  return note + FormatNote("", {name_, CosignerKeyId(name_, public_key_), bytes}).substr(1);
}

}  // namespace tracegate::audit
