#include "gateway/transfers/figures.h"

#include "absl/strings/str_format.h"
#include "gateway/transfers/arms_category.h"

namespace tracegate {
namespace {

constexpr int32_t kNanosPerUnit = 1'000'000'000;

}  // namespace

bool AddQuantity(const v1::Quantity& quantity, v1::Quantity* sum) {
  int64_t amount = 0;
  if (__builtin_add_overflow(quantity.amount(), sum->amount(), &amount)) return false;
  sum->set_amount(amount);
  sum->set_unit(quantity.unit());
  sum->set_estimated(sum->estimated() || quantity.estimated());
  return true;
}

bool AddMoney(const v1::Money& money, v1::Money* sum) {
  // Both are below a whole unit.
  const int32_t nanos = money.nanos() + sum->nanos();
  int64_t units = 0;
  if (__builtin_add_overflow(money.units(), sum->units(), &units)) return false;
  if (__builtin_add_overflow(units, static_cast<int64_t>(nanos / kNanosPerUnit), &units)) {
    return false;
  }
  sum->set_units(units);
  sum->set_nanos(nanos % kNanosPerUnit);
  sum->set_currency(money.currency());
  return true;
}

bool AddFigures(const v1::TransferLine& line, v1::TransferRow* row) {
  if (row->has_quantity()) {
    v1::Quantity before = row->quantity();
    if (!AddQuantity(line.quantity(), row->mutable_quantity())) return false;
    if (!row->has_value() || AddMoney(line.value(), row->mutable_value())) return true;
    *row->mutable_quantity() = before;
    return false;
  }
  return !row->has_value() || AddMoney(line.value(), row->mutable_value());
}

int CompareMoney(const v1::Money& one, const v1::Money& other) {
  if (one.units() != other.units()) return one.units() < other.units() ? -1 : 1;
  return one.nanos() == other.nanos() ? 0 : one.nanos() < other.nanos() ? -1 : 1;
}

std::string FigureText(const v1::Quantity& quantity) {
  return std::to_string(quantity.amount()) + " " + UnitWords(quantity.unit());
}

std::string FigureText(const v1::Money& money) {
  std::string decimals = absl::StrFormat("%09d", money.nanos());
  while (decimals.size() > 2 && decimals.back() == '0') decimals.pop_back();
  return std::to_string(money.units()) + "." + decimals + " " + money.currency();
}

}  // namespace tracegate
