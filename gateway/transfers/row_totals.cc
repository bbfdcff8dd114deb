#include "gateway/transfers/row_totals.h"

#include "gateway/transfers/figures.h"

namespace tracegate {

void RowTotals::Add(const v1::TransferRow& row) {
  if (rows_ == 0) first_ = row;
  ++rows_;
  if (rows_ > 1) first_.set_lines(first_.lines() + row.lines());
  // A sum beyond an int64 is no figure that a State published: what does not fit is left out.
  if (row.has_quantity()) AddQuantity(row.quantity(), &quantities_[row.quantity().unit()]);
  if (row.has_value()) AddMoney(row.value(), &values_[row.value().currency()]);
}

v1::TransferRow RowTotals::Shown() const {
  v1::TransferRow shown = first_;
  if (rows_ < 2) return shown;
  shown.clear_model();
  shown.clear_description();
  shown.clear_comments();
  shown.clear_intermediate_states();
  const auto quantity = quantities_.find(first_.quantity().unit());
  if (quantity != quantities_.end()) *shown.mutable_quantity() = quantity->second;
  const auto value = values_.find(first_.value().currency());
  if (value != values_.end()) *shown.mutable_value() = value->second;
  return shown;
}

std::optional<int64_t> RowTotals::MoreThan(const RowTotals& other) const {
  for (const auto& [unit, quantity] : quantities_) {
    const auto theirs = other.quantities_.find(unit);
    if (theirs != other.quantities_.end()) return quantity.amount() - theirs->second.amount();
  }
  return std::nullopt;
}

std::optional<bool> RowTotals::ValueDiffers(const RowTotals& other) const {
  std::optional<bool> differs;
  for (const auto& [currency, money] : values_) {
    const auto theirs = other.values_.find(currency);
    if (theirs == other.values_.end()) continue;
    differs = differs.value_or(false) || CompareMoney(money, theirs->second) != 0;
  }
  return differs;
}

bool RowTotals::IsWorthMoreThan(const RowTotals& other) const {
  for (const auto& [currency, money] : values_) {
    const auto theirs = other.values_.find(currency);
    if (theirs != other.values_.end() && CompareMoney(money, theirs->second) > 0) return true;
  }
  return false;
}

bool RowTotals::IsSameAs(const RowTotals& other) const {
  if (const auto more = MoreThan(other); more.has_value()) return *more == 0;
  return ValueDiffers(other) == std::optional<bool>(false);
}

}  // namespace tracegate
