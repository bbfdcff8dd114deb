#include "gateway/policy/access_matrix.h"

#include <algorithm>

namespace tracegate {
namespace {

constexpr Role kRoles[] = {Role::kRegistry, Role::kLiaison, Role::kCompliance,
                           Role::kDesk,     Role::kPeer,    Role::kAdmin};

// "TraceService.CreateTrace" of "/tracegate.v1.TraceService/CreateTrace".
std::string ShortName(std::string_view method) {
  method.remove_prefix(method.substr(0, method.find('/', 1)).rfind('.') + 1);
  std::string name(method);
  std::replace(name.begin(), name.end(), '/', '.');
  return name;
}

}  // namespace

std::string_view RecordRuleName(RecordRule rule) {
  switch (rule) {
    case RecordRule::kReply: return "reply";
    case RecordRule::kRequestOnly: return "request-only";
    case RecordRule::kOwn: return "own";
    case RecordRule::kNone: return "none";
  }
  return "";
}

std::string AccessMatrix() {
  std::string text = "| RPC |";
  for (const Role role : kRoles) text += " " + std::string(RoleName(role)) + " |";
  text += " recorded |\n|---|---|---|---|---|---|---|---|\n";
  for (const AccessRow& row : AccessTable()) {
    text += "| " + ShortName(row.method) + " |";
    for (const Role role : kRoles) {
      const bool named = std::find(row.roles.begin(), row.roles.end(), role) != row.roles.end();
      text += named ? " yes |" : "  |";
    }
    text += " " + std::string(RecordRuleName(row.record)) + " |\n";
  }
  return text;
}

}  // namespace tracegate
