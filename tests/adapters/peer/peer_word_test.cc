#include "adapters/peer/peer_word.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

using testing::HasSubstr;

// Germany's word: it knows the item.
v1::CrossCheckResponse Hit() {
  v1::CrossCheckResponse response;
  response.set_state("DE");
  response.set_outcome(v1::CROSS_CHECK_OUTCOME_HIT);
  v1::Hit* hit = response.add_hits();
  hit->set_hit_id("01ARZ3NDEKTSV4RRFFQ69G5FAV");
  hit->set_state("DE");
  hit->mutable_contact()->mutable_agency()->set_name("bka");
  return response;
}

v1::CrossCheckResponse Word(v1::CrossCheckOutcome outcome) {
  v1::CrossCheckResponse response;
  response.set_state("DE");
  response.set_outcome(outcome);
  return response;
}

absl::StatusOr<CrossCheckWord> Read(const v1::CrossCheckResponse& response) {
  return ReadPeerWord(response.SerializeAsString(), "DE");
}

void ExpectUnusable(const v1::CrossCheckResponse& response, const std::string& why) {
  const auto read = Read(response);
  ASSERT_FALSE(read.ok()) << why;
  EXPECT_EQ(DetailOf(read.status()).reason(), v1::REASON_PEER_REFUSED);
  EXPECT_THAT(std::string(read.status().message()), HasSubstr(why));
}

TEST(ReadPeerWord, TakesAHitAndKeepsTheBytesAsTheyCame) {
  const auto read = Read(Hit());
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(read->response.hits(0).contact().agency().name(), "bka");
  EXPECT_EQ(read->verbatim, Hit().SerializeAsString());
}

TEST(ReadPeerWord, TakesNoHitAndARefusalWithItsGround) {
  EXPECT_TRUE(Read(Word(v1::CROSS_CHECK_OUTCOME_NO_HIT)).ok());
  EXPECT_TRUE(Read(Word(v1::CROSS_CHECK_OUTCOME_UNAVAILABLE)).ok());
  EXPECT_TRUE(Read(Word(v1::CROSS_CHECK_OUTCOME_NO_AGREEMENT)).ok());
  auto refused = Word(v1::CROSS_CHECK_OUTCOME_REFUSED);
  ExpectUnusable(refused, "without a legal ground");
  refused.set_legal_ground(v1::LEGAL_GROUND_NATIONAL_SECURITY);
  EXPECT_TRUE(Read(refused).ok());
}

TEST(ReadPeerWord, NeverTakesSilenceForAWord) {
  const auto silence = ReadPeerWord("", "DE");
  EXPECT_EQ(DetailOf(silence.status()).reason(), v1::REASON_PEER_REFUSED);
  ExpectUnusable(Word(v1::CROSS_CHECK_OUTCOME_UNSPECIFIED), "neither hit nor no hit");
  ExpectUnusable(Word(v1::CROSS_CHECK_OUTCOME_BLINDED), "neither hit nor no hit");
  const auto noise = ReadPeerWord("\xff\xff\xff", "DE");
  EXPECT_EQ(DetailOf(noise.status()).reason(), v1::REASON_PEER_REFUSED);
}

TEST(ReadPeerWord, RefusesAWordThatSpeaksForAnotherState) {
  auto other = Word(v1::CROSS_CHECK_OUTCOME_NO_HIT);
  other.set_state("AT");
  ExpectUnusable(other, "does not speak for DE");
  auto others_hit = Hit();
  others_hit.mutable_hits(0)->set_state("AT");
  ExpectUnusable(others_hit, "speaks for AT");
}

TEST(ReadPeerWord, RefusesAWordThatContradictsItself) {
  ExpectUnusable(Word(v1::CROSS_CHECK_OUTCOME_HIT), "a hit and no owner");
  auto both = Hit();
  both.set_outcome(v1::CROSS_CHECK_OUTCOME_NO_HIT);
  ExpectUnusable(both, "an owner and no hit");
}

TEST(ReadPeerWord, RefusesMoreOwnersThanTheContractHas) {
  auto many = Hit();
  while (many.hits_size() < 32) *many.add_hits() = many.hits(0);
  EXPECT_TRUE(Read(many).ok());
  *many.add_hits() = many.hits(0);
  ExpectUnusable(many, "hits");
}

TEST(ReadPeerWord, WaitsForANewerGatewayWhereItDoesNotKnowTheWord) {
  const auto newer = Read(Word(static_cast<v1::CrossCheckOutcome>(99)));
  EXPECT_EQ(DetailOf(newer.status()).reason(), v1::REASON_PEER_NEWER);
}

}  // namespace
}  // namespace tracegate
