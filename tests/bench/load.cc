#include "tests/bench/load.h"

#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>
#include <sys/resource.h>

#include <atomic>
#include <chrono>
#include <latch>
#include <utility>

#include "gateway/rpc/grpc_bytes.h"

namespace tracegate {
namespace {

using grpc::ByteBuffer;
using Clock = std::chrono::steady_clock;

constexpr int kConnections = 4;
constexpr auto kTimeout = std::chrono::seconds(20);

std::shared_ptr<grpc::Channel> Connect(const GatewayClient::Options& server) {
  grpc::SslCredentialsOptions tls;
  tls.pem_root_certs = server.roots_pem;
  tls.pem_cert_chain = server.certificate_chain_pem;
  tls.pem_private_key = server.private_key_pem;
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY, 0);
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL,
                   1);  // else equal channels share a connection
  arguments.SetSslTargetNameOverride(server.tls_name);
  return grpc::CreateCustomChannel(server.address, grpc::SslCredentials(tls), arguments);
}

double CpuSeconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

}  // namespace

class Load::Impl {
 public:
  Impl(const GatewayClient::Options& server, std::string method, MakeRequest make_request)
      : method_(std::move(method)), make_request_(std::move(make_request)) {
    for (int i = 0; i < kConnections; ++i) {
      auto channel = Connect(server);
      channel->WaitForConnected(std::chrono::system_clock::now() + kTimeout);
      stubs_.push_back(std::make_unique<grpc::GenericStub>(channel));
    }
  }

  LoadFigures Run(int in_flight, absl::Duration duration) {
    std::vector<Caller> callers(static_cast<size_t>(in_flight));
    std::latch ended(in_flight);
    const double cpu = CpuSeconds();
    const auto start = Clock::now();
    until_ = start + absl::ToChronoNanoseconds(duration);
    for (size_t i = 0; i < callers.size(); ++i) {
      callers[i].stub = stubs_[i % stubs_.size()].get();
      callers[i].ended = &ended;
      Next(callers[i]);
    }
    ended.wait();
    const std::chrono::duration<double> took = Clock::now() - start;
    LoadFigures figures;
    for (Caller& caller : callers) {
      figures.failures += caller.failures;
      if (figures.first_failure.empty()) figures.first_failure = caller.failure;
      figures.latencies_us.insert(figures.latencies_us.end(), caller.latencies_us.begin(),
                                  caller.latencies_us.end());
    }
    const auto calls = static_cast<double>(figures.latencies_us.size());
    figures.calls_per_s = calls / took.count();
    figures.cpu_us_per_call = (CpuSeconds() - cpu) * 1e6 / std::max(calls, 1.0);
    return figures;
  }

 private:
  struct Caller {
    grpc::GenericStub* stub = nullptr;
    std::latch* ended = nullptr;
    std::unique_ptr<grpc::ClientContext> context;
    ByteBuffer request, reply;
    Clock::time_point sent;
    std::vector<float> latencies_us;
    size_t failures = 0;
    std::string failure;
  };

  void Next(Caller& caller) {
    caller.request = BufferOf(make_request_(next_++));
    caller.reply.Clear();
    caller.context = std::make_unique<grpc::ClientContext>();
    caller.context->set_deadline(std::chrono::system_clock::now() + kTimeout);
    caller.sent = Clock::now();
    caller.stub->UnaryCall(
        caller.context.get(), method_, grpc::StubOptions(), &caller.request, &caller.reply,
        [this, &caller](const grpc::Status& status) { OnReply(caller, status); });
  }

  void OnReply(Caller& caller, const grpc::Status& status) {
    const auto now = Clock::now();
    if (status.ok()) {
      caller.latencies_us.push_back(
          std::chrono::duration<float, std::micro>(now - caller.sent).count());
    } else if (caller.failures++ == 0) {
      caller.failure = status.error_message();
    }
    if (now < until_) return Next(caller);
    caller.ended->count_down();
  }

  const std::string method_;
  const MakeRequest make_request_;
  std::vector<std::unique_ptr<grpc::GenericStub>> stubs_;
  std::atomic<uint64_t> next_ = 1;
  Clock::time_point until_;
};

Load::Load(const GatewayClient::Options& server, std::string method, MakeRequest make_request)
    : impl_(std::make_unique<Impl>(server, std::move(method), std::move(make_request))) {}
Load::~Load() = default;

LoadFigures Load::Run(int in_flight, absl::Duration duration) {
  return impl_->Run(in_flight, duration);
}

}  // namespace tracegate
