// What a trace through three hops costs (own registry, Serbia's gateway, Germany's gateway, each a gateway of its own with
// its log and store) beside three bare echoes over mutual TLS, one after another: the officer's call and the two calls
// abroad. All in this process; rounds of both take turns. Prints figures; asserts nothing.
//
//   three_hops_bench [SECONDS_PER_RUN [ROUNDS]]

#include <stdlib.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <string>
#include <vector>

#include "gateway/identity/tls_floor.h"
#include "gateway/rpc/operations_log.h"
#include "tests/bench/chained_gateways.h"
#include "tests/bench/echo_server.h"
#include "tests/bench/load.h"
#include "tracegate/v1/trace.pb.h"

namespace tracegate {
namespace {

constexpr char kCreate[] = "/tracegate.v1.TraceService/CreateTrace";
constexpr int kInFlight[] = {1, 16, 64};
constexpr int kCallsOfATrace = 3;  // the officer's, to Serbia, to Germany

[[noreturn]] void Fail(const std::string& why) {
  std::fprintf(stderr, "three_hops_bench: %s\n", why.c_str());
  std::exit(1);
}

double Median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

struct Series {
  std::vector<double> per_s;
  std::vector<float> latencies_us;

  void Add(const LoadFigures& figures) {
    if (figures.failures > 0) Fail(figures.first_failure);
    per_s.push_back(figures.calls_per_s);
    latencies_us.insert(latencies_us.end(), figures.latencies_us.begin(),
                        figures.latencies_us.end());
  }
  double Percentile(double share) {
    std::sort(latencies_us.begin(), latencies_us.end());
    const auto at = static_cast<size_t>(share * static_cast<double>(latencies_us.size() - 1));
    return latencies_us[at];
  }
};

// One trace alone: that it takes three hops, and how long its reply is.
size_t Try(const GatewayClient::Options& officer) {
  GatewayClient client(officer);
  const auto reply = client.CallRaw(kCreate, ChainedRequest(1), absl::Seconds(20));
  if (!reply.ok()) Fail(reply.status().ToString());
  v1::Trace trace;
  if (!trace.ParseFromString(*reply) || trace.hops_size() != 3 ||
      trace.finding().outcome() != v1::OUTCOME_REPORTED_LOST_OR_STOLEN) {
    Fail("not a trace of three hops: " + trace.ShortDebugString());
  }
  return reply->size();
}

void Run(const std::string& folder, absl::Duration duration, int rounds) {
  auto gateways = ChainedGateways::Start(folder);
  if (!gateways.ok()) Fail(gateways.status().ToString());
  EchoServer echo((*gateways)->server());
  echo.SetReplyBytes(Try((*gateways)->officer()));
  GatewayClient::Options bare = (*gateways)->officer();
  bare.address = echo.address();
  const auto make = [](uint64_t number) { return ChainedRequest(number + 1000); };
  Load traces((*gateways)->officer(), kCreate, make);
  Load echoes(bare, kEchoMethod, make);
  for (const int in_flight : kInFlight) {
    Series traced;
    Series echoed;
    for (int round = 0; round < rounds; ++round) {
      echoed.Add(echoes.Run(in_flight, duration));
      traced.Add(traces.Run(in_flight, duration));
    }
    const double bare_per_s = Median(echoed.per_s) / kCallsOfATrace;
    std::printf(
        "  %3d in flight  three echoes %7.0f/s p50 %6.0f us   three hops %6.0f/s p50 %7.0f "
        "p99 %7.0f us   ratio %.3f\n",
        in_flight, bare_per_s, echoed.Percentile(0.5) * kCallsOfATrace, Median(traced.per_s),
        traced.Percentile(0.5), traced.Percentile(0.99), Median(traced.per_s) / bare_per_s);
  }
}

}  // namespace
}  // namespace tracegate

int main(int argc, char** argv) {
  const absl::Duration duration = absl::Seconds(argc > 1 ? std::max(1, std::atoi(argv[1])) : 3);
  const int rounds = argc > 2 ? std::max(1, std::atoi(argv[2])) : 3;
  tracegate::SetInfoLogged(false);
  if (auto status = tracegate::RequireTls13(); !status.ok()) {
    std::fprintf(stderr, "%s\n", status.ToString().c_str());
    return 1;
  }
  char folder[] = TRACEGATE_BINARY_DIR "/three_hops_XXXXXX";
  if (mkdtemp(folder) == nullptr) return 1;
  std::printf("three_hops_bench: %s a run, %d rounds\n", absl::FormatDuration(duration).c_str(),
              rounds);
  tracegate::Run(folder, duration, rounds);
  std::filesystem::remove_all(folder);
  return 0;
}
