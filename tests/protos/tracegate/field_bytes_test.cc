#include "protos/tracegate/field_bytes.h"

#include <gtest/gtest.h>

#include "protos/tracegate/failure.h"
#include "tracegate/v1/trace.pb.h"

namespace tracegate {
namespace {

constexpr int kTrace = v1::ImportTracesResponse::kTraceFieldNumber;

TEST(FieldBytes, AreThoseThatTheMessageTravelsIn) {
  v1::ImportTracesResponse response;
  response.set_request_id("foz-0001");
  std::string message = response.SerializeAsString();
  // Two serialisations one behind the other: a message, and no serialisation that protobuf would make.
  v1::Trace first, second;
  first.set_trace_id("T");
  second.set_request_id("foz-0001");
  const std::string trace = second.SerializeAsString() + first.SerializeAsString();
  AppendFieldBytes(kTrace, trace, &message);
  EXPECT_EQ(*FieldBytes(message, kTrace), trace);
  ASSERT_TRUE(response.ParseFromString(message));
  EXPECT_EQ(response.trace().trace_id(), "T");
  EXPECT_EQ(response.trace().request_id(), "foz-0001");
  EXPECT_EQ(*FieldBytes(message, v1::ImportTracesResponse::kRequestIdFieldNumber), "foz-0001");
}

TEST(FieldBytes, OfAFieldThatIsNotSetAreNone) {
  EXPECT_EQ(*FieldBytes("", kTrace), "");
  v1::ImportTracesResponse response;
  response.mutable_failure()->set_reason(v1::REASON_OVERLOADED);
  EXPECT_EQ(*FieldBytes(response.SerializeAsString(), kTrace), "");
}

TEST(FieldBytes, AreRefusedWhereTheFieldStandsTwice) {
  std::string message;
  AppendFieldBytes(kTrace, "", &message);
  EXPECT_TRUE(FieldBytes(message, kTrace).ok());
  AppendFieldBytes(kTrace, "", &message);
  EXPECT_EQ(DetailOf(FieldBytes(message, kTrace).status()).reason(), v1::REASON_MALFORMED_MESSAGE);
}

TEST(FieldBytes, AreRefusedWhereTheMessageBreaksOff) {
  std::string message;
  AppendFieldBytes(1, "foz-0001", &message);
  AppendFieldBytes(kTrace, "a trace", &message);
  for (size_t size = 1; size < message.size(); ++size) {
    const bool whole = size == 10;  // the first field alone
    EXPECT_EQ(FieldBytes(message.substr(0, size), kTrace).ok(), whole) << size;
  }
  for (const char* none : {"\x0c", "\x08\x80", "\x12\xff\xff\xff\xff\x0f"}) {
    EXPECT_FALSE(FieldBytes(none, kTrace).ok()) << none;
  }
  EXPECT_FALSE(FieldBytes(std::string_view("\0", 1), kTrace).ok());
}

}  // namespace
}  // namespace tracegate
