#ifndef TRACEGATE_GATEWAY_POLICY_ACCESS_MATRIX_H_
#define TRACEGATE_GATEWAY_POLICY_ACCESS_MATRIX_H_

#include <string>
#include <string_view>

#include "gateway/policy/access_table.h"

namespace tracegate {

// "reply", "request-only", "own" or "none".
std::string_view RecordRuleName(RecordRule rule);

// The access table for people, as docs/reference/policy.md shows it: a Markdown table, a row an RPC, a column a role.
std::string AccessMatrix();

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_POLICY_ACCESS_MATRIX_H_
