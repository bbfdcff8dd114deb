#include "adapters/marking/tables.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "adapters/marking/calibre_words.h"
#include "adapters/marking/calibres.h"
#include "adapters/marking/firearm_types.h"
#include "adapters/marking/importers.h"
#include "adapters/marking/makers.h"
#include "adapters/marking/states.h"
#include "adapters/marking/words.h"

namespace tracegate {
namespace {

TEST(Tables, EveryTableThatShipsIsWellFormed) {
  EXPECT_EQ(MakerCatalogue::Parse(MakersCsv()).status().ToString(), "OK");
  EXPECT_EQ(CalibreWords::Parse(CalibreWordsCsv()).status().ToString(), "OK");
  EXPECT_EQ(FirearmTypeList::Parse(FirearmTypesCsv()).status().ToString(), "OK");
  EXPECT_EQ(CalibreCatalogue::Parse(CalibresCsv()).status().ToString(), "OK");
  EXPECT_EQ(StateCatalogue::Parse(IsoStatesCsv(), StatesCsv()).status().ToString(), "OK");
  EXPECT_EQ(ImporterList::Parse(ImportersCsv()).status().ToString(), "OK");
  EXPECT_EQ(WordList::Parse(WordsCsv()).status().ToString(), "OK");
}

TEST(Tables, EveryMakersSiteIsAPresentState) {
  for (const Maker& maker : MakerCatalogue::Standard().All()) {
    for (const Maker::Site& site : maker.sites) {
      const State* state = StateCatalogue::Standard().Find(site.state);
      EXPECT_TRUE(state != nullptr && !state->IsFormer()) << maker.canonical << " " << site.state;
    }
  }
}

}  // namespace
}  // namespace tracegate
