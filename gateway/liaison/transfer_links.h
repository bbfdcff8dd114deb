#ifndef TRACEGATE_GATEWAY_LIAISON_TRANSFER_LINKS_H_
#define TRACEGATE_GATEWAY_LIAISON_TRANSFER_LINKS_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "gateway/identity/caller.h"
#include "gateway/liaison/links.h"
#include "gateway/transfers/stored_transfers.h"
#include "tracegate/v1/liaison.pb.h"

namespace tracegate {

// What hangs together through the transfers that the caller's State keeps on record: the transfers that list a weapon, and
// traces of other weapons that travelled in the same consignment. Of a transfer a link tells its id and day alone.
//
// Thread safety: all methods from any thread; they read the store. Errors: the store's beside those named.
class TransferLinks {
 public:
  // Transfers that one weapon is looked for in.
  static constexpr int kTransfersMax = 16;

  // `store` outlives it.
  explicit TransferLinks(RecordStore* store) : stored_(store) {}

  // From a weapon: the transfers that list it (SAME_ITEM), and traces of weapons beside it (SAME_CONSIGNMENT).
  absl::StatusOr<std::vector<v1::Link>> FromWeapon(const Caller& caller,
                                                   const LinkedThing& start) const;

  // From a transfer of the caller's State: traces of the weapons that it lists (SAME_ITEM), and the other transfers of its
  // consignment (SAME_CONSIGNMENT). DOCUMENT_NOT_FOUND.
  absl::StatusOr<std::vector<v1::Link>> FromTransfer(const Caller& caller,
                                                     const std::string& transfer_id) const;

 private:
  // That State's transfers found by a word, newest first.
  absl::StatusOr<std::vector<v1::Transfer>> FoundBy(const std::string& state,
                                                    const std::string& word) const;
  // Links of that kind to the State's traces of weapons in the transfer, but for the start itself.
  void AddTraces(const Caller& caller, v1::LinkKind kind, const LinkedThing& from,
                 const v1::Transfer& transfer, std::vector<v1::Link>* links) const;

  const StoredTransfers stored_;
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_LIAISON_TRANSFER_LINKS_H_
