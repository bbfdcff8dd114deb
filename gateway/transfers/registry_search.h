#ifndef TRACEGATE_GATEWAY_TRANSFERS_REGISTRY_SEARCH_H_
#define TRACEGATE_GATEWAY_TRANSFERS_REGISTRY_SEARCH_H_

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "gateway/transfers/answer_once.h"
#include "gateway/transfers/transfer_house.h"
#include "tracegate/v1/transfer.pb.h"

namespace tracegate {

// One weapon of a record that its State's registry had destroyed.
struct DestroyedItem {
  std::string field;     // "record.lines[0].items[1]"
  std::string text;      // "was destroyed on 2019-03-04, by record 17 of the registry"
  std::string verbatim;  // what the registry said: a serialised adapter::v1::FindResponse
};

// Of the first that one record lists.
inline constexpr size_t kItemsAskedMax = 200;

// Asks the registry that answers for the caller's State in this house for the weapons of a record, one after another. `done` runs
// once, from any thread: with those that were destroyed by a record that agrees exactly, as far as the registry said in two
// seconds, or in what the caller's deadline leaves. Whatever else it says, and a desk of people or another gateway, tells
// nothing: no weapon is known not to be destroyed.
//
// Lifetime: what the house points to outlives the adapters.
void FindDestroyed(const TransferHouse& house, const Request& request,
                   const v1::TransferRecord& record,
                   std::function<void(std::vector<DestroyedItem>)> done);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_TRANSFERS_REGISTRY_SEARCH_H_
