#ifndef TRACEGATE_GATEWAY_EVIDENCE_TIME_STAMP_TIME_STAMP_VERIFIER_H_
#define TRACEGATE_GATEWAY_EVIDENCE_TIME_STAMP_TIME_STAMP_VERIFIER_H_

#include <memory>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "gateway/evidence/time_stamp/time_stamp.h"
#include "gateway/evidence/time_stamp/time_stamp_request.h"

namespace tracegate {

namespace ts {
struct CaBundle;
}  // namespace ts

// Holds time-stamps (RFC 3161) of checkpoint notes against the CAs that an operator trusts, as they
// stood at the time that the token gives. docs/formats/time_stamp.md has the rules.
//
// Thread safety: immutable; all methods from any thread.
//
// Errors of both Verify methods: INVALID_ARGUMENT (FIELD_INVALID) naming what is wrong, in the order
// in which it is looked at: `time_stamp.response` and `time_stamp.status` (see GrantedToken),
// `time_stamp.token` and `time_stamp.gen_time` (no readable token), `time_stamp.imprint` (of other
// bytes), `time_stamp.nonce` (the answer to another request), `time_stamp.policy`,
// `time_stamp.signer` (a certificate that may not stamp) and `time_stamp.signature` (it does not hold,
// or no valid path at that time).
class TimeStampVerifier {
 public:
  struct Options {
    std::string ca_pem;       // the trusted CAs, at least one self-signed; no default is possible
    std::string policy = {};  // dotted object identifier that a token must have; empty: any
  };

  // A token, and what it says.
  struct Stamped {
    std::string token;  // DER, the bytes as the authority sent them
    TimeStamp stamp;
  };

  // Errors: FAILED_PRECONDITION (CONFIG_INVALID) naming `time_stamp.ca` or `time_stamp.policy`.
  static absl::StatusOr<std::unique_ptr<TimeStampVerifier>> Create(const Options& options);
  ~TimeStampVerifier();

  // The answer to that request, whose note this is.
  absl::StatusOr<Stamped> VerifyResponse(std::string_view note, const TimeStampRequest& request,
                                         std::string_view response) const;

  // A token that was kept, or a whole response; a nonce is not looked at.
  absl::StatusOr<TimeStamp> Verify(std::string_view note, std::string_view token) const;

  const std::string& policy() const { return policy_; }

 private:
  TimeStampVerifier(std::unique_ptr<const ts::CaBundle> bundle, std::string policy);

  const std::unique_ptr<const ts::CaBundle> bundle_;
  const std::string policy_;
};

// For whoever has no gateway: `token` over exactly the bytes of `note`, by the CAs in `ca_pem`.
absl::StatusOr<TimeStamp> VerifyTimeStamp(std::string_view note, std::string_view token,
                                          const std::string& ca_pem);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_EVIDENCE_TIME_STAMP_TIME_STAMP_VERIFIER_H_
