#include "gateway/evidence/hash.h"

#include <openssl/evp.h>

#include <algorithm>
#include <cstdlib>

namespace tracegate {
namespace {

constexpr std::string_view kLeafPrefix("\x00", 1);
constexpr std::string_view kNodePrefix("\x01", 1);

void Require(bool held) {
  if (!held) std::abort();
}

// Fetched once: looking the algorithm up again costs as much as hashing 300 bytes.
const EVP_MD* Algorithm() {
  static const EVP_MD* const algorithm = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  return algorithm;
}

}  // namespace

std::string_view BytesOf(const Hash& hash) {
  return {reinterpret_cast<const char*>(hash.data()), hash.size()};
}

std::optional<Hash> HashFromBytes(std::string_view bytes) {
  if (bytes.size() != kHashBytes) return std::nullopt;
  Hash hash;
  std::copy(bytes.begin(), bytes.end(), hash.begin());
  return hash;
}

void Hasher::Free::operator()(evp_md_ctx_st* context) const { EVP_MD_CTX_free(context); }

Hasher::Hasher() : context_(EVP_MD_CTX_new()) { Require(context_ != nullptr); }

Hasher::~Hasher() = default;

Hash Hasher::Sha256(std::initializer_list<std::string_view> parts) {
  Require(EVP_DigestInit_ex(context_.get(), Algorithm(), nullptr) == 1);
  for (const std::string_view part : parts) {
    Require(EVP_DigestUpdate(context_.get(), part.data(), part.size()) == 1);
  }
  Hash hash;
  Require(EVP_DigestFinal_ex(context_.get(), hash.data(), nullptr) == 1);
  return hash;
}

Hash Hasher::Leaf(std::string_view leaf) { return Sha256({kLeafPrefix, leaf}); }

Hash Hasher::Node(const Hash& left, const Hash& right) {
  return Sha256({kNodePrefix, BytesOf(left), BytesOf(right)});
}

Hash Hasher::Commitment(std::string_view salt, std::string_view content) {
  return Sha256({salt, content});
}

}  // namespace tracegate
