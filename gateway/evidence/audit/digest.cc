#include "gateway/evidence/audit/digest.h"

#include <openssl/evp.h>

#include <algorithm>
#include <cstdlib>
#include <memory>

#include "gateway/evidence/base64.h"

namespace tracegate::audit {
namespace {

constexpr std::string_view kLeaf("\x00", 1);
constexpr std::string_view kNode("\x01", 1);

struct Free {
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};

void Require(bool held) {
  if (!held) std::abort();
}

// One for each thread: making one costs as much as hashing a short leaf.
EVP_MD_CTX* Context() {
  thread_local const std::unique_ptr<EVP_MD_CTX, Free> context(EVP_MD_CTX_new());
  return context.get();
}

// Looked up once, for the same reason.
const EVP_MD* Algorithm() {
  static const EVP_MD* const algorithm = EVP_MD_fetch(nullptr, "SHA2-256", nullptr);
  return algorithm;
}

}  // namespace

std::string_view BytesOf(const Digest& digest) {
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

std::optional<Digest> DigestFrom(std::string_view bytes) {
  if (bytes.size() != kDigestBytes) return std::nullopt;
  Digest digest;
  std::copy(bytes.begin(), bytes.end(), digest.begin());
  return digest;
}

std::string TextOf(const Digest& digest) { return EncodeBase64(BytesOf(digest)); }

Digest Sha256(std::initializer_list<std::string_view> parts) {
  EVP_MD_CTX* const context = Context();
  Require(EVP_DigestInit_ex(context, Algorithm(), nullptr) == 1);
  for (const std::string_view part : parts) {
    Require(EVP_DigestUpdate(context, part.data(), part.size()) == 1);
  }
  Digest digest;
  Require(EVP_DigestFinal_ex(context, digest.data(), nullptr) == 1);
  return digest;
}

Digest LeafDigest(std::string_view leaf) { return Sha256({kLeaf, leaf}); }

Digest NodeDigest(const Digest& left, const Digest& right) {
  return Sha256({kNode, BytesOf(left), BytesOf(right)});
}

}  // namespace tracegate::audit
