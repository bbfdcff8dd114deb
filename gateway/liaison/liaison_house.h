#ifndef TRACEGATE_GATEWAY_LIAISON_LIAISON_HOUSE_H_
#define TRACEGATE_GATEWAY_LIAISON_LIAISON_HOUSE_H_

#include "absl/time/time.h"
#include "gateway/directory/directory_book.h"
#include "gateway/identity/current.h"
#include "gateway/tracing/house.h"

namespace tracegate {

// What liaison stands on. Everything pointed to outlives it.
struct LiaisonHouse {
  House house;  // its gate is liaison's own
  const Current<DirectoryBook>* directory = nullptr;
  // How long one cross-check takes at most, whatever the caller's deadline.
  absl::Duration wait_max = absl::Minutes(1);
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_LIAISON_LIAISON_HOUSE_H_
