#ifndef TRACEGATE_GATEWAY_EVIDENCE_HASH_H_
#define TRACEGATE_GATEWAY_EVIDENCE_HASH_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

// OpenSSL's EVP_MD_CTX, named here so that this header includes none of OpenSSL.
struct evp_md_ctx_st;

namespace tracegate {

inline constexpr size_t kHashBytes = 32;
using Hash = std::array<uint8_t, kHashBytes>;

// The bytes of a hash, and a hash from exactly 32 bytes.
std::string_view BytesOf(const Hash& hash);
std::optional<Hash> HashFromBytes(std::string_view bytes);

// SHA-256, with one context that is used over and over.
//
// Thread safety: one thread at a time.
//
// Errors: none. An OpenSSL that cannot hash ends the process: nothing could be recorded any more.
class Hasher {
 public:
  Hasher();
  ~Hasher();
  Hasher(const Hasher&) = delete;
  Hasher& operator=(const Hasher&) = delete;

  // SHA-256 of the parts, one behind the other.
  Hash Sha256(std::initializer_list<std::string_view> parts);

  // RFC 6962 section 2.1: SHA-256(0x00 || leaf) and SHA-256(0x01 || left || right).
  Hash Leaf(std::string_view leaf);
  Hash Node(const Hash& left, const Hash& right);

  // What stands in a leaf for a content: SHA-256(salt || content). The salt, 32 random bytes, keeps
  // anybody from guessing an erased content.
  Hash Commitment(std::string_view salt, std::string_view content);

 private:
  struct Free {
    void operator()(evp_md_ctx_st* context) const;
  };
  std::unique_ptr<evp_md_ctx_st, Free> context_;
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_EVIDENCE_HASH_H_
