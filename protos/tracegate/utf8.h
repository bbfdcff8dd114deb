#ifndef TRACEGATE_PROTOS_TRACEGATE_UTF8_H_
#define TRACEGATE_PROTOS_TRACEGATE_UTF8_H_

#include <cstddef>
#include <string_view>

namespace tracegate {

// How many bytes from the start are well-formed UTF-8 (Unicode 3.9, table 3-7: no overlong forms, no surrogates).
// text.size() where all are.
size_t ValidUtf8Prefix(std::string_view text);

}  // namespace tracegate

#endif  // TRACEGATE_PROTOS_TRACEGATE_UTF8_H_
