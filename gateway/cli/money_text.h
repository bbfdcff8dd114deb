#ifndef TRACEGATE_GATEWAY_CLI_MONEY_TEXT_H_
#define TRACEGATE_GATEWAY_CLI_MONEY_TEXT_H_

#include <string>

#include "tracegate/v1/transfer.pb.h"

namespace tracegate {

// Amounts for people and for spreadsheets: exact, digits and a point.

// "98926.15": at least two decimals where there are any, else none; without the currency.
std::string DecimalText(const v1::Money& money);
// "98926.15 EUR".
std::string MoneyText(const v1::Money& money);
// "12", "1200 cartridges", "about 500 g".
std::string QuantityText(const v1::Quantity& quantity);

// Adds the amount, whatever the currency.
void AddTo(const v1::Money& money, v1::Money* sum);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_CLI_MONEY_TEXT_H_
