#include "adapters/marking/making.h"

#include <gtest/gtest.h>

#include "tests/adapters/marking/weapons.h"

namespace tracegate {
namespace {

TEST(MakingOf, IsOrdinaryUnlessSomethingSaysOtherwise) {
  EXPECT_TRUE(MakingOf(Pistol()).IsOrdinary());
  EXPECT_TRUE(MakingOf(v1::Item()).IsOrdinary());
}

struct Said {
  const char* text;
  v1::ProductionKind production;
};

class ReadsHowItWasMade : public testing::TestWithParam<Said> {};

TEST_P(ReadsHowItWasMade, WhereverItIsSaid) {
  using Field = void (*)(v1::Firearm&, const char*);
  const Field fields[] = {
      [](v1::Firearm& weapon, const char* text) {
        weapon.mutable_manufacturer()->set_verbatim(text);
      },
      [](v1::Firearm& weapon, const char* text) { weapon.mutable_model()->set_verbatim(text); },
      [](v1::Firearm& weapon, const char* text) { weapon.set_type_verbatim(text); },
      [](v1::Firearm& weapon, const char* text) { weapon.set_serial_number(text); },
      [](v1::Firearm& weapon, const char* text) {
        weapon.set_description("Pistola, " + std::string(text) + "; 9 mm");
      }};
  for (const Field field : fields) {
    v1::Item item = Pistol();
    field(*item.mutable_weapon(), GetParam().text);
    EXPECT_EQ(MakingOf(item).production, GetParam().production) << item.DebugString();
    EXPECT_EQ(MakingOf(item).said, GetParam().text);
  }
}

INSTANTIATE_TEST_SUITE_P(Words, ReadsHowItWasMade,
                         testing::Values(Said{"ARTESANAL", v1::PRODUCTION_KIND_CRAFT},
                                         Said{"hechiza", v1::PRODUCTION_KIND_CRAFT},
                                         Said{"Zip gun", v1::PRODUCTION_KIND_CRAFT},
                                         Said{"caseira", v1::PRODUCTION_KIND_PRIVATELY_MADE},
                                         Said{"ghost gun", v1::PRODUCTION_KIND_PRIVATELY_MADE},
                                         Said{"Eigenbau", v1::PRODUCTION_KIND_PRIVATELY_MADE},
                                         Said{"fabrication maison",
                                              v1::PRODUCTION_KIND_PRIVATELY_MADE},
                                         Said{"80% lower", v1::PRODUCTION_KIND_KIT_BUILT},
                                         Said{"Polymer80", v1::PRODUCTION_KIND_KIT_BUILT},
                                         Said{"impressa em 3D", v1::PRODUCTION_KIND_PRINTED},
                                         Said{"3D-gedruckt", v1::PRODUCTION_KIND_PRINTED}));

TEST(MakingOf, TakesFactoryNamesThatHoldSuchWordsForNames) {
  for (const char* maker : {"Ghost Inc", "Printex", "Kit Gun", "CZ P-80", "Craftsman"}) {
    v1::Item item = Pistol();
    item.mutable_weapon()->mutable_manufacturer()->set_verbatim(maker);
    EXPECT_TRUE(MakingOf(item).IsOrdinary()) << maker;
  }
}

TEST(MakingOf, LeavesToolsOfRemovalAlone) {
  v1::Item item = Pistol();
  item.mutable_weapon()->set_serial_number("Removido por puncionamento artesanal.");
  EXPECT_TRUE(MakingOf(item).IsOrdinary());
}

TEST(MakingOf, ReadsWhatWasDoneSince) {
  v1::Item item = Pistol();
  item.mutable_weapon()->set_type_verbatim("Schreckschusspistole, umgebaut");
  EXPECT_TRUE(MakingOf(item).converted);
  item = Pistol();
  item.mutable_weapon()->add_modifications(v1::MODIFICATION_REACTIVATED);
  EXPECT_TRUE(MakingOf(item).reactivated);
  EXPECT_FALSE(MakingOf(item).converted);
  item.mutable_weapon()->mutable_manufacturer()->set_verbatim("imita\u00E7\u00E3o de Taurus");
  EXPECT_TRUE(MakingOf(item).copied);
}

TEST(MakingOf, BelievesTheFieldBeforeTheWords) {
  v1::Item item = Pistol();
  item.mutable_weapon()->set_description("homemade grips");
  EXPECT_TRUE(MakingOf(item).IsHomeMade());
  item.mutable_weapon()->set_production(v1::PRODUCTION_KIND_INDUSTRIAL);
  EXPECT_FALSE(MakingOf(item).IsHomeMade());
  item.mutable_weapon()->set_production(v1::PRODUCTION_KIND_PRINTED);
  EXPECT_EQ(MakingOf(item).production, v1::PRODUCTION_KIND_PRINTED);
}

}  // namespace
}  // namespace tracegate
