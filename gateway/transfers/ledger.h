#ifndef TRACEGATE_GATEWAY_TRANSFERS_LEDGER_H_
#define TRACEGATE_GATEWAY_TRANSFERS_LEDGER_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "gateway/transfers/answer_once.h"
#include "gateway/transfers/registry_search.h"
#include "gateway/transfers/stored_transfers.h"
#include "gateway/transfers/transfer_house.h"
#include "tracegate/v1/transfer.pb.h"

namespace tracegate {

// The records of transfers that each State served here keeps of its own (ATT 12): put on record, amended, never
// overwritten. The State's registry is asked first for the weapons of a record, so that one that was destroyed is remarked.
//
// Thread safety: all methods from any thread. Lifetime: what is pointed to outlives it.
class Ledger {
 public:
  Ledger(TransferHouse house, AnswerOnce* once)
      : house_(std::move(house)), stored_(house_.store), once_(once) {}

  // `reply` runs once, with a serialised v1::Transfer: durable, receipt included. Errors: see the RPCs in transfer.proto;
  // FIELD_REQUIRED, FIELD_INVALID, STATE_MISMATCH, REVISION_STALE, DOCUMENT_STATE, DOCUMENT_NOT_FOUND. `asked` lives in
  // `request`.
  void Record(std::shared_ptr<const Request> request, const v1::RecordTransferRequest& asked,
              AnswerOnce::Reply reply);
  // The same for one of a stream: its weapons are not looked up in the registry.
  void RecordOfMany(std::shared_ptr<const Request> request, const v1::RecordTransferRequest& asked,
                    AnswerOnce::Reply reply);
  void Amend(std::shared_ptr<const Request> request, const v1::AmendTransferRequest& asked,
             AnswerOnce::Reply reply);

 private:
  using Destroyed = std::vector<DestroyedItem>;

  // Of a record that MayRecord lets pass.
  absl::StatusOr<Outcome> Recorded(const Request& request, const v1::RecordTransferRequest& asked,
                                   const Destroyed& destroyed) const;
  absl::StatusOr<Outcome> Amended(const Request& request, const v1::AmendTransferRequest& asked,
                                  const Destroyed& destroyed) const;
  absl::Status MayRecord(const Caller& caller, const v1::TransferRecord& record) const;
  // The record is possible and the State's own.
  absl::Status CheckRecord(const Caller& caller, const v1::TransferRecord& record) const;
  // What the law makes of the record, and what is odd about it.
  absl::Status Judge(const std::string& state, const Destroyed& destroyed,
                     v1::Transfer* transfer) const;

  const TransferHouse house_;
  const StoredTransfers stored_;
  AnswerOnce* const once_;
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_TRANSFERS_LEDGER_H_
