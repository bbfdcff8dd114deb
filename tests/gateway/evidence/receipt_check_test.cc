#include "gateway/evidence/receipt_check.h"

#include <memory>
#include <string>

#include "gateway/evidence/reply_receipt.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/gateway/evidence/example_log.h"
#include "tests/gateway/evidence/fake_record_store.h"
#include "tracegate/v1/trace.pb.h"

namespace tracegate {
namespace {

// A reply that stands in a log of a few entries.
class ReceiptCheck : public testing::Test {
 protected:
  void SetUp() override {
    auto log = EvidenceLog::Open(&store_, ExampleOptions());
    ASSERT_TRUE(log.ok()) << log.status();
    key_ = (*log)->verifier_key();
    for (int i = 0; i < 5; ++i) ASSERT_TRUE(AppendTo(**log, ExampleNote("filler")).ok());
    reply_ = AppendTo(**log, ExampleDraft("T1"))->reply;
    const auto split = SplitReceipt(reply_);
    ASSERT_TRUE(split.ok()) << split.status();
    content_ = split->content;
    receipt_ = split->receipt;
  }

  // That the receipt does not hold, for a reason in that field.
  void ExpectBroken(const std::string& field) {
    const absl::Status status = VerifyReceipt(content_, receipt_, key_);
    const v1::FailureDetail detail = DetailOf(status);
    ASSERT_EQ(detail.violations_size(), 1) << status;
    EXPECT_EQ(detail.violations(0).field(), field) << status;
  }

  FakeRecordStore store_;
  std::string key_;
  std::string reply_;
  std::string content_;
  v1::Receipt receipt_;
};

TEST_F(ReceiptCheck, HoldsWithTheVerifierKeyAlone) {
  EXPECT_TRUE(VerifyReceipt(content_, receipt_, key_).ok());
  EXPECT_TRUE(VerifyReply(reply_, key_).ok());
}

TEST_F(ReceiptCheck, ReplyReadsAsOneMessageWithItsReceipt) {
  v1::Trace trace;
  ASSERT_TRUE(trace.ParseFromString(reply_));
  EXPECT_EQ(trace.trace_id(), "T1");
  EXPECT_EQ(trace.receipt().leaf_index(), 6);
  EXPECT_EQ(content_, ExampleReply("T1"));
}

TEST_F(ReceiptCheck, RefusesEveryTurnedBitOfTheReply) {
  for (size_t i = 0; i < reply_.size(); ++i) {
    std::string turned = reply_;
    turned[i] = static_cast<char>(turned[i] ^ 1);
    EXPECT_FALSE(VerifyReply(turned, key_).ok()) << "byte " << i;
  }
}

TEST_F(ReceiptCheck, RefusesFieldsBehindTheReceiptAndASecondOne) {
  v1::Trace more;
  more.set_trace_id("T2");
  EXPECT_EQ(ReasonOf(VerifyReply(reply_ + more.SerializeAsString(), key_)),
            v1::REASON_MALFORMED_MESSAGE);
  EXPECT_FALSE(VerifyReply(reply_ + reply_.substr(content_.size()), key_).ok());
  EXPECT_FALSE(VerifyReply(content_, key_).ok());
  EXPECT_FALSE(VerifyReply("", key_).ok());
}

TEST_F(ReceiptCheck, NamesWhatDoesNotHold) {
  const v1::Receipt good = receipt_;
  content_ += "x";
  ExpectBroken("receipt.header");
  content_.pop_back();
  content_[0] = static_cast<char>(content_[0] ^ 1);
  ExpectBroken("receipt.header");
  content_[0] = static_cast<char>(content_[0] ^ 1);

  receipt_.set_header("\xFF");
  ExpectBroken("receipt.header");
  receipt_ = good;
  receipt_.mutable_salt()->pop_back();
  ExpectBroken("receipt.salt");
  receipt_ = good;
  receipt_.set_leaf_index(5);
  ExpectBroken("receipt.path");
  receipt_ = good;
  receipt_.mutable_path(0)->pop_back();
  ExpectBroken("receipt.path");
  receipt_ = good;
  receipt_.mutable_path()->RemoveLast();
  ExpectBroken("receipt.path");
  receipt_ = good;
  receipt_.set_log_origin("registry.example/log2");
  ExpectBroken("receipt.log_origin");
  receipt_ = good;
  char& digit =
      (*receipt_.mutable_checkpoint())[25];  // of the root, which salts make another each time
  digit = digit == 'A' ? 'B' : 'A';
  ExpectBroken("receipt.checkpoint");
  receipt_ = good;
  EXPECT_TRUE(VerifyReceipt(content_, receipt_, key_).ok());
}

TEST_F(ReceiptCheck, RefusesAHeaderThatTheTreeDoesNotHold) {
  v1::EntryHeader header;
  ASSERT_TRUE(header.ParseFromString(receipt_.header()));
  header.set_record_time_us(header.record_time_us() - 1);
  receipt_.set_header(header.SerializeAsString());
  ExpectBroken("receipt.path");
}

TEST_F(ReceiptCheck, RefusesAnotherLogsKey) {
  FakeRecordStore other_store;
  EvidenceLog::Options options = ExampleOptions();
  options.signing_key_pem = Ed25519Pem(std::string(32, 'z'));
  key_ = (*EvidenceLog::Open(&other_store, options))->verifier_key();
  ExpectBroken("receipt.checkpoint");
  key_ = "no key";
  ExpectBroken("verifier_key");
}

}  // namespace
}  // namespace tracegate
