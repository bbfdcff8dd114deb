#ifndef TRACEGATE_PROTOS_TRACEGATE_STATE_CODE_H_
#define TRACEGATE_PROTOS_TRACEGATE_STATE_CODE_H_

#include <string_view>

namespace tracegate {

// Whether a code has the shape of ISO 3166-1 alpha-2: two capital letters. Whether there is such a State is not asked.
inline bool IsStateCode(std::string_view code) {
  return code.size() == 2 && code[0] >= 'A' && code[0] <= 'Z' && code[1] >= 'A' && code[1] <= 'Z';
}

}  // namespace tracegate

#endif  // TRACEGATE_PROTOS_TRACEGATE_STATE_CODE_H_
