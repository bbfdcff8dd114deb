#ifndef TRACEGATE_GATEWAY_TRANSFERS_AUTHORISATION_STATUS_H_
#define TRACEGATE_GATEWAY_TRANSFERS_AUTHORISATION_STATUS_H_

#include "tracegate/v1/transfer.pb.h"

namespace tracegate {

// Whether a licence of that status was once granted, whatever became of it since.
inline bool WasGranted(v1::AuthorisationStatus status) {
  return status == v1::AUTHORISATION_STATUS_GRANTED ||
         status == v1::AUTHORISATION_STATUS_SUSPENDED ||
         status == v1::AUTHORISATION_STATUS_REVOKED || status == v1::AUTHORISATION_STATUS_EXPIRED ||
         status == v1::AUTHORISATION_STATUS_USED;
}

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_TRANSFERS_AUTHORISATION_STATUS_H_
