#ifndef TRACEGATE_TESTS_GATEWAY_EVIDENCE_AUDIT_COSIGNER_H_
#define TRACEGATE_TESTS_GATEWAY_EVIDENCE_AUDIT_COSIGNER_H_

#include <cstdint>
#include <string>

namespace tracegate::audit {

// A witness with an Ed25519 key made from a seed of 32 bytes.
class ExampleCosigner {
 public:
  ExampleCosigner(std::string name, std::string seed);

  const std::string& name() const { return name_; }
  const std::string& public_key() const { return public_key_; }
  std::string verifier_key() const;

  // 64 bytes on exactly that message.
  std::string Sign(const std::string& message) const;

  // The note with a cosignature line of that time behind its signatures.
  std::string Cosigned(const std::string& note, int64_t time_s) const;

 private:
  std::string name_;
  std::string seed_;
  std::string public_key_;
};

}  // namespace tracegate::audit

#endif  // TRACEGATE_TESTS_GATEWAY_EVIDENCE_AUDIT_COSIGNER_H_
