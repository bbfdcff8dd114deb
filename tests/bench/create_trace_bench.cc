// What CreateTrace costs beside a bare gRPC call, on this machine, in one run: rounds of both take turns, so that what
// else the machine does falls on both. Prints figures; asserts nothing about time.
//
//   create_trace_bench [SECONDS_PER_RUN [ROUNDS [MODE]]]     MODE: peer or officer; default both
#include <stdlib.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <iostream>
#include <map>

#include "absl/synchronization/mutex.h"
#include "gateway/evidence/reply_receipt.h"
#include "gateway/identity/tls_floor.h"
#include "gateway/rpc/operations_log.h"
#include "tests/bench/bench_registry.h"
#include "tests/bench/echo_server.h"
#include "tests/bench/load.h"
#include "tests/bench/loopback_gateway.h"

namespace tracegate {
namespace {

constexpr char kCreate[] = "/tracegate.v1.TraceService/CreateTrace";
constexpr int kInFlight[] = {1, 64, 256};

// Who asks, and what a call of theirs looks like.
struct Mode {
  std::string name;
  std::unique_ptr<BenchRequests> requests;
  std::unique_ptr<Load> create;
  std::unique_ptr<Load> echo;
  size_t request_bytes = 0;
  size_t reply_bytes = 0;
  int64_t entries_per_call = 0;
};

struct Series {
  std::vector<double> calls_per_s;
  std::vector<double> cpu_us;
  std::vector<float> latencies_us;
};

double Median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

float Percentile(std::vector<float>& sorted, double share) {
  if (sorted.empty()) return 0;
  return sorted[std::min(sorted.size() - 1,
                         static_cast<size_t>(share * static_cast<double>(sorted.size())))];
}

[[noreturn]] void Fail(const std::string& why) {
  std::cerr << "create_trace_bench: " << why << "\n";
  std::exit(1);
}

// Two calls alone tell the sizes, and by their places in the log how many entries a call makes.
void Measure(const LoopbackGateway& gateway, const Credential& caller, Mode* mode) {
  GatewayClient client(gateway.ClientOptions(caller));
  int64_t index[2];
  for (uint64_t i = 0; i < 2; ++i) {
    const std::string request = mode->requests->Make((uint64_t{1} << 50) + i);
    const auto reply = client.CallRaw(kCreate, request, absl::Seconds(10));
    if (!reply.ok()) Fail(mode->name + ": " + reply.status().ToString());
    const auto split = SplitReceipt(*reply);
    if (!split.ok()) Fail(split.status().ToString());
    mode->request_bytes = request.size();
    mode->reply_bytes = reply->size();
    index[i] = split->receipt.leaf_index();
  }
  mode->entries_per_call = index[1] - index[0];
}

Mode MakeMode(const std::string& name, const BenchRequests::Asker& asker, const Credential& caller,
              const LoopbackGateway& gateway, const EchoServer& echo) {
  Mode mode;
  mode.name = name;
  mode.requests = std::make_unique<BenchRequests>(asker);
  const auto make = [requests = mode.requests.get()](uint64_t number) {
    return requests->Make(number);
  };
  GatewayClient::Options options = gateway.ClientOptions(caller);
  mode.create = std::make_unique<Load>(options, kCreate, make);
  options.address = echo.address();
  mode.echo = std::make_unique<Load>(options, kEchoMethod, make);
  Measure(gateway, caller, &mode);
  return mode;
}

void Add(LoadFigures figures, const std::string& what, Series* series) {
  if (figures.failures > 0) {
    std::cerr << what << ": " << figures.failures << " failed: " << figures.first_failure << "\n";
  }
  series->calls_per_s.push_back(figures.calls_per_s);
  series->cpu_us.push_back(figures.cpu_us_per_call);
  series->latencies_us.insert(series->latencies_us.end(), figures.latencies_us.begin(),
                              figures.latencies_us.end());
}

void Print(const std::string& name, int in_flight, Series* series) {
  std::sort(series->latencies_us.begin(), series->latencies_us.end());
  const auto [least, most] =
      std::minmax_element(series->calls_per_s.begin(), series->calls_per_s.end());
  std::printf(
      "  %3d in flight  %-12s %7.0f calls/s (%.0f-%.0f)  p50 %6.0f us  p99 %7.0f us  cpu %5.1f "
      "us\n",
      in_flight, name.c_str(), Median(series->calls_per_s), *least, *most,
      Percentile(series->latencies_us, 0.5), Percentile(series->latencies_us, 0.99),
      Median(series->cpu_us));
}

void Run(std::vector<Mode>& modes, EchoServer& echo, absl::Duration duration, int rounds) {
  std::map<std::pair<size_t, int>, std::pair<Series, Series>> series;  // echo's, the gateway's
  for (int round = 0; round < rounds; ++round) {
    for (const int in_flight : kInFlight) {
      for (size_t i = 0; i < modes.size(); ++i) {
        auto& [of_echo, of_gateway] = series[{i, in_flight}];
        echo.SetReplyBytes(modes[i].reply_bytes);
        Add(modes[i].echo->Run(in_flight, duration), "echo", &of_echo);
        Add(modes[i].create->Run(in_flight, duration), modes[i].name, &of_gateway);
      }
    }
  }
  for (size_t i = 0; i < modes.size(); ++i) {
    const Mode& mode = modes[i];
    std::printf("%s: request %zu bytes, reply %zu bytes, %lld log entries a call\n",
                mode.name.c_str(), mode.request_bytes, mode.reply_bytes,
                static_cast<long long>(mode.entries_per_call));
    for (const int in_flight : kInFlight) {
      auto& [of_echo, of_gateway] = series[{i, in_flight}];
      Print("echo", in_flight, &of_echo);
      Print("CreateTrace", in_flight, &of_gateway);
      std::printf("  %3d in flight  ratio        %7.3f\n", in_flight,
                  Median(of_gateway.calls_per_s) / Median(of_echo.calls_per_s));
    }
  }
}

int Main(int argc, char** argv) {
  const double seconds = argc > 1 ? std::atof(argv[1]) : 0.85;
  const int rounds = argc > 2 ? std::atoi(argv[2]) : 5;
  const std::string only = argc > 3 ? argv[3] : "";
  if (seconds <= 0 || rounds < 1)
    Fail("usage: create_trace_bench [SECONDS_PER_RUN [ROUNDS [MODE]]]");
  if (const auto status = RequireTls13(); !status.ok()) Fail(status.ToString());
  SetInfoLogged(false);
  // On the disk that was built on: a commit is to cost what it costs there, which in /tmp may be memory.
  std::string folder = TRACEGATE_BINARY_DIR "/create_trace_bench.XXXXXX";
  if (mkdtemp(folder.data()) == nullptr) Fail("cannot make " + folder);
  if (const auto status = WriteBenchRegistry(folder + "/registry.db"); !status.ok()) {
    Fail(status.ToString());
  }
  {
    auto gateway = LoopbackGateway::Start(
        {.folder = folder, .registry_file = "registry.db", .mapping_yaml = BenchMapping()});
    if (!gateway.ok()) Fail(gateway.status().ToString());
    EchoServer echo((*gateway)->server());
    std::vector<Mode> modes;
    if (only != "officer") {
      modes.push_back(MakeMode("peer", {"PT", "policia-judiciaria", "BR"}, (*gateway)->peer(),
                               **gateway, echo));
    }
    if (only != "peer") {
      modes.push_back(MakeMode("officer", {"BR", "", ""}, (*gateway)->officer(), **gateway, echo));
    }
    Run(modes, echo, absl::Seconds(seconds), rounds);
  }
  std::filesystem::remove_all(folder);
  return 0;
}

}  // namespace
}  // namespace tracegate

int main(int argc, char** argv) { return tracegate::Main(argc, argv); }
