#ifndef TRACEGATE_GATEWAY_IDENTITY_PRINTABLE_H_
#define TRACEGATE_GATEWAY_IDENTITY_PRINTABLE_H_

#include <cstddef>
#include <string>
#include <string_view>

namespace tracegate {

// Text of a stranger made safe for a message, a log line or a terminal: bytes outside printable
// ASCII become `?`, and past `bytes_max` the rest is cut and replaced by `...`. The result is at
// most `bytes_max` + 3 bytes. Not reversible, and not an identity: compare originals, never these.
std::string Printable(std::string_view text, size_t bytes_max);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_IDENTITY_PRINTABLE_H_
