// What traces cost that wait for an answer, and who watches them: memory per 100,000 open traces (Austria's gateway is away),
// how long a restart takes to take them all up, and what telling a change costs with 10,000 watchers on one trace. Without
// RPCs, over a store and a log on disk. Prints figures; asserts nothing.
//
//   open_traces_bench [TRACES [WATCHERS]]

#include <malloc.h>
#include <stdlib.h>
#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <thread>

#include "absl/strings/str_format.h"
#include "absl/synchronization/blocking_counter.h"
#include "absl/time/clock.h"
#include "adapters/registry_adapter.h"
#include "gateway/storage/sqlite_record_store.h"
#include "gateway/tracing/timer_queue.h"
#include "gateway/tracing/tracer.h"
#include "protos/tracegate/failure.h"
#include "tests/gateway/evidence/example_log.h"
#include "tests/gateway/policy/example_agreement.h"
#include "tests/gateway/tracing/example_trace.h"

namespace tracegate {
namespace {

[[noreturn]] void Fail(const std::string& why) {
  std::fprintf(stderr, "open_traces_bench: %s\n", why.c_str());
  std::exit(1);
}

double ResidentMb() {
  malloc_trim(0);
  std::ifstream statm("/proc/self/statm");
  int64_t pages = 0;
  int64_t resident = 0;
  statm >> pages >> resident;
  return static_cast<double>(resident) * static_cast<double>(sysconf(_SC_PAGESIZE)) / 1e6;
}

// A gateway that is away. Keeps nothing of what it was asked.
class Away : public RegistryAdapter {
 public:
  adapter::v1::DescribeResponse Describe() const override { return {}; }
  void Find(RegistryCall, adapter::v1::FindRequest, FindDone done) override {
    done(Failure(v1::REASON_PEER_UNAVAILABLE, "away"));
  }
  void GetRecord(RegistryCall, adapter::v1::GetRecordRequest, RecordDone done) override {
    done(Failure(v1::REASON_PEER_UNAVAILABLE, "away"));
  }
  void Health(RegistryCall, HealthDone done) override { done(absl::OkStatus()); }
};

// Brazil's gateway without its RPCs; Austria's is away.
class Gateway {
 public:
  explicit Gateway(const std::string& file) {
    store_ = *SqliteRecordStore::Open({.file = file});
    auto options = ExampleOptions();
    options.clock = absl::Now;
    log_ = *EvidenceLog::Open(store_.get(), options);
    google::protobuf::RepeatedPtrField<config::v1::Agreement> agreements;
    *agreements.Add() = ExampleAgreement("BR", "AT");
    book_.Replace(*AgreementBook::Create(agreements));
    std::vector<Registry> registries(1);
    registries[0].name = "at-gateway";
    registries[0].state = "AT";
    registries[0].is_peer = true;
    registries[0].timeout = absl::Seconds(10);
    registries[0].adapter = std::make_unique<Away>();
    registries_ = std::make_unique<RegistryTable>(std::set<std::string, std::less<>>{"BR"},
                                                  std::move(registries));
    House house;
    house.store = store_.get();
    house.log = log_.get();
    house.agreements = &book_;
    house.quota = &quota_;
    house.harvest_guard = &guard_;
    house.registries = registries_.get();
    house.timers = &timers_;
    house.clock = absl::Now;
    house.gateway_id = "spiffe://br.example/gateway/peer";
    house.gateway_state = "BR";
    TracingLimits limits;
    limits.open_traces_max = 10'000'000;
    limits.hops_max = 12;
    limits.expiry = absl::Hours(24 * 90);
    limits.retry_first = absl::Hours(1);
    limits.retry_max = absl::Hours(1);
    limits.reply_wait_max = absl::Seconds(60);
    tracer_ = std::make_unique<Tracer>(house, limits);
  }

  ~Gateway() {
    tracer_->Drain();
    timers_.Stop();
    registries_.reset();
    log_.reset();
    tracer_.reset();
  }

  Tracer* operator->() { return tracer_.get(); }

 private:
  static config::v1::HarvestGuard Off() {
    config::v1::HarvestGuard config;
    config.set_off(true);
    return config;
  }

  std::unique_ptr<SqliteRecordStore> store_;
  std::unique_ptr<EvidenceLog> log_;
  Current<AgreementBook> book_{nullptr};
  PairQuota quota_;
  HarvestGuard guard_{Off()};
  std::unique_ptr<RegistryTable> registries_;
  TimerQueue timers_;
  std::unique_ptr<Tracer> tracer_;
};

// Opens the traces, so many at once as the log takes, and waits until each has its first reply.
std::string OpenTraces(Gateway& gateway, int count) {
  const Caller officer = ExampleCaller("BR", "policia-federal", Role::kRegistry);
  std::string trace_id;
  constexpr int kAtOnce = 1000;
  for (int from = 0; from < count; from += kAtOnce) {
    const int until = std::min(from + kAtOnce, count);
    absl::BlockingCounter replies(until - from);
    for (int n = from; n < until; ++n) {
      v1::CreateTraceRequest create;
      create.set_request_id(absl::StrFormat("request-%08d", n));
      *create.mutable_request() = ExampleRequest();
      create.mutable_request()->mutable_item()->mutable_weapon()->set_serial_number(
          absl::StrFormat("ABC%07d", n));
      // A deadline that nears at once: the reply is the trace in progress.
      gateway->Create(officer, create, create.SerializeAsString(),
                      absl::Now() + absl::Milliseconds(200), [&](auto reply) {
                        v1::Trace trace;
                        if (!reply.ok() || !trace.ParseFromString(*reply)) Fail("no trace");
                        trace_id = trace.trace_id();
                        replies.DecrementCount();
                      });
    }
    replies.Wait();
  }
  return trace_id;
}

void Watch(Gateway& gateway, const std::string& trace_id, int watchers) {
  const Caller officer = ExampleCaller("BR", "policia-federal", Role::kRegistry);
  std::atomic<int> heard = 0;
  const double before = ResidentMb();
  for (int i = 0; i < watchers; ++i) {
    const auto watching =
        gateway->Watch(officer, trace_id, 0, {[&](const std::string& bytes, bool) {
                         if (!bytes.empty()) heard.fetch_add(1);
                       }});
    if (!watching.ok()) Fail(watching.ToString());
  }
  const double after = ResidentMb();
  heard = 0;
  TraceStep step;
  step.trace_id = trace_id;
  step.method = "/a/Method";
  step.act = [](const Act& act) -> absl::StatusOr<const v1::Hop*> {
    act.course->DeskChanged(act.now);
    return nullptr;
  };
  const absl::Time start = absl::Now();
  gateway->Do(officer, step, [](const auto& reply) {
    if (!reply.ok()) Fail(reply.status().ToString());
  });
  while (heard.load() < watchers) std::this_thread::yield();
  const absl::Duration took = absl::Now() - start;
  std::printf("  %d watchers of one trace: %.1f MB; a change is told to all in %s, %.2f us each\n",
              watchers, after - before, absl::FormatDuration(took).c_str(),
              absl::ToDoubleMicroseconds(took) / watchers);
}

void Run(const std::string& file, int traces, int watchers) {
  {
    Gateway gateway(file);
    OpenTraces(gateway, 100);  // what every gateway has
    const double before = ResidentMb();
    const absl::Time start = absl::Now();
    const std::string trace_id = OpenTraces(gateway, traces + 100);
    const double after = ResidentMb();
    std::printf("  %d open traces: %.1f MB, %.0f bytes each; opened in %s\n", traces,
                after - before, (after - before) * 1e6 / traces,
                absl::FormatDuration(absl::Now() - start).c_str());
    Watch(gateway, trace_id, watchers);
  }
  Gateway again(file);
  const absl::Time start = absl::Now();
  if (auto status = again->Resume(); !status.ok()) Fail(status.ToString());
  std::printf("  a restart takes up %d of them in %s\n", again->open_traces(),
              absl::FormatDuration(absl::Now() - start).c_str());
}

}  // namespace
}  // namespace tracegate

int main(int argc, char** argv) {
  const int traces = argc > 1 ? std::max(1, std::atoi(argv[1])) : 100'000;
  const int watchers = argc > 2 ? std::max(1, std::atoi(argv[2])) : 10'000;
  char folder[] = TRACEGATE_BINARY_DIR "/open_traces_XXXXXX";
  if (mkdtemp(folder) == nullptr) return 1;
  std::printf("open_traces_bench\n");
  tracegate::Run(std::string(folder) + "/records.db", traces, watchers);
  std::filesystem::remove_all(folder);
  return 0;
}
