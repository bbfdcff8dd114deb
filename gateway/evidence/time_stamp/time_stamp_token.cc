#include "gateway/evidence/time_stamp/time_stamp_token.h"

#include <openssl/err.h>

#include <string>
#include <utility>

#include "absl/strings/escaping.h"
#include "gateway/evidence/time_stamp/der_element.h"
#include "gateway/evidence/time_stamp/gen_time.h"
#include "gateway/evidence/time_stamp/ts_text.h"

namespace tracegate::ts {
namespace {

constexpr int kVersion = 1;

absl::Status NoToken(std::string_view problem) { return Refused("token", problem); }

absl::StatusOr<SignedDataPtr> ReadSignedData(std::string_view der) {
  if (der.size() > kTimeStampBytesMax) {
    return NoToken("is larger than " + std::to_string(kTimeStampBytesMax) + " bytes");
  }
  const auto* at = reinterpret_cast<const unsigned char*>(der.data());
  const unsigned char* const end = at + der.size();
  SignedDataPtr signed_data(
      d2i_PKCS7(nullptr, &at, static_cast<long>(der.size())));  // NOLINT(runtime/int)
  if (signed_data == nullptr) return NoToken("cannot be read (" + TakeLibraryError() + ")");
  ERR_clear_error();
  if (at != end) return NoToken("has bytes behind it");
  // The type alone promises no content: it is optional in the ASN.1.
  if (!PKCS7_type_is_signed(signed_data.get()) || signed_data->d.sign == nullptr) {
    return NoToken("is not signed data");
  }
  // RFC 3161, 2.4.2: no signature but the authority's.
  if (sk_PKCS7_SIGNER_INFO_num(PKCS7_get_signer_info(signed_data.get())) != 1) {
    return NoToken("does not have exactly one signer");
  }
  return signed_data;
}

// OpenSSL reads the TSTInfo at the front of what is signed, and would not mind more behind it.
bool FillsItsContent(const PKCS7* signed_data) {
  std::string_view content = BytesOf(signed_data->d.sign->contents->d.other->value.octet_string);
  return TakeElement(content).has_value() && content.empty();
}

absl::Duration Part(const ASN1_INTEGER* count, absl::Duration unit) {
  int64_t number = 0;
  if (count == nullptr || ASN1_INTEGER_get_int64(&number, count) != 1) return absl::ZeroDuration();
  return number * unit;
}

std::optional<absl::Duration> AccuracyOf(TS_TST_INFO* info) {
  const TS_ACCURACY* accuracy = TS_TST_INFO_get_accuracy(info);
  if (accuracy == nullptr) return std::nullopt;
  return Part(TS_ACCURACY_get_seconds(accuracy), absl::Seconds(1)) +
         Part(TS_ACCURACY_get_millis(accuracy), absl::Milliseconds(1)) +
         Part(TS_ACCURACY_get_micros(accuracy), absl::Microseconds(1));
}

}  // namespace

absl::StatusOr<Token> ReadToken(std::string_view der) {
  auto signed_data = ReadSignedData(der);
  if (!signed_data.ok()) return signed_data.status();
  Token token{*std::move(signed_data), nullptr, {}};
  token.info.reset(PKCS7_to_TS_TST_INFO(token.signed_data.get()));
  if (token.info == nullptr) {
    return NoToken("signs something that is no time-stamp (" + TakeLibraryError() + ")");
  }
  if (!FillsItsContent(token.signed_data.get())) return NoToken("signs more than a time-stamp");
  if (TS_TST_INFO_get_version(token.info.get()) != kVersion) return NoToken("is not of version 1");
  if (TS_TST_INFO_get_ext_by_critical(token.info.get(), /*crit=*/1, /*lastpos=*/-1) >= 0) {
    return NoToken("has a critical extension that is not known here");
  }
  const auto gen_time = ParseGenTime(BytesOf(TS_TST_INFO_get_time(token.info.get())));
  if (!gen_time) return Refused("gen_time", "is no instant as RFC 3161 writes it");
  token.gen_time = *gen_time;
  ERR_clear_error();
  return token;
}

std::optional<Hash> ImprintOf(const Token& token) {
  TS_MSG_IMPRINT* imprint = TS_TST_INFO_get_msg_imprint(token.info.get());
  const ASN1_OBJECT* algorithm = nullptr;
  X509_ALGOR_get0(&algorithm, nullptr, nullptr, TS_MSG_IMPRINT_get_algo(imprint));
  if (OBJ_obj2nid(algorithm) != NID_sha256) return std::nullopt;
  return HashFromBytes(BytesOf(TS_MSG_IMPRINT_get_msg(imprint)));
}

std::optional<uint64_t> NonceOf(const Token& token) {
  const ASN1_INTEGER* integer = TS_TST_INFO_get_nonce(token.info.get());
  uint64_t nonce = 0;
  if (integer == nullptr) return std::nullopt;
  const bool fits = ASN1_INTEGER_get_uint64(&nonce, integer) == 1;
  ERR_clear_error();
  if (!fits) return std::nullopt;
  return nonce;
}

TimeStamp ContentsOf(const Token& token) {
  TimeStamp stamp;
  stamp.gen_time = token.gen_time;
  stamp.accuracy = AccuracyOf(token.info.get());
  stamp.serial =
      absl::BytesToHexString(std::string(BytesOf(TS_TST_INFO_get_serial(token.info.get()))));
  stamp.policy = Dotted(TS_TST_INFO_get_policy_id(token.info.get()));
  ERR_clear_error();
  return stamp;
}

}  // namespace tracegate::ts
