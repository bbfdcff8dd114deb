#ifndef TRACEGATE_GATEWAY_TRANSFERS_TRANSFER_HOUSE_H_
#define TRACEGATE_GATEWAY_TRANSFERS_TRANSFER_HOUSE_H_

#include <functional>
#include <string>

#include "absl/status/status.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "gateway/evidence/evidence_log.h"
#include "gateway/identity/current.h"
#include "gateway/policy/agreement_book.h"
#include "gateway/policy/pair_quota.h"
#include "gateway/storage/record_store.h"
#include "gateway/tracing/registry_table.h"
#include "gateway/tracing/timers.h"
#include "tracegate/config/v1/gateway.pb.h"

namespace tracegate {

// Something that is owed on a document, and since when.
struct Overdue {
  std::string what;  // "end_use": an answer; "delivery": word that a consignment arrived
  std::string document_id;
  std::string state;  // whose document it is
  std::string due;    // "2024-06-20"
};

// What transfers stand on. Everything pointed to outlives them.
struct TransferHouse {
  RecordStore* store = nullptr;
  EvidenceLog* log = nullptr;
  const Current<AgreementBook>* agreements = nullptr;
  const RegistryTable* registries = nullptr;
  Timers* timers = nullptr;
  std::function<absl::Time()> clock;
  // Why a State's gateway gets no service because of its log; may be empty.
  std::function<absl::Status(std::string_view state)> check_peer_log;
  // How much is asked under each agreement; null: nobody counts.
  PairQuota* quota = nullptr;
  // What the operator wrote of a State: whom to write to, how it marks; may be empty.
  std::function<config::v1::DirectoryState(std::string_view state)> directory_of;
  // Hears once a day of what is overdue; may be empty.
  std::function<void(const Overdue&)> tell_overdue;
  std::string gateway_id;     // this gateway's SPIFFE ID
  std::string gateway_state;  // the State it speaks for
  // Before another State's gateway that did not answer, or has no answer yet, is asked again; doubles.
  absl::Duration ask_again_first = absl::Seconds(30);
  absl::Duration ask_again_max = absl::Minutes(15);
  // How long another State is asked for an answer, or told of an alert.
  absl::Duration expiry = absl::Hours(24 * 90);

  // Counts one question under that agreement. RATE_LIMITED, QUOTA_EXCEEDED.
  absl::Status Meter(const config::v1::Agreement& agreement) const {
    return quota == nullptr ? absl::OkStatus() : quota->Take(agreement, clock());
  }

  absl::CivilDay today() const { return absl::ToCivilDay(clock(), absl::UTCTimeZone()); }
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_TRANSFERS_TRANSFER_HOUSE_H_
