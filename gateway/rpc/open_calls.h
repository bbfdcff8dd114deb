#ifndef TRACEGATE_GATEWAY_RPC_OPEN_CALLS_H_
#define TRACEGATE_GATEWAY_RPC_OPEN_CALLS_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"

namespace tracegate {

// The calls being served, so that one whose caller is no longer believed (revoked, expired, its State's bundle changed)
// ends at the next look and not with its last reply.
//
// Thread safety: all methods from any thread. Lifetime: outlives every Place.
class OpenCalls {
 public:
  // Ends a call with that status; false where it has ended by itself. Runs outside any lock.
  using End = std::function<bool(const absl::Status&)>;
  // Whether who showed that certificate is still believed; else why not.
  using Believe =
      std::function<absl::Status(const std::string& leaf_pem, const std::string& chain_pem)>;

  // A call's place among the open ones; it leaves with its place.
  class Place {
   public:
    Place() = default;
    Place(Place&& other) noexcept;
    Place& operator=(Place&& other) noexcept;
    ~Place();

   private:
    friend class OpenCalls;
    Place(OpenCalls* calls, uint64_t number) : calls_(calls), number_(number) {}
    OpenCalls* calls_ = nullptr;
    uint64_t number_ = 0;
  };

  Place Add(std::string leaf_pem, std::string chain_pem, End end);

  // Asks for every open call whether its caller is still believed, and ends those whose is not. Returns how many.
  int Recheck(const Believe& believe);

  size_t size() const;

 private:
  struct Row {
    std::string leaf_pem;
    std::string chain_pem;
    End end;
  };

  void Leave(uint64_t number);

  mutable absl::Mutex mutex_;
  absl::flat_hash_map<uint64_t, std::shared_ptr<const Row>> rows_ ABSL_GUARDED_BY(mutex_);
  uint64_t next_ ABSL_GUARDED_BY(mutex_) = 1;
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_RPC_OPEN_CALLS_H_
