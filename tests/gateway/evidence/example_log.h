#ifndef TRACEGATE_TESTS_GATEWAY_EVIDENCE_EXAMPLE_LOG_H_
#define TRACEGATE_TESTS_GATEWAY_EVIDENCE_EXAMPLE_LOG_H_

#include <atomic>
#include <cstdint>
#include <functional>
#include <future>
#include <memory>
#include <string>
#include <utility>

#include "absl/time/time.h"
#include "gateway/evidence/evidence_log.h"
#include "protos/tracegate/failure.h"
#include "tests/gateway/evidence/minted_key.h"

namespace tracegate {

inline v1::Reason ReasonOf(const absl::Status& status) { return DetailOf(status).reason(); }

// A clock that stands still until it is set.
struct StandingClock {
  std::shared_ptr<std::atomic<int64_t>> now_us = std::make_shared<std::atomic<int64_t>>(1'000'000);
  absl::Time operator()() const { return absl::FromUnixMicros(*now_us); }
};

inline EvidenceLog::Options ExampleOptions(StandingClock clock = {}) {
  EvidenceLog::Options options;
  options.origin = "registry.example/log";
  options.signing_key_pem = Ed25519Pem(std::string(32, 'k'));
  options.clock = std::move(clock);
  return options;
}

// A serialised v1::Trace, so that a receipt can stand behind it.
std::string ExampleReply(const std::string& trace_id);

// A request received and the reply to it, and the trace they are of.
RecordDraft ExampleDraft(const std::string& trace_id);

// One entry without reply and trace.
RecordDraft ExampleNote(const std::string& content);

// Appends and waits for what comes of it.
absl::StatusOr<Recorded> AppendTo(EvidenceLog& log, RecordDraft draft);

// Appends; the future holds what comes of it.
std::future<absl::StatusOr<Recorded>> Append(EvidenceLog& log, RecordDraft draft);

}  // namespace tracegate

#endif  // TRACEGATE_TESTS_GATEWAY_EVIDENCE_EXAMPLE_LOG_H_
