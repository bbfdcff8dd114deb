#include "adapters/marking/symbols.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "adapters/marking/reading.h"
#include "tests/adapters/marking/weapons.h"

namespace tracegate {
namespace {

using testing::Contains;
using testing::ElementsAre;

v1::Symbol SymbolOf(v1::SymbolShape shape, const std::string& code) {
  v1::Symbol symbol;
  symbol.set_shape(shape);
  symbol.set_code(code);
  return symbol;
}

std::string StateRead(v1::MarkKind kind, std::initializer_list<v1::Symbol> symbols) {
  v1::Item item = Pistol();
  v1::Mark& mark = AddMark(item, kind, "");
  for (const v1::Symbol& symbol : symbols) *mark.add_symbols() = symbol;
  return ReadItem(item).weapon().marks(0).country().iso_code();
}

TEST(Symbols, TellMakerStateAndTrap) {
  const SymbolMeaning* ten =
      SymbolCatalogue::Standard().Find(SymbolOf(v1::SYMBOL_SHAPE_DOUBLE_CIRCLE, "10"));
  ASSERT_NE(ten, nullptr);
  EXPECT_THAT(ten->makers, ElementsAre("Arsenal"));
  EXPECT_THAT(ten->states, ElementsAre("BG"));
  EXPECT_TRUE(ten->certain);
  EXPECT_NE(ten->trap, "");
}

TEST(Symbols, OfSeveralStatesAreNotCertain) {
  const SymbolMeaning* arrow =
      SymbolCatalogue::Standard().Find(SymbolOf(v1::SYMBOL_SHAPE_TRIANGLE_WITH_ARROW, ""));
  ASSERT_NE(arrow, nullptr);
  EXPECT_FALSE(arrow->certain);
  EXPECT_THAT(arrow->makers, Contains("Izhmash"));
  EXPECT_THAT(arrow->makers, Contains("Cugir"));
}

TEST(Symbols, WithAnyNumberAreFoundByTheirShape) {
  const SymbolCatalogue& symbols = SymbolCatalogue::Standard();
  const SymbolMeaning* any = symbols.Find(SymbolOf(v1::SYMBOL_SHAPE_TRIANGLE, "9999"));
  ASSERT_NE(any, nullptr);
  EXPECT_FALSE(any->certain);
  EXPECT_NE(symbols.Find(SymbolOf(v1::SYMBOL_SHAPE_TRIANGLE, "66")), any);
  EXPECT_EQ(symbols.Find(SymbolOf(v1::SYMBOL_SHAPE_TRIANGLE, "XQ")), nullptr);
  EXPECT_EQ(symbols.Find(SymbolOf(v1::SYMBOL_SHAPE_SQUARE, "66")), nullptr);
}

TEST(Symbols, FillTheCountryOfAMarkWhereTheyAreCertain) {
  EXPECT_EQ(StateRead(v1::MARK_KIND_MANUFACTURE, {SymbolOf(v1::SYMBOL_SHAPE_TRIANGLE, "66")}),
            "CN");
  EXPECT_EQ(StateRead(v1::MARK_KIND_PROOF, {SymbolOf(v1::SYMBOL_SHAPE_OVAL, "ELG")}), "BE");
  EXPECT_EQ(StateRead(v1::MARK_KIND_MANUFACTURE, {SymbolOf(v1::SYMBOL_SHAPE_STAR, "")}), "");
}

TEST(Symbols, DoNotFillAMarkOfAnotherKind) {
  EXPECT_EQ(StateRead(v1::MARK_KIND_PROOF, {SymbolOf(v1::SYMBOL_SHAPE_TRIANGLE, "66")}), "");
  EXPECT_EQ(StateRead(v1::MARK_KIND_MANUFACTURE, {SymbolOf(v1::SYMBOL_SHAPE_OVAL, "ELG")}), "");
}

TEST(Symbols, ThatContradictOneAnotherTellNothing) {
  EXPECT_EQ(StateRead(v1::MARK_KIND_MANUFACTURE, {SymbolOf(v1::SYMBOL_SHAPE_TRIANGLE, "66"),
                                                  SymbolOf(v1::SYMBOL_SHAPE_CIRCLE, "10")}),
            "");
}

TEST(Symbols, YieldToACountryThatIsTold) {
  v1::Item item = Pistol();
  v1::Mark& mark = AddMark(item, v1::MARK_KIND_MANUFACTURE, "Made in Austria");
  *mark.add_symbols() = SymbolOf(v1::SYMBOL_SHAPE_TRIANGLE, "66");
  EXPECT_EQ(ReadItem(item).weapon().marks(0).country().iso_code(), "AT");
}

TEST(Symbols, RefuseMalformedTables) {
  const auto makers = MakerCatalogue::Parse(
      "canonical,aliases,sites,successor,status,source\nAcme,,US,,active,s\n");
  ASSERT_TRUE(makers.ok());
  const std::string header = "shape,code,kinds,makers,states,certain,trap,source\n";
  EXPECT_TRUE(
      SymbolCatalogue::Parse(header + "STAR,1,MANUFACTURE,Acme,US,yes,,s\n", **makers).ok());
  for (const char* row :
       {"STAR,1,MANUFACTURE,Acme,US,yes,,\n", "BLOB,1,MANUFACTURE,Acme,US,yes,,s\n",
        "STAR,1,MADE,Acme,US,yes,,s\n", "STAR,1,MANUFACTURE,Bcme,US,yes,,s\n",
        "STAR,1,MANUFACTURE,Acme,US;CA,yes,,s\n", "STAR,1,MANUFACTURE,Acme,US,perhaps,,s\n",
        "STAR,1,,Acme,US,yes,,s\n", "STAR,1,MANUFACTURE,Acme,,no,,s\n",
        "STAR,a,MANUFACTURE,,US,no,,s\nSTAR,A,MANUFACTURE,,US,no,,s\n"}) {
    EXPECT_FALSE(SymbolCatalogue::Parse(header + row, **makers).ok()) << row;
  }
}

}  // namespace
}  // namespace tracegate
