#ifndef TRACEGATE_GATEWAY_TRACING_HOUSE_H_
#define TRACEGATE_GATEWAY_TRACING_HOUSE_H_

#include <functional>
#include <string>
#include <string_view>

#include "absl/time/time.h"
#include "gateway/evidence/evidence_log.h"
#include "gateway/identity/current.h"
#include "gateway/policy/agreement_book.h"
#include "gateway/policy/harvest_guard.h"
#include "gateway/policy/pair_quota.h"
#include "gateway/storage/record_store.h"
#include "gateway/tracing/inquiry.h"
#include "gateway/tracing/registry_table.h"
#include "gateway/tracing/step_gate.h"
#include "gateway/tracing/timers.h"

namespace tracegate {

// What tracing stands on. Everything pointed to outlives the Tracer.
struct House {
  RecordStore* store = nullptr;
  EvidenceLog* log = nullptr;
  const Current<AgreementBook>* agreements = nullptr;  // replaced while traces run
  PairQuota* quota = nullptr;
  HarvestGuard* harvest_guard = nullptr;
  const RegistryTable* registries = nullptr;
  Timers* timers = nullptr;
  StepGate* gate = nullptr;
  std::function<absl::Time()> clock;
  // Hears of what the guard says, beside the log; may be empty.
  std::function<void(const v1::HarvestSuspicion&)> tell_suspicion;
  // Hears of a question at a desk of this house that is past a target, and of which: "acknowledgement" or "answer". May be
  // empty.
  std::function<void(std::string_view trace_id, std::string_view state, std::string_view owed)>
      tell_overdue;
  // Hears of each weapon that somebody begins to ask about, once the question is admitted. It does not block, and its reply
  // does not wait for what comes of it. May be empty.
  std::function<void(Inquiry)> tell_inquiry;
  // Why a State's gateway gets no service because of its log; may be empty.
  std::function<absl::Status(std::string_view state)> check_peer_log;
  std::string gateway_id;  // this gateway's SPIFFE ID: who acted, where no caller did
  std::string
      gateway_state;  // the State it speaks for; empty where no bundle binds its trust domain
};

// Bounds of tracing; the configuration's defaults are in daemon/.
struct TracingLimits {
  int open_traces_max = 0;
  int hops_max = 0;
  // States that the marks lead to, asked at once.
  int hops_at_once = 1;
  absl::Duration expiry;
  absl::Duration retry_first;
  absl::Duration retry_max;
  // How long a caller without a deadline waits for the answer before it gets the trace in progress.
  absl::Duration reply_wait_max;
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_TRACING_HOUSE_H_
