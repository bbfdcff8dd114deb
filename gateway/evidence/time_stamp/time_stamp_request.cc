#include "gateway/evidence/time_stamp/time_stamp_request.h"

#include <openssl/err.h>

#include "gateway/evidence/hash.h"
#include "gateway/evidence/time_stamp/ts_handles.h"
#include "gateway/evidence/time_stamp/ts_text.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

ts::ObjectPtr PolicyOf(const std::string& text) {
  ts::ObjectPtr policy(OBJ_txt2obj(text.c_str(), /*no_name=*/1));
  ERR_clear_error();
  // OpenSSL also takes `2.999.01`, which the answer could not equal as text.
  if (policy != nullptr && ts::Dotted(policy.get()) != text) return nullptr;
  return policy;
}

// Many authorities take no nonce over 64 bits, and an INTEGER is signed: 63 of them are left. Not 0,
// which some take for none.
uint64_t NonceFrom(const std::function<uint64_t()>& random) { return (random() >> 1) | 1; }

bool SetImprint(TS_REQ* request, std::string_view note) {
  Hasher hasher;
  Hash digest = hasher.Sha256({note});
  const ts::AlgorithmPtr algorithm(X509_ALGOR_new());
  const ts::ImprintPtr imprint(TS_MSG_IMPRINT_new());
  return algorithm != nullptr && imprint != nullptr &&
         X509_ALGOR_set0(algorithm.get(), OBJ_nid2obj(NID_sha256), V_ASN1_NULL, nullptr) == 1 &&
         TS_MSG_IMPRINT_set_algo(imprint.get(), algorithm.get()) == 1 &&
         TS_MSG_IMPRINT_set_msg(imprint.get(), digest.data(), static_cast<int>(digest.size())) ==
             1 &&
         TS_REQ_set_msg_imprint(request, imprint.get()) == 1;
}

bool SetNonce(TS_REQ* request, uint64_t nonce) {
  const ts::IntegerPtr integer(ASN1_INTEGER_new());
  return integer != nullptr && ASN1_INTEGER_set_uint64(integer.get(), nonce) == 1 &&
         TS_REQ_set_nonce(request, integer.get()) == 1;
}

std::string DerOf(TS_REQ* request) {
  unsigned char* der = nullptr;
  const int size = i2d_TS_REQ(request, &der);
  if (size <= 0) return "";
  std::string bytes(reinterpret_cast<const char*>(der), static_cast<size_t>(size));
  OPENSSL_free(der);
  return bytes;
}

}  // namespace

bool IsPolicyIdentifier(const std::string& text) { return PolicyOf(text) != nullptr; }

absl::StatusOr<TimeStampRequest> BuildTimeStampRequest(std::string_view note,
                                                       const std::string& policy,
                                                       const std::function<uint64_t()>& random) {
  const ts::RequestPtr request(TS_REQ_new());
  if (!policy.empty()) {
    const ts::ObjectPtr object = PolicyOf(policy);
    if (object == nullptr) {
      return FieldFailure(v1::REASON_CONFIG_INVALID, "time_stamp.policy",
                          "is no object identifier in dotted decimal, such as 2.999.1");
    }
    TS_REQ_set_policy_id(request.get(), object.get());
  }
  TimeStampRequest built{.der = "", .nonce = NonceFrom(random)};
  if (request != nullptr && TS_REQ_set_version(request.get(), 1) == 1 &&
      SetImprint(request.get(), note) && SetNonce(request.get(), built.nonce) &&
      TS_REQ_set_cert_req(request.get(), 1) == 1) {
    built.der = DerOf(request.get());
  }
  ERR_clear_error();
  if (built.der.empty()) return Failure(v1::REASON_INTERNAL, "no memory for a time-stamp request");
  return built;
}

}  // namespace tracegate
