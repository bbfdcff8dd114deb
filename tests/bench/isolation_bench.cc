// Whether a registry that hangs slows another: lookups in a healthy one, alone and while all that the other can hold of
// calls hang in it (its file is locked), as a ratio. Rounds of both take turns. Prints figures; asserts nothing.
//
//   isolation_bench [SECONDS_PER_RUN [ROUNDS]]

#include <sqlite3.h>
#include <stdlib.h>

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/synchronization/notification.h"
#include "absl/time/clock.h"
#include "adapters/catalog.h"
#include "tests/bench/bench_registry.h"

namespace tracegate {
namespace {

constexpr int kCallers = 4;
constexpr int kHangingCalls = 260;  // four that run and a full queue
constexpr absl::Duration kTopUp = absl::Milliseconds(5);

[[noreturn]] void Fail(const std::string& why) {
  std::fprintf(stderr, "isolation_bench: %s\n", why.c_str());
  std::exit(1);
}

adapter::v1::FindRequest Question(int n) {
  adapter::v1::FindRequest request;
  request.set_hop_id("bench." + std::to_string(n));
  request.add_serial_spellings(BenchSerial(n % kBenchWeapons));
  request.set_candidates_max(20);
  return request;
}

std::unique_ptr<RegistryAdapter> Open(const std::string& folder, const std::string& name) {
  config::v1::Registry registry;
  registry.set_name(name);
  registry.set_state("BR");
  registry.mutable_sql()->set_sqlite_file(folder + "/" + name + ".db");
  registry.mutable_sql()->set_mapping(folder + "/mapping.yaml");
  AdapterSurroundings surroundings;
  surroundings.clock = absl::Now;
  auto adapter = BuildAdapter(registry, surroundings);
  if (!adapter.ok()) Fail(adapter.status().ToString());
  return *std::move(adapter);
}

// Keeps a registry as full of calls as it takes, until it is destroyed.
class Crowd {
 public:
  explicit Crowd(RegistryAdapter* registry)
      : registry_(registry), pushing_([this](const std::stop_token& ending) { Push(ending); }) {}
  ~Crowd() {
    pushing_.request_stop();
    pushing_.join();
    leave_.request_stop();
    while (inside_ > 0) absl::SleepFor(kTopUp);
  }

  int most() const { return most_; }

 private:
  void Push(const std::stop_token& ending) {
    for (int n = 0; !ending.stop_requested(); absl::SleepFor(kTopUp)) {
      most_ = std::max<int>(most_, inside_);
      for (int missing = kHangingCalls - inside_; missing > 0; --missing) {
        ++inside_;
        RegistryCall call;
        call.cancelled = leave_.get_token();
        registry_->Find(call, Question(n++), [this](const auto&) { --inside_; });
      }
    }
  }

  RegistryAdapter* const registry_;
  std::stop_source leave_;
  std::atomic<int> inside_ = 0;
  std::atomic<int> most_ = 0;
  std::jthread pushing_;
};

// Microseconds of each lookup, by callers that ask one after the other.
std::vector<double> Lookups(RegistryAdapter* registry, absl::Duration duration) {
  std::vector<std::vector<double>> each(kCallers);
  std::vector<std::thread> callers;
  const absl::Time end = absl::Now() + duration;
  for (int caller = 0; caller < kCallers; ++caller) {
    callers.emplace_back([&, caller] {
      for (int n = caller; absl::Now() < end; n += kCallers) {
        const absl::Time start = absl::Now();
        absl::Notification answered;
        registry->Find({}, Question(n), [&](const auto& found) {
          if (!found.ok() || found->records().records_size() != 1) Fail("a weapon was not found");
          answered.Notify();
        });
        answered.WaitForNotification();
        each[caller].push_back(absl::ToDoubleMicroseconds(absl::Now() - start));
      }
    });
  }
  std::vector<double> all;
  for (int caller = 0; caller < kCallers; ++caller) {
    callers[caller].join();
    all.insert(all.end(), each[caller].begin(), each[caller].end());
  }
  return all;
}

double Quantile(std::vector<double>& values, double share) {
  std::sort(values.begin(), values.end());
  return values[static_cast<size_t>(share * static_cast<double>(values.size() - 1))];
}

void Run(const std::string& folder, absl::Duration duration, int rounds) {
  if (!WriteBenchRegistry(folder + "/healthy.db").ok()) Fail("cannot write a registry");
  std::filesystem::copy(folder + "/healthy.db", folder + "/hanging.db");
  std::ofstream(folder + "/mapping.yaml") << BenchMapping();
  sqlite3* lock = nullptr;
  if (sqlite3_open((folder + "/hanging.db").c_str(), &lock) != SQLITE_OK ||
      sqlite3_exec(lock, "BEGIN EXCLUSIVE", nullptr, nullptr, nullptr) != SQLITE_OK) {
    Fail("cannot lock the other registry");
  }
  const auto healthy = Open(folder, "healthy");
  std::vector<double> alone;
  std::vector<double> beside;
  int crowd_most = 0;
  Lookups(healthy.get(), absl::Milliseconds(200));  // warms it
  for (int round = 0; round < rounds; ++round) {
    const auto one = Lookups(healthy.get(), duration);
    alone.insert(alone.end(), one.begin(), one.end());
    const auto hanging = Open(folder, "hanging");  // anew: its breaker would let it rest
    Crowd crowd(hanging.get());
    const auto other = Lookups(healthy.get(), duration);
    beside.insert(beside.end(), other.begin(), other.end());
    crowd_most = std::max(crowd_most, crowd.most());
  }
  sqlite3_close(lock);
  std::printf("%d callers, %d rounds; at most %d calls hung in the other registry\n", kCallers,
              rounds, crowd_most);
  std::printf("%-18s %9s %9s %9s\n", "healthy registry", "lookups", "p50 us", "p99 us");
  for (const auto& [name, values] : {std::pair("alone", &alone), {"beside a hanging", &beside}}) {
    std::printf("%-18s %9zu %9.1f %9.1f\n", name, values->size(), Quantile(*values, 0.5),
                Quantile(*values, 0.99));
  }
  std::printf("ratio              %9.3f %9.3f %9.3f\n",
              static_cast<double>(beside.size()) / static_cast<double>(alone.size()),
              Quantile(beside, 0.5) / Quantile(alone, 0.5),
              Quantile(beside, 0.99) / Quantile(alone, 0.99));
}

}  // namespace
}  // namespace tracegate

int main(int argc, char** argv) {
  std::string folder = std::filesystem::temp_directory_path() / "tracegate-isolation-XXXXXX";
  if (mkdtemp(folder.data()) == nullptr) tracegate::Fail("no temporary folder");
  const int seconds = argc > 1 ? std::atoi(argv[1]) : 3;
  const int rounds = argc > 2 ? std::atoi(argv[2]) : 5;
  tracegate::Run(folder, absl::Seconds(std::max(seconds, 1)), std::max(rounds, 1));
  std::filesystem::remove_all(folder);
  return 0;
}
