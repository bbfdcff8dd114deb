#ifndef TRACEGATE_GATEWAY_POLICY_ACCESS_TABLE_H_
#define TRACEGATE_GATEWAY_POLICY_ACCESS_TABLE_H_

#include <initializer_list>
#include <span>
#include <string_view>

#include "absl/status/status.h"
#include "gateway/identity/caller.h"

namespace tracegate {

// What the evidence log keeps of a call that succeeds. A refused call is always kept.
enum class RecordRule {
  kReply,        // the request and the reply as released
  kRequestOnly,  // the request: what was released can be read again from the log itself
  kOwn,          // the service writes its own, finer entries before it replies
  kNone,         // nothing is disclosed: health
};

// Who may call one RPC.
struct AccessRow {
  std::string_view method;  // "/package.Service/Method"
  RecordRule record;
  std::initializer_list<Role> roles;
};

// The whole table: one row per RPC of every service, deny by default.
std::span<const AccessRow> AccessTable();

// The row of an RPC, or null.
const AccessRow* FindAccessRow(std::string_view method);

// OK where the row names the caller's role; PERMISSION_DENIED (ROLE_NOT_ALLOWED) otherwise.
absl::Status CheckAccess(const AccessRow& row, const Caller& caller);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_POLICY_ACCESS_TABLE_H_
