#ifndef TRACEGATE_GATEWAY_DAEMON_METRICS_H_
#define TRACEGATE_GATEWAY_DAEMON_METRICS_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "gateway/daemon/expiry_list.h"

namespace tracegate {

// Serves figures to Prometheus over plain HTTP at `/metrics`, on this machine only: numbers, and the names that stand in
// certificates. What each figure means is in docs/operating/running.md.
//
// Thread safety: all methods from any thread.
class Metrics {
 public:
  // A figure that is read when somebody asks.
  struct Gauge {
    std::string name;
    std::string help;
    std::function<int64_t()> value;  // called from any thread
    std::vector<std::pair<std::string, std::string>> labels =
        {};  // gauges of one name differ in them, and stand together
  };

  // CONFIG_INVALID naming `metrics.listen` where the address cannot be listened on.
  static absl::StatusOr<std::unique_ptr<Metrics>> Serve(const std::string& listen,
                                                        std::vector<Gauge> gauges);
  ~Metrics();

  // When certificates and CRLs end: told from now on.
  void SetExpiries(std::vector<Expiry> expiries);

  int port() const;

 private:
  class Figures;
  class Server;
  explicit Metrics(std::unique_ptr<Server> server);
  const std::unique_ptr<Server> server_;
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_DAEMON_METRICS_H_
