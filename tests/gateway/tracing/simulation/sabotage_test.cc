#include "tests/gateway/tracing/simulation/sabotage.h"

#include <algorithm>
#include <ostream>

#include "gtest/gtest.h"
#include "tests/gateway/tracing/simulation/simulation.h"

namespace tracegate::simulation {
namespace {

// What is wrong on purpose, and which invariant must be heard of it.
struct Wrong {
  const char* name;
  Sabotage sabotage;
  Invariant broken;
};

void PrintTo(const Wrong& wrong, std::ostream* out) { *out << wrong.name; }

class InvariantsComplain : public testing::TestWithParam<Wrong> {};

// Not every world has, say, a desk that could lie.
constexpr uint64_t kSeedsMax = 100;

TEST_P(InvariantsComplain, WhereSomethingIsWrongOnPurpose) {
  for (uint64_t seed = 0; seed < kSeedsMax; ++seed) {
    const Report report = Simulate(seed, GetParam().sabotage);
    if (std::ranges::count(report.complaints, GetParam().broken, &Complaint::invariant) > 0) return;
  }
  FAIL() << "nobody noticed";
}

INSTANTIATE_TEST_SUITE_P(
    Simulation, InvariantsComplain,
    testing::Values(Wrong{"StoreThatLosesCommits", Sabotage::kStoreLosesCommits,
                          Invariant::kNoTraceIsLost},
                    Wrong{"StoreThatForgetsEndedTraces", Sabotage::kStoreForgetsTraces,
                          Invariant::kNoTraceIsLost},
                    Wrong{"StoreThatForgetsWhatWasAnswered", Sabotage::kStoreForgetsTraces,
                          Invariant::kOneAnswerPerRequest},
                    Wrong{"StoreThatFlipsABit", Sabotage::kStoreFlipsBits, Invariant::kLogsVerify},
                    Wrong{"StoreWithAnEntryChangedUnderAReceipt", Sabotage::kStoreLosesCommits,
                          Invariant::kRepliesStandInTheLog},
                    Wrong{"PolicyThatForgetsThatAgreementsEnd", Sabotage::kPolicyForgetsEnds,
                          Invariant::kNothingWithoutAgreement},
                    Wrong{"PolicyThatTellsMoreThanWasAgreed", Sabotage::kPolicyTellsMore,
                          Invariant::kNoFieldBeyondAgreement},
                    Wrong{"NetworkThatAltersAnswers", Sabotage::kNetworkAltersAnswers,
                          Invariant::kOneAnswerPerRequest},
                    Wrong{"GatewayThatReleasesAnotherReply", Sabotage::kGatewayAltersReplies,
                          Invariant::kRepliesStandInTheLog},
                    Wrong{"PeerAskedWithoutARecord", Sabotage::kPeersAskUnrecorded,
                          Invariant::kQuestionsStandInTheLog},
                    Wrong{"TimersThatForget", Sabotage::kTimersForget, Invariant::kEveryTraceEnds},
                    Wrong{"DeskThatLies", Sabotage::kDesksLie, Invariant::kAnswersAreTrue},
                    Wrong{"ChangedRequestTakenForTheFirst", Sabotage::kRefusalsAreDropped,
                          Invariant::kChangedRequestIsRefused},
                    Wrong{"StoreWhoseNextEntryDoesNotFollow", Sabotage::kStoreLosesCommits,
                          Invariant::kOnlyKnownFailures}),
    [](const auto& wrong) { return wrong.param.name; });

}  // namespace
}  // namespace tracegate::simulation
