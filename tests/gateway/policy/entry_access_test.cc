#include "gateway/policy/entry_access.h"

#include <gtest/gtest.h>

#include <set>

namespace tracegate {
namespace {

constexpr Role kRoles[] = {Role::kRegistry, Role::kLiaison, Role::kCompliance,
                           Role::kDesk,     Role::kPeer,    Role::kAdmin};

// A new kind is nobody's to read until somebody says otherwise, here too.
TEST(EntryAccess, OnlyComplianceReadsWhatTheGatewaySaysOfItself) {
  const std::set<int> about_the_gateway = {
      v1::ENTRY_KIND_GATEWAY_STARTED,         v1::ENTRY_KIND_GATEWAY_STOPPED,
      v1::ENTRY_KIND_POLICY_CHANGED,          v1::ENTRY_KIND_HANDSHAKE_REFUSED,
      v1::ENTRY_KIND_HARVEST_SUSPECTED,       v1::ENTRY_KIND_CONTENT_ERASED,
      v1::ENTRY_KIND_LOG_KEYS_CHANGED,        v1::ENTRY_KIND_CHECKPOINT_COSIGNED,
      v1::ENTRY_KIND_COSIGNATURE_RECEIVED,    v1::ENTRY_KIND_LOG_CONFLICT_FOUND,
      v1::ENTRY_KIND_CHECKPOINT_TIME_STAMPED, v1::ENTRY_KIND_LEGAL_HOLD_CHANGED};
  for (int kind = 0; kind < v1::EntryKind_ARRAYSIZE; ++kind) {
    for (const Role role : kRoles) {
      const bool expected = role == Role::kCompliance && about_the_gateway.contains(kind);
      EXPECT_EQ(MayReadContent(role, static_cast<v1::EntryKind>(kind)), expected)
          << kind << " " << RoleName(role);
    }
  }
}

TEST(EntryAccess, NobodyReadsWhatWasAskedAndAnswered) {
  for (const Role role : kRoles) {
    for (const auto kind : {v1::ENTRY_KIND_REQUEST_RECEIVED, v1::ENTRY_KIND_HOP_ASKED,
                            v1::ENTRY_KIND_HOP_ANSWERED, v1::ENTRY_KIND_ANSWER_DISCLOSED,
                            v1::ENTRY_KIND_TRACE_ENDED, v1::ENTRY_KIND_CALL_REFUSED}) {
      EXPECT_FALSE(MayReadContent(role, kind));
    }
  }
}

}  // namespace
}  // namespace tracegate
