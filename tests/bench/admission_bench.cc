// What it costs to know a caller and to let it in, as a share of the CPU of a whole call: the cheapest call there is
// (GetCheckpoint), so that the share is at its largest. Prints; asserts nothing.

#include <stdlib.h>
#include <time.h>

#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>

#include "absl/synchronization/mutex.h"
#include "absl/time/clock.h"
#include "gateway/identity/caller_verifier.h"
#include "gateway/identity/current.h"
#include "gateway/identity/tls_floor.h"
#include "gateway/policy/access_table.h"
#include "gateway/policy/call_limits.h"
#include "gateway/policy/limit_defaults.h"
#include "gateway/rpc/open_calls.h"
#include "gateway/rpc/operations_log.h"
#include "tests/bench/load.h"
#include "tests/bench/loopback_gateway.h"
#include "tests/gateway/identity/minted_pki.h"

namespace tracegate {
namespace {

constexpr char kMethod[] = "/tracegate.v1.EvidenceService/GetCheckpoint";
constexpr int kAdmissions = 200'000;
constexpr int kInFlight = 64;
constexpr int kRounds = 3;

double CpuMicroseconds() {
  timespec now;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e6 + static_cast<double>(now.tv_nsec) / 1e3;
}

// As the call chain does it, with the caller's proof in the cache and its CRL checked.
class Admission {
 public:
  Admission() {
    config::v1::Limits limits;
    FillDefaults(&limits);
    limits.set_calls_per_minute(-1);
    limits_ = std::make_unique<CallLimits>(limits);
    const TrustBundleSource source{
        "BR", "br.example", root_.pem(),
        RevocationSource{root_.Crl(), absl::ZeroDuration(), absl::Now()}};
    verifier_.Replace(
        std::make_shared<CallerVerifier>(*TrustBundles::Load({source}), CallerVerifierOptions{}));
  }

  // Microseconds of CPU for one.
  double Measure() {
    const double start = CpuMicroseconds();
    for (int i = 0; i < kAdmissions; ++i) admitted_ += Admit() ? 1 : 0;
    return (CpuMicroseconds() - start) / kAdmissions;
  }

  int admitted() const { return admitted_; }

 private:
  bool Admit() {
    const absl::Time now = absl::Now();
    const auto caller = verifier_.Now()->Verify(officer_.pem(), "", now);
    if (!caller.ok()) return false;
    const auto ticket = limits_->Enter(*caller, now);
    const AccessRow* row = FindAccessRow(kMethod);
    const auto place = open_.Add(officer_.pem(), "", [](const absl::Status&) { return true; });
    return ticket.ok() && row != nullptr && CheckAccess(*row, *caller).ok();
  }

  const Minted root_ = Minted::Root("BR");
  const Minted officer_ = root_.Leaf("spiffe://br.example/policia-civil/registry");
  Current<CallerVerifier> verifier_{nullptr};
  std::unique_ptr<CallLimits> limits_;
  OpenCalls open_;
  int admitted_ = 0;
};

int Run() {
  if (!RequireTls13().ok()) return 1;
  SetInfoLogged(false);
  std::string folder = (std::filesystem::temp_directory_path() / "tracegate-bench.XXXXXX").string();
  if (mkdtemp(folder.data()) == nullptr) return 1;
  {
    auto gateway = LoopbackGateway::Start(
        {.folder = folder,
         .registry_file = folder + "/registry.db",
         .mapping_yaml = "source: arma\nrecord_number: id\nserial_search: {column: num_serie}\n"
                         "fields: [{column: num_serie, to: firearm.serial_number}]\n"});
    if (!gateway.ok()) {
      std::fprintf(stderr, "%s\n", std::string(gateway.status().message()).c_str());
      return 1;
    }
    Admission admission;
    Load load((*gateway)->ClientOptions((*gateway)->officer()), kMethod,
              [](uint64_t) { return std::string(); });
    std::printf("%-8s %22s %22s %8s\n", "round", "admission, CPU us", "call, CPU us", "share");
    for (int round = 1; round <= kRounds; ++round) {
      const double admit = admission.Measure();
      const LoadFigures figures = load.Run(kInFlight, absl::Seconds(1));
      std::printf("%-8d %22.2f %22.1f %7.1f%%\n", round, admit, figures.cpu_us_per_call,
                  100 * admit / figures.cpu_us_per_call);
      if (figures.failures > 0) std::printf("failures: %s\n", figures.first_failure.c_str());
    }
    if (admission.admitted() != kRounds * kAdmissions) std::printf("not every caller was let in\n");
  }
  std::filesystem::remove_all(folder);
  return 0;
}

}  // namespace
}  // namespace tracegate

int main() {
  // As tracegated does: the packaged abseil looks for deadlocks on every lock.
  absl::SetMutexDeadlockDetectionMode(absl::OnDeadlockCycle::kIgnore);
  return tracegate::Run();
}
