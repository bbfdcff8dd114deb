#ifndef TRACEGATE_GATEWAY_TRANSFERS_STORED_TRANSFERS_H_
#define TRACEGATE_GATEWAY_TRANSFERS_STORED_TRANSFERS_H_

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "gateway/identity/caller.h"
#include "gateway/storage/record_store.h"
#include "gateway/transfers/transfer_rows.h"
#include "tracegate/v1/transfer.pb.h"

namespace tracegate {

// Transfers as the store has them. A State's own agencies see all of its records; nobody else does.
//
// Thread safety: as RecordStore's reads. Errors: the store's beside those named.
class StoredTransfers {
 public:
  // `store` outlives it.
  explicit StoredTransfers(RecordStore* store) : store_(store) {}

  // The caller's State's own document of that kind. FIELD_REQUIRED without an id; DOCUMENT_NOT_FOUND also where it is not
  // the caller's to see. `field` is the id's path in the request.
  absl::StatusOr<DocumentRow> FindOwn(const Caller& caller, DocumentKind kind,
                                      const std::string& id, const std::string& field) const;

  // The transfer with what happened around it.
  absl::StatusOr<v1::Transfer> Assemble(const DocumentRow& row) const;
  absl::StatusOr<v1::Transfer> Assemble(v1::Transfer kept) const;

  absl::StatusOr<v1::Transfer> Get(const Caller& caller,
                                   const v1::GetTransferRequest& request) const;
  // Without the bytes of documents. A page may be shorter than asked for though another follows.
  absl::StatusOr<v1::ListTransfersResponse> List(const Caller& caller,
                                                 const v1::ListTransfersRequest& request,
                                                 absl::Time now) const;

  // That State's transfers which name an authorisation, newest first; voided ones left out.
  absl::StatusOr<std::vector<v1::Transfer>> UnderAuthorisation(
      const std::string& state, const v1::AuthorisationReference& reference) const;

  // The leave that other States gave in their answers to that State's questions about an authorisation: import licences, and
  // that they do not object to transit.
  absl::StatusOr<std::vector<v1::Clearance>> AnsweredClearances(
      const std::string& state, const v1::Authorisation& authorisation) const;

  // Documents of a kind about another, oldest first.
  template <typename Message>
  absl::StatusOr<std::vector<Message>> About(DocumentKind kind, const std::string& id) const;

  RecordStore* store() const { return store_; }

 private:
  RecordStore* const store_;
};

template <typename Message>
absl::StatusOr<std::vector<Message>> StoredTransfers::About(DocumentKind kind,
                                                            const std::string& id) const {
  std::vector<Message> messages;
  DocumentQuery query = DocumentsOf(kind, "");
  query.about = id;
  const absl::Status scanned =
      ScanAs<Message>(store_, query, [&](const DocumentRow&, Message message) {
        messages.push_back(std::move(message));
        return true;
      });
  if (!scanned.ok()) return scanned;
  return messages;
}

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_TRANSFERS_STORED_TRANSFERS_H_
