#ifndef TRACEGATE_GATEWAY_TRANSFERS_TRANSFER_PAGE_H_
#define TRACEGATE_GATEWAY_TRANSFERS_TRANSFER_PAGE_H_

#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "gateway/identity/caller.h"
#include "gateway/storage/record_store.h"
#include "tracegate/v1/transfer.pb.h"

namespace tracegate {

// What one page of a list of transfers shows.
class TransferPage {
 public:
  // FIELD_INVALID: a date.
  static absl::StatusOr<TransferPage> Of(const Caller& caller,
                                         const v1::ListTransfersRequest& request, absl::Time now);

  // What the store can tell by itself, newest first.
  const DocumentQuery& query() const { return query_; }
  // Whether the filters show it: those of the record, then those of what happened around it.
  bool ShowsRecord(const v1::TransferRecord& record) const;
  bool ShowsTransfer(const v1::Transfer& transfer) const;

 private:
  explicit TransferPage(v1::ListTransfersRequest request) : request_(std::move(request)) {}

  v1::ListTransfersRequest request_;
  std::string today_;  // "2024-05-01"
  DocumentQuery query_;
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_TRANSFERS_TRANSFER_PAGE_H_
