#include "gateway/evidence/time_stamp/time_stamp_verifier.h"

#include <utility>

#include "gateway/evidence/hash.h"
#include "gateway/evidence/time_stamp/ca_bundle.h"
#include "gateway/evidence/time_stamp/time_stamp_response.h"
#include "gateway/evidence/time_stamp/time_stamp_token.h"
#include "gateway/evidence/time_stamp/token_signer.h"
#include "gateway/evidence/time_stamp/ts_text.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

absl::Status CheckImprint(const ts::Token& token, std::string_view note) {
  Hasher hasher;
  if (ts::ImprintOf(token) == hasher.Sha256({note})) return absl::OkStatus();
  return ts::Refused("imprint", "is not the SHA-256 of this note");
}

absl::Status CheckNonce(const ts::Token& token, uint64_t nonce) {
  if (ts::NonceOf(token) == nonce) return absl::OkStatus();
  return ts::Refused("nonce", "is not the one that was asked with");
}

// What both ways of verifying have in common, once the token is of this note.
absl::StatusOr<TimeStamp> Prove(const ts::Token& token, const ts::CaBundle& bundle,
                                const std::string& policy) {
  TimeStamp stamp = ts::ContentsOf(token);
  if (!policy.empty() && stamp.policy != policy) {
    return ts::Refused("policy", "is " + stamp.policy + " and not " + policy);
  }
  auto signer = ts::ProveSigner(token, bundle);
  if (!signer.ok()) return signer.status();
  stamp.authority = *std::move(signer);
  return stamp;
}

}  // namespace

absl::StatusOr<std::unique_ptr<TimeStampVerifier>> TimeStampVerifier::Create(
    const Options& options) {
  if (!options.policy.empty() && !IsPolicyIdentifier(options.policy)) {
    return FieldFailure(v1::REASON_CONFIG_INVALID, "time_stamp.policy",
                        "is no object identifier in dotted decimal, such as 2.999.1");
  }
  auto bundle = ts::ReadCaBundle(options.ca_pem);
  if (!bundle.ok()) return bundle.status();
  return std::unique_ptr<TimeStampVerifier>(new TimeStampVerifier(
      std::make_unique<const ts::CaBundle>(*std::move(bundle)), options.policy));
}

TimeStampVerifier::TimeStampVerifier(std::unique_ptr<const ts::CaBundle> bundle, std::string policy)
    : bundle_(std::move(bundle)), policy_(std::move(policy)) {}

TimeStampVerifier::~TimeStampVerifier() = default;

absl::StatusOr<TimeStampVerifier::Stamped> TimeStampVerifier::VerifyResponse(
    std::string_view note, const TimeStampRequest& request, std::string_view response) const {
  const auto der = GrantedToken(response);
  if (!der.ok()) return der.status();
  const auto token = ts::ReadToken(*der);
  if (!token.ok()) return token.status();
  if (absl::Status same = CheckImprint(*token, note); !same.ok()) return same;
  if (absl::Status same = CheckNonce(*token, request.nonce); !same.ok()) return same;
  auto stamp = Prove(*token, *bundle_, policy_);
  if (!stamp.ok()) return stamp.status();
  return Stamped{std::string(*der), *std::move(stamp)};
}

absl::StatusOr<TimeStamp> TimeStampVerifier::Verify(std::string_view note,
                                                    std::string_view token) const {
  const auto der = TokenIn(token);
  if (!der.ok()) return der.status();
  const auto read = ts::ReadToken(*der);
  if (!read.ok()) return read.status();
  if (absl::Status same = CheckImprint(*read, note); !same.ok()) return same;
  return Prove(*read, *bundle_, policy_);
}

absl::StatusOr<TimeStamp> VerifyTimeStamp(std::string_view note, std::string_view token,
                                          const std::string& ca_pem) {
  const auto verifier = TimeStampVerifier::Create({.ca_pem = ca_pem, .policy = ""});
  if (!verifier.ok()) return verifier.status();
  return (*verifier)->Verify(note, token);
}

}  // namespace tracegate
