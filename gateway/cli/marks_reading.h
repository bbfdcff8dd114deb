#ifndef TRACEGATE_GATEWAY_CLI_MARKS_READING_H_
#define TRACEGATE_GATEWAY_CLI_MARKS_READING_H_

#include <string>
#include <string_view>

#include "adapters/marking/reading.h"
#include "nlohmann/json.hpp"

namespace tracegate {

// What was understood of a weapon, as docs/reference/cli.md has it: `make`, `model`, `calibre`,
// `country`, `type`, `serial`, `findings` and `ask`, in this order. What is not known is null.
nlohmann::ordered_json ReadingJson(const ItemReading& read, std::string_view language);

// What a serial cell came to: `canonical`, `status`, `alternatives`, `numbers`.
nlohmann::ordered_json SerialJson(const SerialReading& serial);

// "read": all characters of a number; "partial": some; "removed"; "absent": there is none, or
// nothing was told.
const char* StatusWord(const SerialReading& serial);

// An enum value as JSON has it, its name without the prefix in lower case: "self_loading_pistol";
// null for the value 0.
nlohmann::ordered_json WordOf(std::string_view enum_name, std::string_view prefix, int value);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_CLI_MARKS_READING_H_
