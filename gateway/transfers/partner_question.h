#ifndef TRACEGATE_GATEWAY_TRANSFERS_PARTNER_QUESTION_H_
#define TRACEGATE_GATEWAY_TRANSFERS_PARTNER_QUESTION_H_

#include <functional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "gateway/evidence/evidence_log.h"
#include "gateway/transfers/transfer_house.h"

namespace tracegate {

// One question to another State's gateway, or one thing that it is told.
struct PartnerQuestion {
  std::string document_id;  // what it is about: the entries' trace_id
  std::string state;        // whose gateway
  std::string agreement_id;
  const char* method = nullptr;  // full name of an RPC of TransferService, a literal
  std::string bytes;
};

// The gateway to ask for that State's word on transfers; null where there is none.
PartnerGateway* PartnerOf(const TransferHouse& house, const std::string& state);

// That it leaves (HOP_ASKED): durable before it does.
EntryDraft LeavingEntry(const TransferHouse& house, const PartnerQuestion& question);

// What came of it (HOP_ANSWERED, or HOP_FAILED with the reason).
EntryDraft HeardEntry(const TransferHouse& house, const PartnerQuestion& question,
                      const absl::StatusOr<std::string>& reply);

// Asks now; what leaves is in the log already. `done` runs once.
void AskPartner(const TransferHouse& house, const PartnerQuestion& question, absl::Time deadline,
                std::function<void(absl::StatusOr<std::string>)> done);

// Whether the other gateway will not take it, however often it is asked or told.
bool IsFinal(const absl::Status& failure);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_TRANSFERS_PARTNER_QUESTION_H_
