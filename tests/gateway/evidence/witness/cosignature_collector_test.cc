#include "gateway/evidence/witness/cosignature_collector.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/gateway/evidence/witness/watched_log.h"

namespace tracegate {
namespace {

// Portugal's gateway has its log cosigned by Brazil's.
class CollectorTest : public testing::Test {
 protected:
  void Begin(ExampleLog* own) {
    CosignatureCollector::Options options;
    options.log = own->log.get();
    options.store = &own->store;
    options.gateway_id = "spiffe://pt.example/gateway/peer";
    options.gateway_state = "PT";
    options.interval = absl::InfiniteDuration();  // the test asks
    options.peers.push_back({"BR", *audit::VerifierKey::Parse(cosigning_key_),
                             [this](const v1::AddCheckpointRequest& request, std::stop_token) {
                               ++asked_;
                               return answer_ ? answer_(request) : Ask(*witness_, request);
                             }});
    options.tell = [this](const std::string&, const absl::Status& status) {
      told_.push_back(status.ok() ? "OK" : ReasonName(DetailOf(status).reason()));
    };
    collector_ = std::make_unique<CosignatureCollector>(std::move(options));
  }

  ExampleLog brazil_{"br.example/log"};
  ExampleLog portugal_{"pt.example/log", 'p'};
  std::unique_ptr<Witness> witness_ =
      *Witness::Open(WitnessOptions(&brazil_, portugal_.log->verifier_key()), &brazil_.store);
  std::string cosigning_key_ =
      Cosigner::FromPem("br.example/log", Ed25519Pem(std::string(32, 'w')))->verifier_key();
  std::function<CosignatureCollector::Response(const v1::AddCheckpointRequest&)> answer_;
  int asked_ = 0;
  std::vector<std::string> told_;
  std::unique_ptr<CosignatureCollector> collector_;
};

TEST_F(CollectorTest, KeepsACosignatureOfWhatIsNewAndAsksForNothingElse) {
  Begin(&portugal_);
  collector_->AskAll();
  EXPECT_EQ(asked_, 0);  // an empty log has nothing to be cosigned
  portugal_.Add(3);
  collector_->AskAll();
  EXPECT_EQ(asked_, 1);
  EXPECT_EQ(portugal_.Count(v1::ENTRY_KIND_COSIGNATURE_RECEIVED), 1);
  collector_->AskAll();  // the entry of the cosignature alone is nothing new
  EXPECT_EQ(asked_, 1);
  portugal_.Add(1);
  collector_->AskAll();
  EXPECT_EQ(portugal_.Count(v1::ENTRY_KIND_COSIGNATURE_RECEIVED), 2);
  EXPECT_TRUE(told_.empty());
}

TEST_F(CollectorTest, GoesOnAfterARestartFromWhereTheWitnessIs) {
  portugal_.Add(3);
  Begin(&portugal_);
  collector_->AskAll();
  portugal_.Add(300);
  Begin(&portugal_);  // knows nothing any more
  collector_->AskAll();
  EXPECT_EQ(asked_, 3);  // once to hear from where to prove
  EXPECT_EQ(portugal_.Count(v1::ENTRY_KIND_COSIGNATURE_RECEIVED), 2);
}

TEST_F(CollectorTest, LearnsThatTheOwnLogWasRolledBackAndStopsIt) {
  portugal_.Add(5);
  Begin(&portugal_);
  collector_->AskAll();
  ExampleLog restored("pt.example/log", 'p');
  restored.Add(2);
  Begin(&restored);
  collector_->AskAll();
  EXPECT_EQ(told_, std::vector<std::string>{"LOG_READ_ONLY"});
  EXPECT_EQ(ReasonOf(AppendTo(*restored.log, ExampleNote("more")).status()),
            v1::REASON_LOG_READ_ONLY);
  EXPECT_EQ(ReasonOf(witness_->CheckLog("PT")), v1::REASON_LOG_CONFLICT);
  EXPECT_THAT(std::string(restored.log->damage().message()),
              testing::HasSubstr("BR cosigned it with 5"));
}

TEST_F(CollectorTest, BelievesNobodysWordThatTheOwnLogWasLarger) {
  portugal_.Add(2);
  Begin(&portugal_);
  answer_ = [&](const v1::AddCheckpointRequest&) {
    v1::AddCheckpointResponse response;
    response.set_known_size(900);
    response.set_known_checkpoint(brazil_.log->checkpoint());
    return response;
  };
  collector_->AskAll();
  EXPECT_EQ(told_, std::vector<std::string>{"PEER_REFUSED"});
  EXPECT_TRUE(portugal_.log->damage().ok());
}

TEST_F(CollectorTest, KeepsNoCosignatureThatDoesNotHold) {
  portugal_.Add(2);
  Begin(&portugal_);
  answer_ = [&](const v1::AddCheckpointRequest& request) {
    auto response = *Ask(*witness_, request);
    response.mutable_cosignature()->back() = 'A';
    return response;
  };
  collector_->AskAll();
  EXPECT_EQ(told_, std::vector<std::string>{"PEER_REFUSED"});
  EXPECT_EQ(portugal_.Count(v1::ENTRY_KIND_COSIGNATURE_RECEIVED), 0);
}

TEST_F(CollectorTest, TellsOnceThatAPeerIsAwayAndOnceThatItIsBack) {
  portugal_.Add(2);
  Begin(&portugal_);
  answer_ = [](const v1::AddCheckpointRequest&) -> CosignatureCollector::Response {
    return Failure(v1::REASON_PEER_UNAVAILABLE, "away");
  };
  collector_->AskAll();
  collector_->AskAll();
  EXPECT_EQ(told_, std::vector<std::string>{"PEER_UNAVAILABLE"});
  answer_ = nullptr;
  collector_->AskAll();
  EXPECT_EQ(told_, (std::vector<std::string>{"PEER_UNAVAILABLE", "OK"}));
}

}  // namespace
}  // namespace tracegate
