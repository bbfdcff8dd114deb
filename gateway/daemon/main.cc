// tracegated: runs one gateway until SIGTERM or SIGINT; reads its files again on SIGHUP.

#include <sys/resource.h>

#include <CLI/CLI.hpp>
#include <csignal>
#include <iostream>
#include <string>

#include "absl/synchronization/mutex.h"
#include "absl/time/clock.h"
#include "adapters/marking/table_directory.h"
#include "gateway/daemon/configuration.h"
#include "gateway/daemon/gateway.h"
#include "gateway/daemon/retention_check.h"
#include "gateway/identity/tls_floor.h"
#include "gateway/rpc/operations_log.h"

namespace {

constexpr int kExitOk = 0;
constexpr int kExitFailed = 1;
constexpr int kExitConfig = 2;

int Check(const std::string& config) {
  const auto configuration = tracegate::LoadConfiguration(config, absl::Now());
  if (!configuration.ok()) {
    std::cerr << configuration.status().message() << "\n";
    return kExitConfig;
  }
  if (const auto kept = tracegate::CheckRetentionKept(*configuration); !kept.ok()) {
    std::cerr << config << ": " << kept.message() << "\n";
    return kExitConfig;
  }
  if (const std::string& tables = configuration->proto.tables(); !tables.empty()) {
    if (const auto read = tracegate::ReadTables(tables); !read.ok()) {
      std::cerr << config << ": tables: " << read.status().message() << "\n";
      return kExitConfig;
    }
  }
  std::cout << config << ": sound; " << configuration->registries->registries().size()
            << " registries, " << configuration->proto.agreements_size() << " agreements\n";
  return kExitOk;
}

// Each connection takes two descriptors; many systems allow a program few unless it asks.
void AllowManyDescriptors() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
}

int Serve(const std::string& config) {
  AllowManyDescriptors();
  // Signals are taken by this thread alone; threads made later inherit the mask.
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGHUP);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);

  auto configuration = tracegate::LoadConfiguration(config, absl::Now());
  if (!configuration.ok()) {
    std::cerr << configuration.status().message() << "\n";
    return kExitConfig;
  }
  if (const std::string& tables = configuration->proto.tables(); !tables.empty()) {
    if (const auto loaded = tracegate::LoadTables(tables); !loaded.ok()) {
      std::cerr << config << ": tables: " << loaded.message() << "\n";
      return kExitConfig;
    }
  }
  auto gateway = tracegate::Gateway::Start(*std::move(configuration));
  if (!gateway.ok()) {
    tracegate::LogError("cannot_start", {{"why", std::string(gateway.status().message())}});
    return kExitFailed;
  }
  int signal = 0;
  while (sigwait(&signals, &signal) == 0 && signal == SIGHUP) (*gateway)->Reload();
  (*gateway)->Stop();
  return kExitOk;
}

}  // namespace

int main(int argc, char** argv) {
  // The packaged abseil looks for deadlocks on every lock; that costs more than the locks.
  absl::SetMutexDeadlockDetectionMode(absl::OnDeadlockCycle::kIgnore);

  CLI::App app("Tracegate gateway: traces firearms across borders, over mutual TLS.");
  std::string config;
  bool check = false;
  app.add_option("--config", config, "Configuration, a YAML file (docs/operating/configuration.md)")
      ->required();
  app.add_flag("--check", check,
               "Read the configuration and every file it names, hold its retention against the "
               "log's, say what is wrong, and end");
  app.footer("Exit codes: 0 ended as asked, 1 could not start, 2 configuration or usage wrong.");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? kExitOk : kExitConfig;
  }
  if (const auto status = tracegate::RequireTls13(); !status.ok()) {
    std::cerr << status.message() << "\n";
    return kExitFailed;
  }
  return check ? Check(config) : Serve(config);
}
