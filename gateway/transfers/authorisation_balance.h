#ifndef TRACEGATE_GATEWAY_TRANSFERS_AUTHORISATION_BALANCE_H_
#define TRACEGATE_GATEWAY_TRANSFERS_AUTHORISATION_BALANCE_H_

#include <cstdint>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "gateway/transfers/row_totals.h"
#include "tracegate/v1/transfer.pb.h"

namespace tracegate {

// Holds what took place under each authorisation against what it permits, category by category.
//
// Authorisations are told apart by issuing State, number and kind of transfer. One that was never granted permits nothing.
// Of one that no record permits or refuses, nothing is said.
//
// Thread safety: none. Memory: of the authorisations, not of the records; and the ids of their transfers, 200 each.
class AuthorisationBalance {
 public:
  void Add(const std::string& transfer_id, const v1::TransferRecord& record);

  // OVER_AUTHORISED: more took place than was permitted, by quantity, or by value where a category's quantity is not told
  // on both sides; `ours` is what was permitted, `theirs` what took place. With the ids of the transfers, authorisations
  // first; without the others. In the order of issuing State and number.
  std::vector<v1::Discrepancy> Finish() const;

  // Authorisations under which something took place, and surely no more than they permit.
  int32_t agreeing() const;

 private:
  using Key = std::tuple<std::string, std::string, v1::TransferKind>;
  using Category = std::pair<v1::ArmsCategory, v1::ArmsSubcategory>;
  struct Sides {
    RowTotals permitted;
    RowTotals actual;
    bool any_permitted = false;
    bool any_actual = false;
  };
  struct Balance {
    bool known = false;  // some record is the authorisation itself
    bool used = false;
    std::map<Category, Sides> categories;
    std::vector<std::string> transfer_ids;
    std::vector<std::string> authorisation_ids;
  };

  static void AddLine(const v1::TransferRecord& record, const v1::TransferLine& line,
                      Balance* balance);
  static bool IsOver(const Sides& sides);
  static bool IsWithin(const Sides& sides);
  static v1::Discrepancy CaseOf(const std::string& number, const Category& category,
                                const Balance& balance, const Sides& sides);

  std::map<Key, Balance> balances_;
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_TRANSFERS_AUTHORISATION_BALANCE_H_
