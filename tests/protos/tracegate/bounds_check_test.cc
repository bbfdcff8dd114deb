#include "protos/tracegate/bounds_check.h"

#include <string>

#include "gtest/gtest.h"
#include "protos/tracegate/failure.h"
#include "tracegate/v1/trace.pb.h"

namespace tracegate {
namespace {

void ExpectRefused(const v1::CreateTraceRequest& request, v1::Reason reason,
                   const std::string& field) {
  const absl::Status status = CheckBounds(request);
  const v1::FailureDetail detail = DetailOf(status);
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << field;
  EXPECT_EQ(detail.reason(), reason) << status;
  ASSERT_EQ(detail.violations_size(), 1) << status;
  EXPECT_EQ(detail.violations(0).field(), field);
}

v1::Firearm* Weapon(v1::CreateTraceRequest* request) {
  return request->mutable_request()->mutable_item()->mutable_weapon();
}

TEST(CheckBounds, TakesAnEmptyMessageAndAFullOneWithinItsBounds) {
  v1::CreateTraceRequest request;
  EXPECT_TRUE(CheckBounds(request).ok());
  request.set_request_id(std::string(64, 'a'));
  Weapon(&request)->set_serial_number(std::string(128, '7'));
  for (int i = 0; i < 64; ++i) Weapon(&request)->add_marks()->set_text(std::string(256, 'x'));
  EXPECT_TRUE(CheckBounds(request).ok()) << CheckBounds(request);
}

TEST(CheckBounds, RefusesAStringOneByteOverItsBound) {
  v1::CreateTraceRequest request;
  request.set_request_id(std::string(65, 'a'));
  ExpectRefused(request, v1::REASON_FIELD_TOO_LONG, "request_id");
  request.Clear();
  Weapon(&request)->add_marks();
  Weapon(&request)->add_marks()->set_text(std::string(257, 'x'));
  ExpectRefused(request, v1::REASON_FIELD_TOO_LONG, "request.item.weapon.marks[1].text");
}

TEST(CheckBounds, CountsBytesNotCharacters) {
  v1::CreateTraceRequest request;
  std::string serial;
  for (int i = 0; i < 64; ++i) serial += "\u00e9";
  Weapon(&request)->set_serial_number(serial);
  EXPECT_TRUE(CheckBounds(request).ok());
  Weapon(&request)->set_serial_number(serial + "\u00e9");
  ExpectRefused(request, v1::REASON_FIELD_TOO_LONG, "request.item.weapon.serial_number");
}

TEST(CheckBounds, HoldsStringsAndListsWithoutABoundToTheDefault) {
  v1::ListTracesRequest list;
  list.set_page_token(std::string(4096, 'x'));
  for (int i = 0; i < 1000; ++i) list.add_states(v1::TRACE_STATE_ANSWERED);
  EXPECT_TRUE(CheckBounds(list).ok());
  list.set_page_token(std::string(4097, 'x'));
  EXPECT_EQ(DetailOf(CheckBounds(list)).violations(0).field(), "page_token");
  list.clear_page_token();
  list.add_states(v1::TRACE_STATE_ANSWERED);
  EXPECT_EQ(DetailOf(CheckBounds(list)).reason(), v1::REASON_FIELD_TOO_LONG);
  EXPECT_EQ(DetailOf(CheckBounds(list)).violations(0).field(), "states");
}

TEST(CheckBounds, RefusesAListOneItemOverItsBound) {
  v1::CreateTraceRequest request;
  for (int i = 0; i < 65; ++i) Weapon(&request)->add_marks();
  ExpectRefused(request, v1::REASON_FIELD_TOO_LONG, "request.item.weapon.marks");
}

TEST(CheckBounds, RefusesEnumValuesItDoesNotKnowHoweverDeep) {
  v1::CreateTraceRequest request;
  Weapon(&request)->add_marks()->set_kind(static_cast<v1::MarkKind>(999));
  ExpectRefused(request, v1::REASON_ENUM_UNKNOWN, "request.item.weapon.marks[0].kind");
  request.Clear();
  request.mutable_request()->add_grounds(v1::ILLICIT_GROUND_NATIONAL_LAW);
  request.mutable_request()->add_grounds(static_cast<v1::IllicitGround>(-3));
  ExpectRefused(request, v1::REASON_ENUM_UNKNOWN, "request.grounds[1]");
}

TEST(CheckBounds, RefusesControlCharactersButNotLineBreaksAndTabs) {
  v1::CreateTraceRequest request;
  auto* text = request.mutable_request()->mutable_legal_justification();
  *text = "first\r\n\tsecond \u00e9 \u0416 ~";
  EXPECT_TRUE(CheckBounds(request).ok());
  for (int c = 0; c < 0x20; ++c) {
    if (c == '\n' || c == '\r' || c == '\t') continue;
    *text = std::string("a") + static_cast<char>(c);
    ExpectRefused(request, v1::REASON_FIELD_INVALID, "request.legal_justification");
  }
  *text = "\x7f";
  ExpectRefused(request, v1::REASON_FIELD_INVALID, "request.legal_justification");
}

TEST(CheckBounds, LeavesBytesFieldsAlone) {
  v1::Trace trace;
  trace.mutable_receipt()->set_salt(std::string(5000, '\0'));
  EXPECT_TRUE(CheckBounds(trace).ok());
}

TEST(CheckBounds, StartsPathsAtTheRootItIsGiven) {
  v1::CreateTraceRequest request;
  request.set_request_id(std::string(65, 'a'));
  EXPECT_EQ(DetailOf(CheckBounds(request, "trace")).violations(0).field(), "trace.request_id");
}

TEST(ParseChecked, ParsesAndChecks) {
  v1::CreateTraceRequest request;
  request.set_request_id("request-1");
  v1::CreateTraceRequest read;
  ASSERT_TRUE(ParseChecked(request.SerializeAsString(), &read).ok());
  EXPECT_EQ(read.request_id(), "request-1");
  EXPECT_TRUE(ParseChecked("", &read).ok());
  request.set_request_id(std::string(65, 'a'));
  EXPECT_EQ(DetailOf(ParseChecked(request.SerializeAsString(), &read)).reason(),
            v1::REASON_FIELD_TOO_LONG);
}

}  // namespace
}  // namespace tracegate
