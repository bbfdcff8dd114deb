#ifndef TRACEGATE_TESTS_BENCH_LOAD_H_
#define TRACEGATE_TESTS_BENCH_LOAD_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "gateway/rpc/gateway_client.h"

namespace tracegate {

// What one run of a load measured.
struct LoadFigures {
  double calls_per_s = 0;
  double cpu_us_per_call = 0;  // of the whole process: client and server
  std::vector<float> latencies_us;
  size_t failures = 0;
  std::string first_failure;
};

// A closed-loop load on one server: a fixed number of calls in flight over four connections, each reply followed by
// the next request.
//
// Thread safety: none; one run at a time.
class Load {
 public:
  // The serialised request of that number; called from many threads.
  using MakeRequest = std::function<std::string(uint64_t number)>;

  Load(const GatewayClient::Options& server, std::string method, MakeRequest make_request);
  ~Load();

  // Ends when `in_flight` callers have the reply to the request that was under way at the end of `duration`. Numbers go
  // on from run to run and never repeat.
  LoadFigures Run(int in_flight, absl::Duration duration);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace tracegate

#endif  // TRACEGATE_TESTS_BENCH_LOAD_H_
