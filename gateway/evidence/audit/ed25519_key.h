#ifndef TRACEGATE_GATEWAY_EVIDENCE_AUDIT_ED25519_KEY_H_
#define TRACEGATE_GATEWAY_EVIDENCE_AUDIT_ED25519_KEY_H_

#include <memory>
#include <optional>
#include <string_view>

struct evp_pkey_st;

namespace tracegate::audit {

inline constexpr size_t kEd25519KeyBytes = 32;
inline constexpr size_t kEd25519SignatureBytes = 64;

// A public key (RFC 8032). A plain value; copies share the key. Holds from any thread.
class Ed25519Key {
 public:
  // Nothing unless there are 32 bytes.
  static std::optional<Ed25519Key> FromRaw(std::string_view bytes);

  // Whether the signature, of any length, is this key's on that message.
  bool Holds(std::string_view message, std::string_view signature) const;

 private:
  explicit Ed25519Key(std::shared_ptr<evp_pkey_st> key) : key_(std::move(key)) {}
  std::shared_ptr<evp_pkey_st> key_;
};

}  // namespace tracegate::audit

#endif  // TRACEGATE_GATEWAY_EVIDENCE_AUDIT_ED25519_KEY_H_
