#ifndef TRACEGATE_GATEWAY_CLI_ARMS_LABEL_H_
#define TRACEGATE_GATEWAY_CLI_ARMS_LABEL_H_

#include <string>

#include "tracegate/v1/transfer.pb.h"

namespace tracegate {

// Categories of arms as the templates of ATT and UNROCA number and name them.

// "VIII", "IV a", "VIII, small arms 2"; empty for what stands outside Article 2(1).
std::string ArmsNumeral(v1::ArmsCategory category, v1::ArmsSubcategory subcategory);

// "Battle tanks"; of a sub-category its own name: "Rifles and carbines".
std::string ArmsName(v1::ArmsCategory category, v1::ArmsSubcategory subcategory);

// Both: "VIII, small arms 2: Rifles and carbines".
std::string ArmsLabel(v1::ArmsCategory category, v1::ArmsSubcategory subcategory);

// "Sweden (SE)"; a code that no State has stays as it is.
std::string StateLabel(const std::string& code);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_CLI_ARMS_LABEL_H_
