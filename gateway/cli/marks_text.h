#ifndef TRACEGATE_GATEWAY_CLI_MARKS_TEXT_H_
#define TRACEGATE_GATEWAY_CLI_MARKS_TEXT_H_

#include <string>
#include <string_view>

#include "nlohmann/json.hpp"

namespace tracegate {

// What a text comes to if it is taken whole for each kind of mark (`as`), which words are recognised
// in it (`words`), and what the weapon comes to that they describe (`weapon`, as ReadingJson).
nlohmann::ordered_json ExplainMarks(const std::string& text, std::string_view language);

// The same for people.
std::string ShowMarks(const nlohmann::ordered_json& explained);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_CLI_MARKS_TEXT_H_
