#include "gateway/policy/access_table.h"

#include <google/protobuf/descriptor.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>

#include "gmock/gmock.h"
#include "grpc/health/v1/health.pb.h"
#include "gtest/gtest.h"
#include "protos/tracegate/failure.h"
#include "tracegate/v1/directory.pb.h"
#include "tracegate/v1/evidence.pb.h"
#include "tracegate/v1/liaison.pb.h"
#include "tracegate/v1/trace.pb.h"
#include "tracegate/v1/transfer.pb.h"

namespace tracegate {
namespace {

// Every RPC of the wire contract, as it is called.
std::set<std::string> MethodsOfTheContract() {
  std::set<std::string> methods;
  for (const auto* file :
       {v1::Trace::descriptor()->file(), v1::Transfer::descriptor()->file(),
        v1::Entry::descriptor()->file(), v1::CrossCheckRequest::descriptor()->file(),
        v1::GetStateRequest::descriptor()->file(),
        grpc::health::v1::HealthCheckRequest::descriptor()->file()}) {
    for (int i = 0; i < file->service_count(); ++i) {
      const auto* service = file->service(i);
      for (int j = 0; j < service->method_count(); ++j) {
        methods.insert("/" + service->full_name() + "/" + service->method(j)->name());
      }
    }
  }
  return methods;
}

std::string RuleName(RecordRule rule) {
  switch (rule) {
    case RecordRule::kReply: return "reply";
    case RecordRule::kRequestOnly: return "request-only";
    case RecordRule::kOwn: return "own";
    case RecordRule::kNone: return "none";
  }
  return "unknown";
}

std::string Printed() {
  std::string text;
  for (const AccessRow& row : AccessTable()) {
    std::string roles;
    for (const Role role : row.roles) {
      if (!roles.empty()) roles += ",";
      roles += RoleName(role);
    }
    text += std::string(row.method) + "  " + RuleName(row.record) + "  " + roles + "\n";
  }
  return text;
}

TEST(AccessTable, HasExactlyOneRowForEveryRpcOfTheContract) {
  const std::set<std::string> methods = MethodsOfTheContract();
  ASSERT_GT(methods.size(), 40u);
  std::map<std::string, int> rows;
  for (const AccessRow& row : AccessTable()) ++rows[std::string(row.method)];
  for (const std::string& method : methods) EXPECT_EQ(rows[method], 1) << method;
}

TEST(AccessTable, LeavesRoomForAReceiptInEveryReplyOfARecordedStream) {
  int streams = 0;
  for (const AccessRow& row : AccessTable()) {
    if (row.record != RecordRule::kReply) continue;
    std::string name(row.method.substr(1));
    std::ranges::replace(name, '/', '.');
    const auto* method = google::protobuf::DescriptorPool::generated_pool()->FindMethodByName(name);
    ASSERT_NE(method, nullptr) << name;
    if (!method->server_streaming()) continue;
    ++streams;
    const auto* field = method->output_type()->FindFieldByNumber(15);
    ASSERT_NE(field, nullptr) << name;
    EXPECT_EQ(field->message_type(), v1::Receipt::descriptor()) << name;
  }
  EXPECT_GE(streams, 1);
}

TEST(AccessTable, HasNoRowForAnRpcThatTheContractDoesNotHave) {
  const std::set<std::string> methods = MethodsOfTheContract();
  for (const AccessRow& row : AccessTable()) {
    EXPECT_TRUE(methods.contains(std::string(row.method))) << row.method;
  }
  EXPECT_EQ(FindAccessRow("/tracegate.v1.TraceService/DeleteTrace"), nullptr);
  EXPECT_EQ(FindAccessRow("tracegate.v1.TraceService/GetTrace"), nullptr);
  EXPECT_EQ(FindAccessRow("/tracegate.v1.TraceService/gettrace"), nullptr);
  EXPECT_EQ(FindAccessRow("/tracegate.v1.TraceService/GetTrace/"), nullptr);
  EXPECT_EQ(FindAccessRow(""), nullptr);
}

TEST(AccessTable, EqualsTheReviewedSnapshot) {
  std::ifstream file(TRACEGATE_SOURCE_DIR "/tests/vectors/policy.txt");
  std::stringstream reviewed;
  reviewed << file.rdbuf();
  ASSERT_TRUE(file) << "tests/vectors/policy.txt cannot be read";
  EXPECT_EQ(Printed(), reviewed.str()) << "The table grants something else than was reviewed. If "
                                          "that is meant, change the snapshot too.";
}

TEST(AccessTable, LetsThroughTheRolesOfTheRowAndRefusesAllOthers) {
  for (const AccessRow& row : AccessTable()) {
    for (const Role role : {Role::kRegistry, Role::kLiaison, Role::kCompliance, Role::kDesk,
                            Role::kPeer, Role::kAdmin}) {
      Caller caller;
      caller.role = role;
      const absl::Status status = CheckAccess(row, caller);
      const bool named = std::find(row.roles.begin(), row.roles.end(), role) != row.roles.end();
      EXPECT_EQ(status.ok(), named) << row.method << " " << RoleName(role);
      if (status.ok()) continue;
      EXPECT_EQ(status.code(), absl::StatusCode::kPermissionDenied);
      EXPECT_EQ(DetailOf(status).reason(), v1::REASON_ROLE_NOT_ALLOWED);
      EXPECT_THAT(std::string(status.message()), testing::HasSubstr(std::string(row.method)));
    }
  }
}

TEST(AccessTable, FindsEachRowByItsMethod) {
  for (const AccessRow& row : AccessTable()) EXPECT_EQ(FindAccessRow(row.method), &row);
}

}  // namespace
}  // namespace tracegate
