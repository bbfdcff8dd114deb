#include "protos/tracegate/malformed.h"

#include <google/protobuf/stubs/logging.h>

#include <random>
#include <string>

#include "gtest/gtest.h"
#include "protos/tracegate/bounds_check.h"
#include "protos/tracegate/failure.h"
#include "tracegate/v1/trace.pb.h"

namespace tracegate {
namespace {

// A field of length-delimited wire type: number below 16, length below 128.
std::string Field(int number, const std::string& value) {
  return std::string{static_cast<char>(number << 3 | 2), static_cast<char>(value.size())} + value;
}

// The path that the refusal of a CreateTraceRequest names; empty where it names none.
std::string NamedField(const std::string& bytes) {
  v1::CreateTraceRequest request;
  const absl::Status status = ParseChecked(bytes, &request);
  EXPECT_FALSE(status.ok());
  const v1::FailureDetail detail = DetailOf(status);
  EXPECT_EQ(detail.reason(), v1::REASON_MALFORMED_MESSAGE);
  return detail.violations_size() == 1 ? detail.violations(0).field() : "";
}

TEST(ExplainMalformed, NamesTheStringThatIsNotUtf8) {
  EXPECT_EQ(NamedField(Field(1, "\xff")), "request_id");
  EXPECT_EQ(NamedField(Field(2, Field(6, "a\xc0\xaf"))), "request.legal_justification");
}

TEST(ExplainMalformed, NamesTheItemOfAList) {
  const std::string good_mark = Field(1, Field(3, "fine"));
  const std::string bad_mark = Field(1, Field(3, "\xed\xa0\x80"));
  const std::string weapon = good_mark + good_mark + bad_mark;
  EXPECT_EQ(NamedField(Field(2, Field(1, Field(1, weapon)))), "request.item.weapon.marks[2].text");
}

TEST(ExplainMalformed, SaysAtWhichByteTheTextBreaks) {
  const absl::Status status =
      ExplainMalformed(Field(1, "abc\xff"), *v1::CreateTraceRequest::descriptor());
  EXPECT_EQ(status.message(), "request_id: is not UTF-8 from byte 3 on");
}

TEST(ExplainMalformed, NamesTheFieldAtWhichTheBytesBreakOff) {
  EXPECT_EQ(NamedField(std::string("\x0a\x05"
                                   "ab",
                                   4)),
            "request_id");
  EXPECT_EQ(NamedField(Field(2, std::string("\x32\x7f", 2))), "request.legal_justification");
  EXPECT_EQ(NamedField(Field(2, std::string("\x40", 1))), "request.intended_use");
}

TEST(ExplainMalformed, NamesNoFieldWhereNoneCanBeTold) {
  EXPECT_EQ(NamedField(std::string("\x00", 1)), "");
  EXPECT_EQ(NamedField("\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff"), "");
}

TEST(ExplainMalformed, IsNeverOkEvenForBytesThatParse) {
  EXPECT_FALSE(ExplainMalformed("", *v1::Trace::descriptor()).ok());
  EXPECT_FALSE(ExplainMalformed(Field(1, "fine"), *v1::Trace::descriptor()).ok());
}

v1::Trace FullTrace() {
  v1::Trace trace;
  trace.set_trace_id("01ARZ3NDEKTSV4RRFFQ69G5FAV");
  auto* weapon = trace.mutable_request()->mutable_item()->mutable_weapon();
  weapon->set_serial_number("A12345");
  weapon->add_marks()->set_text("IMPORT DE 19");
  weapon->add_marks()->add_uncertain()->set_position(3);
  auto* answer = trace.add_hops()->mutable_answer();
  answer->add_candidates()->set_score(0.5);
  answer->mutable_candidates(0)->add_reasons()->set_note("same");
  trace.mutable_receipt()->add_path(std::string(32, 'h'));
  return trace;
}

TEST(ParseChecked, RefusesOrReadsEveryPrefixOfAMessage) {
  const std::string bytes = FullTrace().SerializeAsString();
  for (size_t length = 0; length < bytes.size(); ++length) {
    v1::Trace trace;
    const absl::Status status = ParseChecked(bytes.substr(0, length), &trace);
    if (status.ok()) continue;  // it broke off between two fields
    EXPECT_EQ(DetailOf(status).reason(), v1::REASON_MALFORMED_MESSAGE);
  }
}

TEST(ParseChecked, SurvivesDamagedAndRandomBytes) {
  const google::protobuf::LogSilencer silencer;  // it says so of every text that is not UTF-8
  std::mt19937 random(20260102);
  const std::string good = FullTrace().SerializeAsString();
  for (int round = 0; round < 5000; ++round) {
    std::string bytes = good;
    if (round % 2 == 0) {
      bytes.resize(random() % 200);
      for (char& c : bytes) c = static_cast<char>(random());
    } else {
      for (int i = 0; i < 3; ++i) bytes[random() % bytes.size()] = static_cast<char>(random());
    }
    v1::Trace trace;
    const absl::Status status = ParseChecked(bytes, &trace);
    EXPECT_FALSE(ExplainMalformed(bytes, *v1::Trace::descriptor()).ok());
    if (status.ok()) continue;
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  }
}

}  // namespace
}  // namespace tracegate
