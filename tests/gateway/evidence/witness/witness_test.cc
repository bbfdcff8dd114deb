#include "gateway/evidence/witness/witness.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "gateway/evidence/audit/signed_checkpoint.h"
#include "tests/gateway/evidence/witness/watched_log.h"

namespace tracegate {
namespace {

class WitnessTest : public testing::Test {
 protected:
  WitnessTest() {
    auto options = WitnessOptions(&own_, watched_.log->verifier_key());
    options.tell_conflict = [this](const std::string& state, const v1::LogConflict& conflict) {
      told_.push_back(state + " " + v1::LogConflictKind_Name(conflict.kind()));
    };
    witness_ = *Witness::Open(std::move(options), &own_.store);
  }

  void ExpectCosigned(const absl::StatusOr<v1::AddCheckpointResponse>& response,
                      const std::string& checkpoint) {
    ASSERT_TRUE(response.ok()) << response.status();
    const auto key = *audit::VerifierKey::Parse(
        Cosigner::FromPem("br.example/log", Ed25519Pem(std::string(32, 'w')))->verifier_key());
    const auto opened =
        audit::OpenCheckpoint(checkpoint + response->cosignature() + "\n", std::span(&key, 1));
    ASSERT_TRUE(opened.ok()) << opened.status();
    EXPECT_EQ(opened->signers.at(0).time_s, 1'780'000'000);
  }

  void ExpectConflict(const absl::Status& status, const std::string& told) {
    EXPECT_EQ(ReasonOf(status), v1::REASON_LOG_CONFLICT) << status;
    EXPECT_EQ(told_.back(), told);
    EXPECT_EQ(ReasonOf(witness_->CheckLog("PT")), v1::REASON_LOG_CONFLICT);
    EXPECT_EQ(own_.Count(v1::ENTRY_KIND_LOG_CONFLICT_FOUND), static_cast<int>(told_.size()));
  }

  ExampleLog own_{"br.example/log"};
  ExampleLog watched_{"pt.example/log", 'p'};
  std::vector<std::string> told_;
  std::unique_ptr<Witness> witness_;
};

TEST_F(WitnessTest, CosignsALogThatOnlyGrows) {
  watched_.Add(3);
  ExpectCosigned(Ask(*witness_, watched_.Request(0)), watched_.log->checkpoint());
  watched_.Add(4);
  const auto second = Ask(*witness_, watched_.Request(3));
  ExpectCosigned(second, watched_.log->checkpoint());
  EXPECT_EQ(second->known_size(), 7);
  ExpectCosigned(Ask(*witness_, watched_.Request(7)),
                 watched_.log->checkpoint());  // the same again
  EXPECT_EQ(own_.Count(v1::ENTRY_KIND_CHECKPOINT_COSIGNED), 3);
  EXPECT_TRUE(witness_->CheckLog("PT").ok());
  EXPECT_TRUE(told_.empty());
}

TEST_F(WitnessTest, SaysFromWhereToProveAndCosignsNothingMeanwhile) {
  watched_.Add(3);
  ASSERT_TRUE(Ask(*witness_, watched_.Request(0)).ok());
  const std::string known = watched_.log->checkpoint();
  watched_.Add(2);
  const auto response = Ask(*witness_, watched_.Request(1));
  ASSERT_TRUE(response.ok()) << response.status();
  EXPECT_EQ(response->cosignature(), "");
  EXPECT_EQ(response->known_size(), 3);
  EXPECT_EQ(response->known_checkpoint(), known);
  EXPECT_EQ(own_.Count(v1::ENTRY_KIND_CHECKPOINT_COSIGNED), 1);
}

TEST_F(WitnessTest, FindsALogThatWasRolledBackAndForgetsItNoMore) {
  watched_.Add(5);
  ASSERT_TRUE(Ask(*witness_, watched_.Request(0)).ok());
  ExampleLog restored("pt.example/log", 'p');
  restored.Add(2);
  const std::string known = watched_.log->checkpoint();
  for (int times = 0; times < 2; ++times) {
    const auto response = Ask(*witness_, restored.Request(0));
    ExpectConflict(witness_->CheckLog("PT"), "PT LOG_CONFLICT_KIND_SHRUNK");
    EXPECT_EQ(response->cosignature(), "");
    EXPECT_EQ(response->known_checkpoint(), known);  // for the restored log's own gateway
  }
  // Not even once it has grown again; and a restart remembers.
  watched_.Add(5);
  EXPECT_EQ(ReasonOf(Ask(*witness_, watched_.Request(5)).status()), v1::REASON_LOG_CONFLICT);
  const auto again =
      *Witness::Open(WitnessOptions(&own_, watched_.log->verifier_key()), &own_.store);
  EXPECT_EQ(ReasonOf(again->CheckLog("PT")), v1::REASON_LOG_CONFLICT);
  EXPECT_EQ(ReasonOf(Ask(*again, watched_.Request(5)).status()), v1::REASON_LOG_CONFLICT);
}

TEST_F(WitnessTest, FindsTwoLogsUnderOneName) {
  watched_.Add(5);
  ASSERT_TRUE(Ask(*witness_, watched_.Request(0)).ok());
  ExampleLog other("pt.example/log", 'p');
  other.Add(5, "other");
  ExpectConflict(Ask(*witness_, other.Request(5)).status(), "PT LOG_CONFLICT_KIND_FORKED");
}

TEST_F(WitnessTest, TakesALargerLogOnlyWithItsProof) {
  watched_.Add(5);
  ASSERT_TRUE(Ask(*witness_, watched_.Request(0)).ok());
  ExampleLog other("pt.example/log", 'p');
  other.Add(8, "other");
  ExpectConflict(Ask(*witness_, other.Request(5)).status(), "PT LOG_CONFLICT_KIND_NO_PROOF");
  // The true log may still prove itself.
  watched_.Add(4);
  ExpectCosigned(Ask(*witness_, watched_.Request(5)), watched_.log->checkpoint());
  EXPECT_TRUE(witness_->CheckLog("PT").ok());
}

TEST_F(WitnessTest, RefusesAProofWithOneBitTurned) {
  watched_.Add(5);
  ASSERT_TRUE(Ask(*witness_, watched_.Request(0)).ok());
  watched_.Add(4);
  auto request = watched_.Request(5);
  (*request.mutable_consistency_path(1))[7] ^= 1;
  ExpectConflict(Ask(*witness_, request).status(), "PT LOG_CONFLICT_KIND_NO_PROOF");
}

TEST_F(WitnessTest, RemembersAcrossARestartWhatItCosigned) {
  watched_.Add(5);
  ASSERT_TRUE(Ask(*witness_, watched_.Request(0)).ok());
  const auto again =
      *Witness::Open(WitnessOptions(&own_, watched_.log->verifier_key()), &own_.store);
  watched_.Add(1);
  EXPECT_EQ(Ask(*again, watched_.Request(0))->known_size(), 5);
  ExpectCosigned(Ask(*again, watched_.Request(5)), watched_.log->checkpoint());
}

TEST_F(WitnessTest, KnowsALogThatBeganAnewUnderAnotherKeyAsAnother) {
  watched_.Add(5);
  ASSERT_TRUE(Ask(*witness_, watched_.Request(0)).ok());
  ExampleLog restored("pt.example/log", 'p');
  restored.Add(2);
  EXPECT_EQ(Ask(*witness_, restored.Request(0))->cosignature(), "");
  ExampleLog anew("pt.example/log2", 'q');
  anew.Add(1);
  const auto again = *Witness::Open(WitnessOptions(&own_, anew.log->verifier_key()), &own_.store);
  EXPECT_TRUE(again->CheckLog("PT").ok());
  ExpectCosigned(Ask(*again, anew.Request(0)), anew.log->checkpoint());
}

TEST_F(WitnessTest, RefusesWhatItCannotReadWithoutAlarm) {
  watched_.Add(3);
  auto request = watched_.Request(0);
  EXPECT_EQ(ReasonOf(Ask(*witness_, request, "AR").status()), v1::REASON_STATE_NOT_SERVED);
  ExampleLog stranger("pt.example/log", 'x');
  stranger.Add(3);
  EXPECT_EQ(ReasonOf(Ask(*witness_, stranger.Request(0)).status()), v1::REASON_FIELD_INVALID);
  request.set_checkpoint("not a note");
  EXPECT_EQ(ReasonOf(Ask(*witness_, request).status()), v1::REASON_FIELD_INVALID);
  ASSERT_TRUE(Ask(*witness_, watched_.Request(0)).ok());
  watched_.Add(2);
  request = watched_.Request(3);
  request.set_consistency_path(0, "short");
  EXPECT_EQ(ReasonOf(Ask(*witness_, request).status()), v1::REASON_FIELD_INVALID);
  EXPECT_TRUE(told_.empty());
  EXPECT_TRUE(witness_->CheckLog("PT").ok());
}

TEST_F(WitnessTest, GivesNoCosignatureThatItCouldNotRecord) {
  watched_.Add(3);
  own_.store.before_commit = [](const WriteBatch&) {
    return Failure(v1::REASON_RECORD_NOT_DURABLE, "disk full");
  };
  EXPECT_EQ(ReasonOf(Ask(*witness_, watched_.Request(0)).status()), v1::REASON_RECORD_NOT_DURABLE);
  own_.store.before_commit = nullptr;
  ExpectCosigned(Ask(*witness_, watched_.Request(0)), watched_.log->checkpoint());
}

}  // namespace
}  // namespace tracegate
