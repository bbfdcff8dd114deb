#ifndef TRACEGATE_GATEWAY_IDENTITY_X509_HANDLES_H_
#define TRACEGATE_GATEWAY_IDENTITY_X509_HANDLES_H_

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <memory>

namespace tracegate::x509 {

// Owners of OpenSSL objects, for the .cc files of this room only: no header that another room
// includes may include this one.
template <auto kFree>
struct Freeing {
  template <typename T>
  void operator()(T* object) const {
    kFree(object);
  }
};

inline void FreeNames(GENERAL_NAMES* names) { GENERAL_NAMES_free(names); }
inline void FreeUnownedStack(STACK_OF(X509) * stack) { sk_X509_free(stack); }
inline void FreeUnownedCrls(STACK_OF(X509_CRL) * stack) { sk_X509_CRL_free(stack); }

using CertificatePtr = std::unique_ptr<X509, Freeing<X509_free>>;
using CrlPtr = std::unique_ptr<X509_CRL, Freeing<X509_CRL_free>>;
using RequestPtr = std::unique_ptr<X509_REQ, Freeing<X509_REQ_free>>;
using StorePtr = std::unique_ptr<X509_STORE, Freeing<X509_STORE_free>>;
using StoreContextPtr = std::unique_ptr<X509_STORE_CTX, Freeing<X509_STORE_CTX_free>>;
using KeyPtr = std::unique_ptr<EVP_PKEY, Freeing<EVP_PKEY_free>>;
using BioPtr = std::unique_ptr<BIO, Freeing<BIO_free_all>>;
using NamesPtr = std::unique_ptr<GENERAL_NAMES, Freeing<FreeNames>>;
// These free the stack and not what is in it, which somebody else owns.
using BorrowedStackPtr = std::unique_ptr<STACK_OF(X509), Freeing<FreeUnownedStack>>;
using BorrowedCrlsPtr = std::unique_ptr<STACK_OF(X509_CRL), Freeing<FreeUnownedCrls>>;

}  // namespace tracegate::x509

#endif  // TRACEGATE_GATEWAY_IDENTITY_X509_HANDLES_H_
