#include "gateway/daemon/lookout.h"

#include <utility>
#include <vector>

#include "absl/time/clock.h"
#include "gateway/daemon/expiry_list.h"
#include "gateway/rpc/handshake_failures.h"
#include "gateway/rpc/operations_log.h"

namespace tracegate {

void Lookout::Look(const config::v1::Identity& identity) {
  EndUnbelieved();
  TellHandshakes();
  TellUncounted();
  if (absl::Now() >= expiries_due_) TellExpiries(identity);
}

void Lookout::EndUnbelieved() {
  const int ended = parts_.chain->RecheckOpenCalls();
  if (ended > 0) LogWarning("open_calls_ended", {{"calls", ended}});
  const int cut = parts_.chain->RecheckConnections();
  if (cut > 0) LogWarning("connections_cut", {{"connections", cut}});
  const int64_t turned_away = parts_.connections->TakeTurnedAway();
  if (turned_away > 0) LogWarning("connections_turned_away", {{"connections", turned_away}});
}

// One look late, since a connection's end may be heard of after the failure.
void Lookout::TellHandshakes() {
  const auto failures = std::exchange(handshake_failures_, TakeHandshakeFailures());
  const auto before = std::exchange(callless_, parts_.connections->TakeCallless());
  std::string content;
  for (const auto& [reason, count] : failures) {
    content += std::to_string(count) + " " + reason + "\n";
  }
  if (content.empty()) return;
  for (const auto& ended : {before, callless_}) {
    for (const auto& [address, count] : ended) {
      content += std::to_string(count) + " ended without a call from " + address + "\n";
    }
  }
  LogWarning("handshakes_failed", {{"reasons", content}});
  parts_.own->NoteOfStrangers(v1::ENTRY_KIND_HANDSHAKE_REFUSED, std::move(content));
}

void Lookout::TellUncounted() {
  const int64_t count = parts_.limits->TakeUncounted();
  if (count == 0) return;
  LogWarning("refusals_counted_only", {{"calls", count}});
  parts_.own->NoteOfStrangers(
      v1::ENTRY_KIND_CALL_REFUSED,
      std::to_string(count) + " calls were refused past the bound of single entries");
}

void Lookout::TellExpiries(const config::v1::Identity& identity) {
  const absl::Time now = absl::Now();
  expiries_due_ = now + absl::Hours(24);
  std::vector<Expiry> expiries = ExpiriesOf(identity, now);
  for (const Expiry& expiry : expiries) {
    if (expiry.standing == ExpiryStanding::kGood ||
        expiry.standing == ExpiryStanding::kNotChecked) {
      continue;
    }
    LogWarning("ends_soon",
               {{"key", expiry.key},
                {"name", expiry.name},
                {"until", expiry.until ? absl::FormatTime(*expiry.until, absl::UTCTimeZone()) : ""},
                {"standing", ExpiryStandingName(expiry.standing)}});
  }
  if (parts_.metrics != nullptr) parts_.metrics->SetExpiries(std::move(expiries));
}

}  // namespace tracegate
