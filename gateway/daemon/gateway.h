#ifndef TRACEGATE_GATEWAY_DAEMON_GATEWAY_H_
#define TRACEGATE_GATEWAY_DAEMON_GATEWAY_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "gateway/daemon/configuration.h"

namespace tracegate {

// One running gateway: every room, wired. Used by tracegated, and by tests that run several in one process.
//
// Thread safety: none; one owner. Lifetime: Stop, or the destructor, drains and ends it.
class Gateway {
 public:
  // Opens the store and the log (which verifies it), takes up open traces, listens, and makes sure that TLS 1.2 is
  // refused. Call RequireTls13 (identity/tls_floor.h) before, once a process.
  static absl::StatusOr<std::unique_ptr<Gateway>> Start(Configuration configuration);
  ~Gateway();

  int port() const;
  // C2SP verifier key of its log.
  std::string verifier_key() const;

  // Reads the configuration and the files it names again, now. They are also followed: a change counts within some
  // seconds. Agreements, trust, CRLs and the gateway's own certificate are taken over; what is wrong changes nothing, and
  // the operations log says why.
  void Reload();

  // Takes no new calls; those in flight get their answer or the trace in progress; what was accepted stays in the
  // store. Returns within the configured drain time and a little.
  void Stop();

 private:
  class Impl;
  explicit Gateway(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_DAEMON_GATEWAY_H_
