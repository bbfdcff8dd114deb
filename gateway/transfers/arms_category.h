#ifndef TRACEGATE_GATEWAY_TRANSFERS_ARMS_CATEGORY_H_
#define TRACEGATE_GATEWAY_TRANSFERS_ARMS_CATEGORY_H_

#include <string>

#include "tracegate/v1/transfer.pb.h"

namespace tracegate {

// The category that a subcategory is part of; UNSPECIFIED for none.
v1::ArmsCategory CategoryOf(v1::ArmsSubcategory subcategory);

// Whether a line of that category names its subcategory: IV, V, VII and VIII.
bool HasSubcategories(v1::ArmsCategory category);

// Whether it is one of the categories I to VIII of ATT 2(1).
bool IsConventionalArms(v1::ArmsCategory category);

// In words, in a sentence: "rifles and carbines", "warships".
std::string ArmsWords(v1::ArmsCategory category, v1::ArmsSubcategory subcategory);

// "items", "cartridges", "grams".
std::string UnitWords(v1::QuantityUnit unit);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_TRANSFERS_ARMS_CATEGORY_H_
