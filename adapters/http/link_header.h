#ifndef TRACEGATE_ADAPTERS_HTTP_LINK_HEADER_H_
#define TRACEGATE_ADAPTERS_HTTP_LINK_HEADER_H_

#include <optional>
#include <string>
#include <string_view>

namespace tracegate {

// The address of the first link with the relation `next` in the value of a Link header (RFC 8288); none where there is
// none, or the value is not written as it should be.
std::optional<std::string> NextLink(std::string_view header);

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_HTTP_LINK_HEADER_H_
