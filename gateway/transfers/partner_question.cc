#include "gateway/transfers/partner_question.h"

#include <algorithm>
#include <utility>

#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

EntryDraft EntryOf(const TransferHouse& house, const PartnerQuestion& question,
                   v1::EntryKind kind) {
  EntryDraft entry;
  entry.header.set_kind(kind);
  entry.header.set_actor(house.gateway_id);
  entry.header.set_state(house.gateway_state);
  entry.header.set_method(question.method);
  entry.header.set_trace_id(question.document_id);
  entry.header.set_to_state(question.state);
  entry.header.set_agreement_id(question.agreement_id);
  return entry;
}

}  // namespace

PartnerGateway* PartnerOf(const TransferHouse& house, const std::string& state) {
  const Registry* registry = house.registries->ForState(state);
  return registry == nullptr ? nullptr : registry->partner;
}

EntryDraft LeavingEntry(const TransferHouse& house, const PartnerQuestion& question) {
  EntryDraft entry = EntryOf(house, question, v1::ENTRY_KIND_HOP_ASKED);
  entry.content = question.bytes;
  return entry;
}

EntryDraft HeardEntry(const TransferHouse& house, const PartnerQuestion& question,
                      const absl::StatusOr<std::string>& reply) {
  EntryDraft entry = EntryOf(house, question,
                             reply.ok() ? v1::ENTRY_KIND_HOP_ANSWERED : v1::ENTRY_KIND_HOP_FAILED);
  if (reply.ok()) {
    entry.content = *reply;
  } else {
    entry.header.set_reason(ReasonName(DetailOf(reply.status()).reason()));
    entry.content = std::string(reply.status().message());
  }
  return entry;
}

void AskPartner(const TransferHouse& house, const PartnerQuestion& question, absl::Time deadline,
                std::function<void(absl::StatusOr<std::string>)> done) {
  PartnerGateway* const partner = PartnerOf(house, question.state);
  if (partner == nullptr) {
    return done(
        Failure(v1::REASON_STATE_NOT_SERVED, "this gateway has no peer for " + question.state));
  }
  if (house.check_peer_log) {
    if (auto status = house.check_peer_log(question.state); !status.ok()) return done(status);
  }
  const Registry* registry = house.registries->ForState(question.state);
  const absl::Time latest = house.clock() + registry->timeout;
  partner->AskPartner({.deadline = std::min(deadline, latest), .cancelled = {}}, question.method,
                      question.bytes, std::move(done));
}

bool IsFinal(const absl::Status& failure) {
  return !absl::IsUnavailable(failure) && !absl::IsDeadlineExceeded(failure) &&
         !absl::IsResourceExhausted(failure) && !absl::IsCancelled(failure) &&
         !absl::IsAborted(failure);
}

}  // namespace tracegate
