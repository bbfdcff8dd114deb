#include "gateway/identity/caller.h"

#include <array>
#include <utility>

namespace tracegate {
namespace {

constexpr std::array<std::pair<Role, std::string_view>, 6> kRoles = {{
    {Role::kRegistry, "registry"},
    {Role::kLiaison, "liaison"},
    {Role::kCompliance, "compliance"},
    {Role::kDesk, "desk"},
    {Role::kPeer, "peer"},
    {Role::kAdmin, "admin"},
}};

}  // namespace

std::string_view RoleName(Role role) {
  for (const auto& [known, name] : kRoles) {
    if (known == role) return name;
  }
  return "unknown";
}

std::optional<Role> ParseRole(std::string_view name) {
  for (const auto& [role, known] : kRoles) {
    if (known == name) return role;
  }
  return std::nullopt;
}

}  // namespace tracegate
