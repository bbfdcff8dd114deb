#ifndef TRACEGATE_GATEWAY_IDENTITY_REVOCATION_WATCH_H_
#define TRACEGATE_GATEWAY_IDENTITY_REVOCATION_WATCH_H_

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "gateway/identity/path_validity.h"
#include "gateway/identity/revocation_lists.h"
#include "gateway/identity/x509_handles.h"

namespace tracegate {

// Has one path's verification check revocation, and remembers which graces it took. OpenSSL does the checking (RFC
// 5280, section 6.3) and asks here whether a late or missing CRL is put up with. Internal to this room.
//
// Thread safety: none. Lifetime: outlives the verification it watches, as `lists` does; stays where it is.
class RevocationWatch {
 public:
  RevocationWatch(const RevocationLists& lists, absl::Time now) : lists_(lists), now_(now) {}
  RevocationWatch(const RevocationWatch&) = delete;
  RevocationWatch& operator=(const RevocationWatch&) = delete;

  // Before X509_verify_cert.
  void Attach(X509_STORE_CTX* context);

  // After it succeeded: fills in how revocation stands, and until when.
  void Conclude(X509_STORE_CTX* context, PathValidity* validity) const;

  // After it failed: the refusal, where it was revocation that it failed for; else OK.
  const absl::Status& refusal() const { return refusal_; }

 private:
  static int OnVerdict(int good, X509_STORE_CTX* context);
  bool PutsUpWith(X509_STORE_CTX* context);
  bool Grants(RevocationStanding standing, absl::Time until);

  const RevocationLists& lists_;
  const absl::Time now_;
  RevocationStanding standing_ = RevocationStanding::kCurrent;
  absl::Time until_ = absl::InfiniteFuture();
  absl::Status refusal_;
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_IDENTITY_REVOCATION_WATCH_H_
