#ifndef TRACEGATE_ADAPTERS_MARKING_ADDED_ROWS_H_
#define TRACEGATE_ADAPTERS_MARKING_ADDED_ROWS_H_

#include <string>
#include <string_view>

#include "absl/container/flat_hash_map.h"

namespace tracegate {

// Whole tables by name ("makers"): the carried rows and behind them those of a user's own.
using TableTexts = absl::flat_hash_map<std::string, std::string>;

// The table of that name as it was set, else as it is carried.
std::string_view WithAddedRows(std::string_view name, std::string_view carried);

// Sets the tables that WithAddedRows returns from now on. No other thread may read one meanwhile;
// what was returned before stays valid.
void SetTables(TableTexts tables);

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_MARKING_ADDED_ROWS_H_
