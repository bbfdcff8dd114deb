#include "gateway/transfers/weapon_pairing.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/gateway/transfers/example_record.h"

namespace tracegate {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

using Items = std::vector<v1::Item>;

WeaponPairing::Unpaired Pair(const Items& sent, const Items& received) {
  WeaponPairing pairing;
  for (const v1::Item& item : sent) pairing.AddSent(item, v1::Term());
  for (const v1::Item& item : received) pairing.AddReceived(item, v1::Term());
  EXPECT_EQ(pairing.sent(), sent.size());
  EXPECT_EQ(pairing.received(), received.size());
  return pairing.Finish();
}

TEST(WeaponPairing, FindsEachWeaponInWhateverOrderAndSpelling) {
  const auto unpaired =
      Pair({ExamplePistol("ABC-123"), ExamplePistol("ABC 124"), ExamplePistol("ABC125")},
           {ExamplePistol("abc125"), ExamplePistol("ABC123", "GLOCK"), ExamplePistol("ABC124")});
  EXPECT_THAT(unpaired.sent, IsEmpty());
  EXPECT_THAT(unpaired.received, IsEmpty());
}

TEST(WeaponPairing, TellsWhatIsMissingAndWhatIsUnexpected) {
  const auto unpaired =
      Pair({ExamplePistol("A1001"), ExamplePistol("A1002"), ExamplePistol("A1003")},
           {ExamplePistol("A1003"), ExamplePistol("A1009"), ExamplePistol("A1001")});
  EXPECT_THAT(unpaired.sent, ElementsAre(1));
  EXPECT_THAT(unpaired.received, ElementsAre(1));
}

TEST(WeaponPairing, NeverTakesAnotherMakersWeaponOfTheSameNumber) {
  const auto unpaired =
      Pair({ExamplePistol("A1001", "Glock")}, {ExamplePistol("A1001", "Beretta")});
  EXPECT_THAT(unpaired.sent, ElementsAre(0));
  EXPECT_THAT(unpaired.received, ElementsAre(0));
}

TEST(WeaponPairing, TakesAWeaponWhoseMakerOneSideDoesNotTell) {
  EXPECT_THAT(Pair({ExamplePistol("A1001", "Glock")}, {ExamplePistol("A1001", "")}).sent,
              IsEmpty());
  EXPECT_THAT(Pair({ExamplePistol("A1001", "")}, {ExamplePistol("A1001", "Glock")}).sent,
              IsEmpty());
}

TEST(WeaponPairing, PairsTheSureOnesFirst) {
  // Taken in order, the one without a maker would leave the Beretta for the Glock.
  const auto unpaired = Pair({ExamplePistol("A1001", "Glock"), ExamplePistol("A1001", "Beretta")},
                             {ExamplePistol("A1001", ""), ExamplePistol("A1001", "Glock")});
  EXPECT_THAT(unpaired.sent, IsEmpty());
  EXPECT_THAT(unpaired.received, IsEmpty());
}

TEST(WeaponPairing, PairsEachOnce) {
  const auto unpaired = Pair({ExamplePistol("A1001"), ExamplePistol("A1001")},
                             {ExamplePistol("A1001"), ExamplePistol("A1002")});
  EXPECT_EQ(unpaired.sent.size(), 1u);
  EXPECT_THAT(unpaired.received, ElementsAre(1));
}

TEST(WeaponPairing, CountsThoseWithoutANumber) {
  const Items three(3, ExamplePistol(""));
  const Items two(2, ExamplePistol(""));
  EXPECT_THAT(Pair(three, three).sent, IsEmpty());
  EXPECT_EQ(Pair(three, two).sent.size(), 1u);
  EXPECT_EQ(Pair(two, three).received.size(), 1u);
}

TEST(WeaponPairing, TellsABarrelFromTheWeapon) {
  v1::Item barrel;
  barrel.mutable_essential_part()->set_part(v1::WEAPON_PART_BARREL);
  barrel.mutable_essential_part()->set_serial_number("A1001");
  barrel.mutable_essential_part()->mutable_manufacturer()->set_verbatim("Glock");
  EXPECT_THAT(Pair({ExamplePistol("A1001")}, {barrel}).sent, ElementsAre(0));
  EXPECT_THAT(Pair({barrel}, {barrel}).sent, IsEmpty());
}

TEST(WeaponPairing, PairsLotsByTheirNumber) {
  v1::Item lot;
  lot.mutable_ammunition_lot()->set_lot_number("L-7");
  v1::Item same = lot;
  same.mutable_ammunition_lot()->set_lot_number("l 7");
  EXPECT_THAT(Pair({lot}, {same}).sent, IsEmpty());
  same.mutable_ammunition_lot()->set_lot_number("L 8");
  EXPECT_THAT(Pair({lot}, {same}).sent, ElementsAre(0));
}

TEST(WeaponPairing, TakesTheLinesMakerForTheItems) {
  v1::Term glock;
  glock.set_verbatim("Glock");
  v1::Term beretta;
  beretta.set_verbatim("Beretta");
  WeaponPairing pairing;
  pairing.AddSent(ExamplePistol("A1001", ""), glock);
  pairing.AddReceived(ExamplePistol("A1001", ""), beretta);
  EXPECT_THAT(pairing.Finish().sent, ElementsAre(0));
}

TEST(WeaponPairing, FindsAllOfMany) {
  WeaponPairing pairing;
  constexpr int kMany = 20000;
  for (int i = 0; i < kMany; ++i) {
    pairing.AddSent(ExamplePistol("SN" + std::to_string(100000 + i)), v1::Term());
  }
  for (int i = kMany - 1; i >= 0; --i) {
    if (i % 1000 == 7) continue;
    pairing.AddReceived(ExamplePistol("SN-" + std::to_string(100000 + i)), v1::Term());
  }
  const auto unpaired = pairing.Finish();
  ASSERT_EQ(unpaired.sent.size(), 20u);
  EXPECT_EQ(unpaired.sent[0], 7u);
  EXPECT_THAT(unpaired.received, IsEmpty());
}

}  // namespace
}  // namespace tracegate
