#include "gateway/cli/money_text.h"

#include <algorithm>

#include "absl/strings/str_format.h"

namespace tracegate {
namespace {

constexpr int32_t kBillion = 1'000'000'000;

}  // namespace

std::string DecimalText(const v1::Money& money) {
  std::string text = std::to_string(money.units());
  if (money.nanos() == 0) return text;
  std::string decimals = absl::StrFormat("%09d", money.nanos());
  decimals.erase(std::max<size_t>(decimals.find_last_not_of('0') + 1, 2));
  return text + "." + decimals;
}

std::string MoneyText(const v1::Money& money) {
  return DecimalText(money) + (money.currency().empty() ? "" : " " + money.currency());
}

std::string QuantityText(const v1::Quantity& quantity) {
  std::string text = (quantity.estimated() ? "about " : "") + std::to_string(quantity.amount());
  if (quantity.unit() == v1::QUANTITY_UNIT_CARTRIDGES) text += " cartridges";
  if (quantity.unit() == v1::QUANTITY_UNIT_GRAMS) text += " g";
  return text;
}

void AddTo(const v1::Money& money, v1::Money* sum) {
  const int64_t nanos = int64_t{sum->nanos()} + money.nanos();
  sum->set_units(sum->units() + money.units() + nanos / kBillion);
  sum->set_nanos(static_cast<int32_t>(nanos % kBillion));
}

}  // namespace tracegate
