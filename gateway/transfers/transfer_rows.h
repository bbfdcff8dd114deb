#ifndef TRACEGATE_GATEWAY_TRANSFERS_TRANSFER_ROWS_H_
#define TRACEGATE_GATEWAY_TRANSFERS_TRANSFER_ROWS_H_

#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "gateway/storage/record_store.h"
#include "gateway/transfers/document_kind.h"
#include "protos/tracegate/failure.h"
#include "tracegate/v1/transfer.pb.h"

namespace tracegate {

// How documents stand in the store.

// The words by which transfers are found. A serial number is looked for by the key under which marks are read as one.
std::string AuthorisationWord(std::string_view number);
// By which questions on end use under an authorisation are found: a few, beside thousands of transfers under it.
std::string EndUseWord(std::string_view authorisation_number);
std::string ConsignmentWord(std::string_view consignment);
std::string SerialWord(std::string_view serial_number);
// By which those who receive arms are found: their State, and their number, or else their name folded. Empty where neither
// is told.
std::string PartyWord(const v1::Party& party);
// Who receives the arms of a record: consignee, final recipient and end users.
std::set<std::string> RecipientWords(const v1::TransferRecord& record);
// By which an exchange is found again: whose request it was.
std::string RequestWord(std::string_view agency, std::string_view request_id);
// By which an alert is found at any State: who raised it, and its id there.
std::string AlertWord(std::string_view raising_state, std::string_view alert_id);

// A transfer's row: `kept` has no deliveries, end uses or alerts, which are documents of their own.
DocumentRow TransferRowOf(const v1::Transfer& kept);

// A new transfer that this agency records: its id and first revision.
v1::Transfer NewTransfer(const v1::Agency& agency, const v1::TransferRecord& record,
                         absl::Time now);

// A new document's row, revision 1.
DocumentRow NewRow(DocumentKind kind, const std::string& id, const std::string& state,
                   const std::string& about, const google::protobuf::Message& body);

// The row as its next revision.
DocumentRow NextRevision(DocumentRow row, const google::protobuf::Message& body);

// The message that a row holds. DOCUMENT_NOT_FOUND once it was erased; LOG_DAMAGED where it cannot be read.
template <typename Message>
absl::StatusOr<Message> ReadDocument(const DocumentRow& row) {
  if (row.body.empty()) {
    return Failure(v1::REASON_DOCUMENT_NOT_FOUND,
                   row.document_id + " was erased when its retention ended");
  }
  Message message;
  if (message.ParseFromString(row.body)) return message;
  return Failure(v1::REASON_LOG_DAMAGED,
                 "the stored document " + row.document_id + " cannot be read");
}

// The documents of a kind that a State keeps.
DocumentQuery DocumentsOf(DocumentKind kind, const std::string& state);

// Calls `take(row, message)` for each document of a query that was not erased, until it returns false or an error. Errors:
// those, the store's, LOG_DAMAGED.
template <typename Message, typename Take>
absl::Status ScanAs(RecordStore* store, const DocumentQuery& query, Take take) {
  absl::Status status;
  const absl::Status scanned = store->ScanDocuments(query, [&](const DocumentRow& row) {
    if (row.body.empty()) return true;
    auto message = ReadDocument<Message>(row);
    status = message.status();
    if (!status.ok()) return false;
    const absl::StatusOr<bool> goes_on = take(row, *std::move(message));
    status = goes_on.status();
    return goes_on.ok() && *goes_on;
  });
  return scanned.ok() ? status : scanned;
}

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_TRANSFERS_TRANSFER_ROWS_H_
