#include "gateway/evidence/time_stamp/time_stamp_response.h"

#include <openssl/err.h>

#include <string>

#include "gateway/evidence/time_stamp/der_element.h"
#include "gateway/evidence/time_stamp/time_stamp.h"
#include "gateway/evidence/time_stamp/ts_handles.h"
#include "gateway/evidence/time_stamp/ts_text.h"

namespace tracegate {
namespace {

constexpr const char* kStatusNames[] = {"granted", "grantedWithMods",   "rejection",
                                        "waiting", "revocationWarning", "revocationNotification"};

// RFC 3161, 2.4.2, PKIFailureInfo.
struct FailureBit {
  int bit;
  const char* name;
};
constexpr FailureBit kFailureBits[] = {
    {TS_INFO_BAD_ALG, "badAlg"},
    {TS_INFO_BAD_REQUEST, "badRequest"},
    {TS_INFO_BAD_DATA_FORMAT, "badDataFormat"},
    {TS_INFO_TIME_NOT_AVAILABLE, "timeNotAvailable"},
    {TS_INFO_UNACCEPTED_POLICY, "unacceptedPolicy"},
    {TS_INFO_UNACCEPTED_EXTENSION, "unacceptedExtension"},
    {TS_INFO_ADD_INFO_NOT_AVAILABLE, "addInfoNotAvailable"},
    {TS_INFO_SYSTEM_FAILURE, "systemFailure"},
};

absl::Status NoResponse(std::string_view problem) { return ts::Refused("response", problem); }

std::string StatusName(int64_t status) {
  if (status >= 0 && status < static_cast<int64_t>(std::size(kStatusNames))) {
    return kStatusNames[status];
  }
  return "unknown status " + std::to_string(status);
}

std::string FailureNames(const TS_STATUS_INFO* info) {
  std::string names;
  const ASN1_BIT_STRING* bits = TS_STATUS_INFO_get0_failure_info(info);
  for (const FailureBit& failure : kFailureBits) {
    if (bits == nullptr || ASN1_BIT_STRING_get_bit(bits, failure.bit) == 0) continue;
    names += (names.empty() ? "" : ", ") + std::string(failure.name);
  }
  return names.empty() ? "" : " (" + names + ")";
}

std::string AuthoritysWords(const TS_STATUS_INFO* info) {
  const STACK_OF(ASN1_UTF8STRING)* texts = TS_STATUS_INFO_get0_text(info);
  // Of null, -1.
  if (sk_ASN1_UTF8STRING_num(texts) < 1) return "";
  return ": " + ts::Quoted(ts::BytesOf(sk_ASN1_UTF8STRING_value(texts, 0)));
}

absl::Status CheckGranted(std::string_view status_info) {
  const auto* at = reinterpret_cast<const unsigned char*>(status_info.data());
  const ts::StatusInfoPtr info(d2i_TS_STATUS_INFO(
      nullptr, &at, static_cast<long>(status_info.size())));  // NOLINT(runtime/int)
  ERR_clear_error();
  int64_t status = -1;
  if (info == nullptr ||
      ASN1_INTEGER_get_int64(&status, TS_STATUS_INFO_get0_status(info.get())) != 1) {
    ERR_clear_error();
    return NoResponse("has no readable status");
  }
  if (status == TS_STATUS_GRANTED || status == TS_STATUS_GRANTED_WITH_MODS) return absl::OkStatus();
  return ts::Refused("status", "is " + StatusName(status) + FailureNames(info.get()) +
                                   AuthoritysWords(info.get()));
}

}  // namespace

absl::StatusOr<std::string_view> GrantedToken(std::string_view response) {
  if (response.size() > kTimeStampBytesMax) {
    return NoResponse("is larger than " + std::to_string(kTimeStampBytesMax) + " bytes");
  }
  const auto outer = ts::TakeElement(response);
  if (!outer || outer->tag != V_ASN1_SEQUENCE || !response.empty()) {
    return NoResponse("is not one ASN.1 sequence");
  }
  std::string_view rest = outer->contents;
  const auto status = ts::TakeElement(rest);
  if (!status || status->tag != V_ASN1_SEQUENCE) return NoResponse("has no status");
  if (absl::Status granted = CheckGranted(status->whole); !granted.ok()) return granted;
  const auto token = ts::TakeElement(rest);
  if (!token || token->tag != V_ASN1_SEQUENCE) return NoResponse("is granted without a token");
  if (!rest.empty()) return NoResponse("goes on behind its token");
  return token->whole;
}

absl::StatusOr<std::string_view> TokenIn(std::string_view response_or_token) {
  std::string_view bytes = response_or_token;
  const auto outer = ts::TakeElement(bytes);
  if (!outer || outer->tag != V_ASN1_SEQUENCE) return response_or_token;
  std::string_view contents = outer->contents;
  const auto first = ts::TakeElement(contents);
  if (!first || first->tag != V_ASN1_SEQUENCE) return response_or_token;
  return GrantedToken(response_or_token);
}

}  // namespace tracegate
