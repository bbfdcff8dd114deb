#ifndef TRACEGATE_GATEWAY_TRANSFERS_FIGURES_H_
#define TRACEGATE_GATEWAY_TRANSFERS_FIGURES_H_

#include <string>

#include "tracegate/v1/transfer.pb.h"

namespace tracegate {

// Adding up what rows and lines say. Nothing of another unit or currency is ever added: that is the caller's to see to.

// Adds a quantity or an amount of money of the same unit or currency. False, and nothing is added, where the sum is no
// int64.
bool AddQuantity(const v1::Quantity& quantity, v1::Quantity* sum);
bool AddMoney(const v1::Money& money, v1::Money* sum);

// Adds the line's quantity and value to those of them that the row has. False, and nothing is added, as above.
bool AddFigures(const v1::TransferLine& line, v1::TransferRow* row);

// Less than, equal to or greater than 0 as `one` is less than, equal to or greater than `other`.
int CompareMoney(const v1::Money& one, const v1::Money& other);

// "12 items", "1234.50 EUR".
std::string FigureText(const v1::Quantity& quantity);
std::string FigureText(const v1::Money& money);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_TRANSFERS_FIGURES_H_
