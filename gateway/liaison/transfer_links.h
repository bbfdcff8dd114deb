#ifndef TRACEGATE_GATEWAY_LIAISON_TRANSFER_LINKS_H_
#define TRACEGATE_GATEWAY_LIAISON_TRANSFER_LINKS_H_

#include <set>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "gateway/identity/caller.h"
#include "gateway/liaison/links.h"
#include "gateway/transfers/stored_transfers.h"
#include "tracegate/v1/liaison.pb.h"

namespace tracegate {

// What hangs together through the transfers that the caller's State keeps on record: the transfers that list a weapon,
// traces of other weapons that travelled in the same consignment, and what else went to the same consignee. Of a transfer a
// link tells its id and day alone.
//
// Thread safety: all methods from any thread; they read the store. Errors: the store's beside those named.
class TransferLinks {
 public:
  // Transfers that one weapon is looked for in.
  static constexpr int kTransfersMax = 16;

  // `store` outlives it.
  explicit TransferLinks(RecordStore* store) : stored_(store) {}

  // From a weapon: the transfers that list it (SAME_ITEM), traces of weapons beside it (SAME_CONSIGNMENT), and other
  // transfers to whoever received it, by its transfer or by what is told of it (SAME_CONSIGNEE).
  absl::StatusOr<std::vector<v1::Link>> FromWeapon(const Caller& caller,
                                                   const LinkedThing& start) const;

  // From a transfer of the caller's State: traces of the weapons that it lists (SAME_ITEM), and the other transfers of its
  // consignment (SAME_CONSIGNMENT) and to its recipients (SAME_CONSIGNEE). DOCUMENT_NOT_FOUND.
  absl::StatusOr<std::vector<v1::Link>> FromTransfer(const Caller& caller,
                                                     const std::string& transfer_id) const;

 private:
  // That State's transfers found by a word, newest first.
  absl::StatusOr<std::vector<v1::Transfer>> FoundBy(const std::string& state,
                                                    const std::string& word) const;
  // Links of that kind to the State's traces of weapons in the transfer, but for the start itself.
  void AddTraces(const Caller& caller, v1::LinkKind kind, const LinkedThing& from,
                 const v1::Transfer& transfer, std::vector<v1::Link>* links) const;
  // Links to the State's transfers that name one of those recipients, each once, but for those in `known`.
  absl::Status AddTransfersTo(const Caller& caller, const LinkedThing& from,
                              const std::set<std::string>& recipients, std::set<std::string> known,
                              std::vector<v1::Link>* links) const;

  const StoredTransfers stored_;
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_LIAISON_TRANSFER_LINKS_H_
