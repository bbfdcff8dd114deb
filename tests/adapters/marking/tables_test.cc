#include "adapters/marking/tables.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "adapters/marking/calibre_words.h"
#include "adapters/marking/calibres.h"
#include "adapters/marking/firearm_types.h"
#include "adapters/marking/importers.h"
#include "adapters/marking/makers.h"
#include "adapters/marking/models.h"
#include "adapters/marking/name_words.h"
#include "adapters/marking/proof_years.h"
#include "adapters/marking/selectors.h"
#include "adapters/marking/states.h"
#include "adapters/marking/symbols.h"
#include "adapters/marking/words.h"

namespace tracegate {
namespace {

TEST(Tables, EveryTableThatShipsIsWellFormed) {
  EXPECT_EQ(MakerCatalogue::Parse(MakersCsv()).status().ToString(), "OK");
  EXPECT_EQ(CalibreWords::Parse(CalibreWordsCsv()).status().ToString(), "OK");
  EXPECT_EQ(FirearmTypeList::Parse(FirearmTypesCsv()).status().ToString(), "OK");
  EXPECT_EQ(NameWords::Parse(NameWordsCsv()).status().ToString(), "OK");
  EXPECT_EQ(ModelCatalogue::Parse(ModelsCsv(), MakerCatalogue::Standard()).status().ToString(),
            "OK");
  EXPECT_EQ(SymbolCatalogue::Parse(SymbolsCsv(), MakerCatalogue::Standard()).status().ToString(),
            "OK");
  EXPECT_EQ(SelectorList::Parse(SelectorsCsv()).status().ToString(), "OK");
  EXPECT_EQ(ProofYears::Parse(ProofYearsCsv()).status().ToString(), "OK");
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

TEST(Tables, EverySymbolIsAStatesThatIsKnown) {
  for (const SymbolMeaning& meaning : SymbolCatalogue::Standard().All()) {
    for (const std::string& state : meaning.states)
      EXPECT_NE(StateCatalogue::Standard().Find(state), nullptr) << state;
  }
}

TEST(Tables, EveryModelsCalibreIsKnown) {
  for (const Model& model : ModelCatalogue::Standard().All()) {
    for (const std::string& calibre : model.calibres)
      EXPECT_EQ(CalibreCatalogue::Standard().Read(calibre).canonical(), calibre) << model.canonical;
  }
}

TEST(Tables, EveryModelIsReadByItsOwnNameAndMaker) {
  const ModelCatalogue& models = ModelCatalogue::Standard();
  for (const Model& model : models.All()) {
    v1::Term maker;
    if (!model.makers.empty()) maker.set_canonical(model.makers.front());
    const v1::Term read = models.Read(model.canonical, maker);
    std::vector<std::string> named(read.could_be().begin(), read.could_be().end());
    named.push_back(read.canonical());
    EXPECT_THAT(named, testing::Contains(model.canonical));
  }
}

}  // namespace
}  // namespace tracegate
