#ifndef TRACEGATE_GATEWAY_EVIDENCE_TIME_STAMP_TS_HANDLES_H_
#define TRACEGATE_GATEWAY_EVIDENCE_TIME_STAMP_TS_HANDLES_H_

#include <openssl/bio.h>
#include <openssl/pkcs7.h>
#include <openssl/ts.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <memory>

namespace tracegate::ts {

// Owners of OpenSSL objects, for the .cc files of this room only: no header that another room
// includes may include this one.
template <auto kFree>
struct Freeing {
  template <typename T>
  void operator()(T* object) const {
    kFree(object);
  }
};

inline void FreeUnownedStack(STACK_OF(X509) * stack) { sk_X509_free(stack); }
inline void FreeUsages(EXTENDED_KEY_USAGE* usages) {
  sk_ASN1_OBJECT_pop_free(usages, ASN1_OBJECT_free);
}

using BioPtr = std::unique_ptr<BIO, Freeing<BIO_free_all>>;
using CertificatePtr = std::unique_ptr<X509, Freeing<X509_free>>;
using StorePtr = std::unique_ptr<X509_STORE, Freeing<X509_STORE_free>>;
using AlgorithmPtr = std::unique_ptr<X509_ALGOR, Freeing<X509_ALGOR_free>>;
using ObjectPtr = std::unique_ptr<ASN1_OBJECT, Freeing<ASN1_OBJECT_free>>;
using IntegerPtr = std::unique_ptr<ASN1_INTEGER, Freeing<ASN1_INTEGER_free>>;
using UsagesPtr = std::unique_ptr<EXTENDED_KEY_USAGE, Freeing<FreeUsages>>;
using RequestPtr = std::unique_ptr<TS_REQ, Freeing<TS_REQ_free>>;
using ImprintPtr = std::unique_ptr<TS_MSG_IMPRINT, Freeing<TS_MSG_IMPRINT_free>>;
using StatusInfoPtr = std::unique_ptr<TS_STATUS_INFO, Freeing<TS_STATUS_INFO_free>>;
using TokenInfoPtr = std::unique_ptr<TS_TST_INFO, Freeing<TS_TST_INFO_free>>;
using SignedDataPtr = std::unique_ptr<PKCS7, Freeing<PKCS7_free>>;
using VerificationPtr = std::unique_ptr<TS_VERIFY_CTX, Freeing<TS_VERIFY_CTX_free>>;
// Frees the stack and not what is in it, which somebody else owns.
using BorrowedStackPtr = std::unique_ptr<STACK_OF(X509), Freeing<FreeUnownedStack>>;

}  // namespace tracegate::ts

#endif  // TRACEGATE_GATEWAY_EVIDENCE_TIME_STAMP_TS_HANDLES_H_
