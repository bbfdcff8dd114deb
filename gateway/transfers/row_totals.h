#ifndef TRACEGATE_GATEWAY_TRANSFERS_ROW_TOTALS_H_
#define TRACEGATE_GATEWAY_TRANSFERS_ROW_TOTALS_H_

#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "tracegate/v1/transfer.pb.h"

namespace tracegate {

// What one State's row and its mirror in a partner's figures have alike: an export from the one is an import to the other.
struct MirrorKey {
  v1::TransferKind kind = v1::TRANSFER_KIND_UNSPECIFIED;  // as the first State has it
  v1::ArmsCategory category = v1::ARMS_CATEGORY_UNSPECIFIED;
  v1::ArmsSubcategory subcategory = v1::ARMS_SUBCATEGORY_UNSPECIFIED;
  std::string national_category;
  std::string origin;  // empty: the exporter
  int32_t year = 0;

  auto operator<=>(const MirrorKey&) const = default;
};

// One State's rows of one key and basis, added up by unit and by currency.
class RowTotals {
 public:
  void Add(const v1::TransferRow& row);

  // The row, or one that adds them up: of several units or currencies, what is in the first row's.
  v1::TransferRow Shown() const;

  v1::TransferBasis basis() const { return first_.basis(); }
  bool HasQuantity() const { return !quantities_.empty(); }
  bool HasValue() const { return !values_.empty(); }

  // How many more there are here than there, in a unit that both have; unset where they have none.
  std::optional<int64_t> MoreThan(const RowTotals& other) const;
  // Whether the values differ in a currency that both have; unset where they have none.
  std::optional<bool> ValueDiffers(const RowTotals& other) const;

  // Whether the value is larger in a currency that both have.
  bool IsWorthMoreThan(const RowTotals& other) const;

  // The same amount, or where amounts cannot be compared the same value.
  bool IsSameAs(const RowTotals& other) const;

 private:
  v1::TransferRow first_;
  int rows_ = 0;
  std::map<v1::QuantityUnit, v1::Quantity> quantities_;
  std::map<std::string, v1::Money> values_;
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_TRANSFERS_ROW_TOTALS_H_
