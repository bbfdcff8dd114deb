#ifndef TRACEGATE_TESTS_GATEWAY_EVIDENCE_TIME_STAMP_MINTED_TOKEN_H_
#define TRACEGATE_TESTS_GATEWAY_EVIDENCE_TIME_STAMP_MINTED_TOKEN_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tests/gateway/identity/minted_pki.h"

namespace tracegate {

// Everything that a test may want to have right or wrong in a time-stamp token. As it stands: sound,
// over `note`, of 2026.
struct MintToken {
  std::string note;
  std::string imprint = {};                  // in place of the note's digest
  std::string imprint_algorithm = "SHA256";  // its name, and that of the digest of `note`
  std::optional<uint64_t> nonce = std::nullopt;
  std::string gen_time = "20260102030405.25Z";
  std::string policy = "2.999.1";
  uint64_t serial = 0x1234;
  int version = 1;
  bool accuracy = true;             // of 1 s, 2 ms, 3 us
  std::string tsa = {};             // common name in the field `tsa`; empty leaves it out
  bool critical_extension = false;  // of the token
  std::string digest = "SHA256";    // of what is signed
  bool names_content_type = true;   // in the signed attributes
  std::optional<Minted> names_signer = std::nullopt;  // there, this one in place of the signer
  bool with_certificates = true;
  std::string behind_content = {};  // bytes signed behind the TSTInfo
};

// The profile of a certificate that may stamp, to be changed at will.
Mint StamperMint();

// A time-stamp authority of one test. Errors: none; OpenSSL failing ends the program with a message.
class MintedAuthority {
 public:
  // `chain`: certificates that go into tokens beside the signer's.
  explicit MintedAuthority(Minted signer, std::vector<Minted> chain = {});

  // DER of a token.
  std::string Token(const MintToken& mint) const;
  // DER of a TimeStampResp that grants what the DER of a TimeStampReq asks for.
  std::string Answer(const std::string& request, MintToken mint = {}) const;

 private:
  Minted signer_;
  std::vector<Minted> chain_;
};

// What a request asks for.
struct AskedFor {
  std::string imprint;
  uint64_t nonce = 0;
  std::string policy;  // empty: none
  bool certificates = false;
};
AskedFor ReadRequest(const std::string& request);

// DER of a TimeStampResp of that status around a token; the token may be empty.
std::string ResponseOf(int status, const std::string& token);

// One that refuses, for a reason (a bit of PKIFailureInfo), in words.
std::string RefusalOf(int failure_bit, const std::string& words);

}  // namespace tracegate

#endif  // TRACEGATE_TESTS_GATEWAY_EVIDENCE_TIME_STAMP_MINTED_TOKEN_H_
