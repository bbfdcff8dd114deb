#include "adapters/marking/firearm_types.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "adapters/marking/reading.h"
#include "tests/adapters/marking/weapons.h"

namespace tracegate {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

v1::FirearmType TypeOf(std::string_view text) { return ReadFirearmType(text).type; }

TEST(FirearmTypes, AreReadInManyLanguages) {
  for (const char* text : {"Rev\u00F3lver", "REVOLVER TAURUS", "rivoltella",
                           "\u0440\u0435\u0432\u043E\u043B\u044C\u0432\u0435\u0440"}) {
    EXPECT_EQ(TypeOf(text), v1::FIREARM_TYPE_REVOLVER) << text;
  }
  for (const char* text : {"Espingarda", "escopeta", "shotgun", "fusil de chasse", "Flinte",
                           "fucile a pompa", "\u0440\u0443\u0436\u044C\u0451"}) {
    EXPECT_EQ(TypeOf(text), v1::FIREARM_TYPE_SHOTGUN) << text;
  }
  for (const char* text : {"submetralhadora", "subfusil", "submachine gun", "pistolet-mitrailleur",
                           "Maschinenpistole", "pistola metralhadora"}) {
    EXPECT_EQ(TypeOf(text), v1::FIREARM_TYPE_SUB_MACHINE_GUN) << text;
  }
  EXPECT_EQ(TypeOf("PISTOLA"), v1::FIREARM_TYPE_SELF_LOADING_PISTOL);
  EXPECT_EQ(TypeOf("Garrucha"), v1::FIREARM_TYPE_OTHER_PISTOL);
  EXPECT_EQ(TypeOf("Fuzil"), v1::FIREARM_TYPE_RIFLE);
  EXPECT_EQ(TypeOf("Fuzil de assalto"), v1::FIREARM_TYPE_ASSAULT_RIFLE);
  EXPECT_EQ(TypeOf("B\u00FCchse"), v1::FIREARM_TYPE_RIFLE);
  EXPECT_EQ(TypeOf("Bockb\u00FCchsflinte"), v1::FIREARM_TYPE_COMBINATION);
}

TEST(FirearmTypes, AreNotGuessed) {
  for (const char* text : {"", "Arma de fogo", "Metralhadora", "rev\u00F3lver/pistola", "pistolero",
                           "INDETERMINADO"}) {
    EXPECT_EQ(TypeOf(text), v1::FIREARM_TYPE_UNSPECIFIED) << text;
  }
}

TEST(FirearmTypes, SayWhatAnAirOrAlarmWeaponIsWhateverItsShape) {
  EXPECT_EQ(TypeOf("Carabina de press\u00E3o"), v1::FIREARM_TYPE_OTHER);
  EXPECT_EQ(TypeOf("simulacro de pistola"), v1::FIREARM_TYPE_OTHER);
  EXPECT_EQ(TypeOf("Schreckschusspistole"), v1::FIREARM_TYPE_GAS_OR_SIGNAL);
  EXPECT_EQ(TypeOf("pistola (fogueo)"), v1::FIREARM_TYPE_GAS_OR_SIGNAL);
  EXPECT_EQ(TypeOf("converted blank-firing pistol"), v1::FIREARM_TYPE_UNSPECIFIED);
}

TEST(FirearmTypes, TellWhoMadeTheWeaponAndWhatWasDoneToIt) {
  const TypeReading homemade = ReadFirearmType("Espingarda de fabrica\u00E7\u00E3o caseira");
  EXPECT_EQ(homemade.type, v1::FIREARM_TYPE_SHOTGUN);
  EXPECT_EQ(homemade.production, v1::PRODUCTION_KIND_PRIVATELY_MADE);
  EXPECT_EQ(ReadFirearmType("Arma artesanal").production, v1::PRODUCTION_KIND_CRAFT);
  EXPECT_EQ(ReadFirearmType("3D printed pistol").production, v1::PRODUCTION_KIND_PRINTED);
  EXPECT_EQ(ReadFirearmType("Polymer80").production, v1::PRODUCTION_KIND_KIT_BUILT);
  EXPECT_EQ(ReadFirearmType("pistola").production, v1::PRODUCTION_KIND_UNSPECIFIED);
  EXPECT_THAT(ReadFirearmType("pistola convertida, cano serrado").modifications,
              ElementsAre(v1::MODIFICATION_CONVERTED, v1::MODIFICATION_SHORTENED));
  EXPECT_THAT(ReadFirearmType("sawn").modifications, IsEmpty());
}

TEST(FirearmTypes, FillInATypeThatWasNotGiven) {
  v1::Item item = Pistol();
  item.mutable_weapon()->set_type_verbatim("Rev\u00F3lver");
  EXPECT_EQ(ReadItem(item).weapon().type(), v1::FIREARM_TYPE_SELF_LOADING_PISTOL);
  item.mutable_weapon()->clear_type();
  EXPECT_EQ(ReadItem(item).weapon().type(), v1::FIREARM_TYPE_REVOLVER);
}

TEST(FirearmTypes, RefuseMalformedTables) {
  const std::string types = "meaning,language,words,source\n";
  EXPECT_TRUE(FirearmTypeList::Parse(types + "rifle,en,rifle,s\nrifle,fr,rifle,s\n").ok());
  for (const char* row :
       {"rifle,en,rifle,\n", "riffle,en,rifle,s\n", "rifle,en,--,s\n",
        "rifle,en,rifle,s\nshotgun,en,rifle,s\n", "rifle,en,one two three four five six,s\n"}) {
    EXPECT_FALSE(FirearmTypeList::Parse(types + row).ok()) << row;
  }
}

}  // namespace
}  // namespace tracegate
