// What watchers cost a gateway: 10,000 WatchTrace streams on one trace, held over loopback mutual TLS with 250 streams a
// connection. Memory of the gateway's process for each, and how long one change takes to reach them all. Prints figures;
// asserts nothing.
//
//   watchers_bench [WATCHERS [STREAMS_A_CONNECTION]]

#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "absl/time/clock.h"
#include "gateway/identity/tls_floor.h"
#include "gateway/rpc/operations_log.h"
#include "tests/bench/loopback_gateway.h"
#include "tests/gateway/tracing/example_trace.h"

namespace tracegate {
namespace {

constexpr char kMapping[] = R"(
source: arma
record_number: id
serial_search: {column: num_serie}
fields:
  - {column: num_serie, to: firearm.serial_number}
)";
constexpr char kTraceService[] = "/tracegate.v1.TraceService/";
constexpr absl::Duration kPatience = absl::Minutes(2);

[[noreturn]] void Fail(const std::string& why) {
  std::fprintf(stderr, "watchers_bench: %s\n", why.c_str());
  std::exit(1);
}

void Write(const std::string& file, const std::string& text) {
  if (!(std::ofstream(file, std::ios::binary) << text << std::flush)) Fail("cannot write " + file);
}

std::string Read(const std::string& file) {
  std::ostringstream text;
  text << std::ifstream(file, std::ios::binary).rdbuf();
  return text.str();
}

// The gateway in a process of its own, so that its memory is its own. Its registry's file is missing: a trace waits.
class GatewayProcess {
 public:
  explicit GatewayProcess(const std::string& folder) {
    int ready[2];
    int end[2];
    if (pipe(ready) != 0 || pipe(end) != 0) Fail("no pipe");
    pid_ = fork();
    if (pid_ < 0) Fail("cannot fork");
    if (pid_ == 0) {
      close(end[1]);
      Serve(folder, ready[1], end[0]);
    }
    close(ready[1]);
    close(end[0]);
    end_ = end[1];
    char byte = 0;
    if (read(ready[0], &byte, 1) != 1) Fail("the gateway does not start");
    close(ready[0]);
  }
  ~GatewayProcess() {
    close(end_);
    waitpid(pid_, nullptr, 0);
  }

  double ResidentMb() const {
    std::ifstream statm("/proc/" + std::to_string(pid_) + "/statm");
    int64_t pages = 0;
    int64_t resident = 0;
    statm >> pages >> resident;
    return static_cast<double>(resident) * static_cast<double>(sysconf(_SC_PAGESIZE)) / 1e6;
  }

 private:
  // Until the parent closes its end.
  [[noreturn]] static void Serve(const std::string& folder, int ready, int end) {
    if (auto floor = RequireTls13(); !floor.ok()) Fail(floor.ToString());
    SetInfoLogged(false);
    auto gateway = LoopbackGateway::Start(
        {.folder = folder, .registry_file = folder + "/none.db", .mapping_yaml = kMapping});
    if (!gateway.ok()) Fail(gateway.status().ToString());
    Write(folder + "/address", (*gateway)->address());
    Write(folder + "/roots.pem", (*gateway)->roots_pem());
    Write(folder + "/officer.pem", (*gateway)->officer().chain_pem);
    Write(folder + "/officer.key", (*gateway)->officer().key_pem);
    char byte = 1;
    if (write(ready, &byte, 1) != 1) Fail("nobody waits");
    while (read(end, &byte, 1) > 0) {
    }
    (*gateway)->Stop();
    std::exit(0);
  }

  pid_t pid_ = 0;
  int end_ = -1;
};

// One WatchTrace: reads until it ends.
class Watcher {
 public:
  Watcher(grpc::GenericStub* stub, const grpc::ByteBuffer& request, grpc::CompletionQueue* queue)
      : request_(request),
        stream_(stub->PrepareCall(&context_, std::string(kTraceService) + "WatchTrace", queue)) {
    stream_->StartCall(this);
  }

  enum class Progress { kUnderWay, kHeardFirst, kEnded };

  // What the step that was just done comes to.
  Progress Step(bool ok) {
    if (!ok) return Progress::kEnded;
    if (step_++ == 0) {
      stream_->WriteLast(request_, {}, this);
      return Progress::kUnderWay;
    }
    stream_->Read(&reply_, this);
    return step_ == 3 ? Progress::kHeardFirst : Progress::kUnderWay;
  }

 private:
  const grpc::ByteBuffer request_;
  grpc::ClientContext context_;
  grpc::ByteBuffer reply_;
  int step_ = 0;
  std::unique_ptr<grpc::GenericClientAsyncReaderWriter> stream_;
};

// Steps watchers until so many have come so far.
void Await(grpc::CompletionQueue* queue, size_t count, Watcher::Progress progress) {
  const auto deadline = absl::ToChronoTime(absl::Now() + kPatience);
  for (size_t came = 0; came < count;) {
    void* tag = nullptr;
    bool ok = false;
    if (queue->AsyncNext(&tag, &ok, deadline) != grpc::CompletionQueue::GOT_EVENT) {
      Fail("only " + std::to_string(came) + " watchers came so far");
    }
    if (static_cast<Watcher*>(tag)->Step(ok) == progress) ++came;
  }
}

std::string OpenTrace(GatewayClient* officer) {
  v1::CreateTraceRequest create;
  create.set_request_id("request-1");
  *create.mutable_request() = ExampleRequest();
  const auto trace = officer->Call<v1::Trace>(std::string(kTraceService) + "CreateTrace", create,
                                              absl::Seconds(2));
  if (!trace.ok()) Fail(trace.status().ToString());
  if (trace->has_finding()) Fail("the trace has ended");
  return trace->trace_id();
}

void Run(const std::string& folder, int watchers, int per_connection) {
  GatewayProcess gateway(folder);
  const GatewayClient::Options options{.address = Read(folder + "/address"),
                                       .tls_name = "localhost",
                                       .roots_pem = Read(folder + "/roots.pem"),
                                       .certificate_chain_pem = Read(folder + "/officer.pem"),
                                       .private_key_pem = Read(folder + "/officer.key")};
  GatewayClient officer(options);
  v1::WatchTraceRequest watch;
  watch.set_trace_id(OpenTrace(&officer));
  const std::string bytes = watch.SerializeAsString();
  const grpc::Slice slice(bytes);
  const grpc::ByteBuffer request(&slice, 1);

  grpc::CompletionQueue queue;
  std::vector<std::unique_ptr<grpc::GenericStub>> stubs;
  std::vector<std::unique_ptr<Watcher>> all;
  const double before = gateway.ResidentMb();
  const absl::Time start = absl::Now();
  for (int i = 0; i < watchers; ++i) {
    if (i % per_connection == 0) {
      grpc::ChannelArguments arguments;
      arguments.SetSslTargetNameOverride(options.tls_name);
      arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);  // a connection of its own
      stubs.push_back(std::make_unique<grpc::GenericStub>(grpc::CreateCustomChannel(
          options.address,
          grpc::SslCredentials(
              {options.roots_pem, options.private_key_pem, options.certificate_chain_pem}),
          arguments)));
    }
    all.push_back(std::make_unique<Watcher>(stubs.back().get(), request, &queue));
  }
  Await(&queue, all.size(), Watcher::Progress::kHeardFirst);
  const absl::Duration opened = absl::Now() - start;
  const double after = gateway.ResidentMb();
  std::printf("  %d watchers over %zu connections: held after %s; %.1f MB, %.1f kB each\n",
              watchers, stubs.size(),
              absl::FormatDuration(absl::Trunc(opened, absl::Milliseconds(1))).c_str(),
              after - before, (after - before) * 1e3 / watchers);

  v1::WithdrawTraceRequest withdraw;
  withdraw.set_trace_id(watch.trace_id());
  withdraw.set_explanation("the owner was found");
  const absl::Time changed = absl::Now();
  const auto withdrawn = officer.Call<v1::Trace>(std::string(kTraceService) + "WithdrawTrace",
                                                 withdraw, absl::Seconds(30));
  if (!withdrawn.ok()) Fail(withdrawn.status().ToString());
  Await(&queue, all.size(), Watcher::Progress::kEnded);  // with the trace as it ended
  const absl::Duration told = absl::Now() - changed;
  std::printf("  a change reaches all of them in %s, %.1f us each\n",
              absl::FormatDuration(absl::Trunc(told, absl::Milliseconds(1))).c_str(),
              absl::ToDoubleMicroseconds(told) / watchers);
  queue.Shutdown();
  void* tag = nullptr;
  bool ok = false;
  while (queue.Next(&tag, &ok)) {
  }
}

}  // namespace
}  // namespace tracegate

int main(int argc, char** argv) {
  const int watchers = argc > 1 ? std::max(1, std::atoi(argv[1])) : 10'000;
  const int per_connection = argc > 2 ? std::max(1, std::atoi(argv[2])) : 250;
  char folder[] = TRACEGATE_BINARY_DIR "/watchers_XXXXXX";
  if (mkdtemp(folder) == nullptr) return 1;
  std::printf("watchers_bench\n");
  tracegate::Run(folder, watchers, per_connection);
  std::filesystem::remove_all(folder);
  return 0;
}
