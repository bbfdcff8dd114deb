#include "adapters/marking/import_mark.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "adapters/marking/importers.h"

namespace tracegate {
namespace {

struct Import {
  const char* text;
  const char* state;
  int year;
  const char* importer;
  const char* place;
};

class ReadsImportMark : public testing::TestWithParam<Import> {};

TEST_P(ReadsImportMark, ToStateYearImporterAndPlace) {
  const ImportMark mark = ReadImportMark(GetParam().text);
  EXPECT_EQ(mark.state, GetParam().state);
  EXPECT_EQ(mark.year, GetParam().year);
  EXPECT_EQ(mark.importer, GetParam().importer);
  EXPECT_EQ(mark.place, GetParam().place);
}

INSTANTIATE_TEST_SUITE_P(
    StateAndYear, ReadsImportMark,
    testing::Values(
        Import{"DE 19", "DE", 2019, "", ""}, Import{"DE19", "DE", 2019, "", ""},
        Import{"19-DE", "DE", 2019, "", ""}, Import{"IMPORT AT 2004", "AT", 2004, "", ""},
        Import{"ME", "ME", 0, "", ""}, Import{"Imported Germany 1998", "DE", 1998, "", ""},
        Import{"IN", "IN", 0, "", ""}, Import{"BY 19", "BY", 2019, "", ""},
        Import{"IN 19", "IN", 2019, "", ""}, Import{"MLI 2010", "ML", 2010, "", ""},
        Import{"BJ 2015 000123", "BJ", 2015, "", ""}, Import{"BJ X 000123", "", 0, "", ""},
        Import{"CS 85", "CSHH", 1985, "", ""}, Import{"CS 04", "CSXX", 2004, "", ""},
        Import{"CS", "", 0, "", ""}, Import{"NOT ENGLISH MAKE", "GB", 0, "", ""},
        Import{"ENGLISH MAKE", "", 0, "", ""}, Import{"VT", "", 0, "", ""},
        Import{"QQ 19", "", 0, "", ""}, Import{"", "", 0, "", ""}, Import{"19", "", 0, "", ""}));

INSTANTIATE_TEST_SUITE_P(
    Importers, ReadsImportMark,
    testing::Values(
        Import{"CAI ST ALB VT", "US", 0, "Century Arms", "ST ALB VT"},
        Import{"C.A.I. GEORGIA VT", "US", 0, "Century Arms", "GEORGIA VT"},
        Import{"Century Arms Inc., St Albans, VT", "US", 0, "Century Arms", "ST ALBANS VT"},
        Import{"IMPORTED BY INTERARMS ALEXANDRIA VA", "US", 0, "Interarms", "ALEXANDRIA VA"},
        Import{"PW ARMS REDMOND WA", "US", 0, "PW Arms", "REDMOND WA"},
        Import{"IO INC MONROE NC", "US", 0, "IO Inc", "MONROE NC"},
        Import{"K.B.I. HBG PA", "US", 0, "KBI", "HBG PA"},
        Import{"EAA COCOA FL", "US", 0, "European American Armory", "COCOA FL"},
        Import{"M44 7.62X54R RUSSIA CAI ST ALB VT", "US", 0, "Century Arms", "ST ALB VT"},
        Import{"CAI GEORGIA VT M44", "US", 0, "Century Arms", "GEORGIA VT"},
        Import{"CAI GEORGIA VT 2009", "US", 2009, "Century Arms", "GEORGIA VT"},
        Import{"ACME DOVER DE", "US", 0, "ACME", "DOVER DE"}, Import{"DOVER DE", "", 0, "", ""},
        Import{"DIGECAM", "GT", 0, "DIGECAM", ""},
        Import{"Frankonia Rottendorf", "DE", 0, "Frankonia", "ROTTENDORF"}));

INSTANTIATE_TEST_SUITE_P(
    NameAndAddress, ReadsImportMark,
    testing::Values(Import{"Importado por Armer\u00EDa Sur, Lima, Per\u00FA", "PE", 0,
                           "ARMERIA SUR", "LIMA"},
                    Import{"Acme Ltd, Kingston, Jamaica", "JM", 0, "ACME LTD", "KINGSTON"},
                    Import{"Importado por Acme, Lima, Per\u00FA, 2015", "PE", 2015, "ACME", "LIMA"},
                    Import{"Imported by Acme Kingston Jamaica", "JM", 0, "ACME KINGSTON", ""},
                    Import{"Acme Kingston Jamaica", "", 0, "", ""},
                    Import{"Acme, Kingston, JM", "", 0, "", ""}));

TEST(Importers, RefuseMalformedTables) {
  const std::string importers = "name,aliases,state,place,source\n";
  EXPECT_TRUE(ImporterList::Parse(importers + "A,B;C,US,x,s\n").ok());
  for (const char* row :
       {"A,B,US,x,\n", "A,B,USA,x,s\n", "A,--,US,x,s\n", "A,C,US,x,s\nB,C,US,x,s\n"}) {
    EXPECT_FALSE(ImporterList::Parse(importers + row).ok()) << row;
  }
}

}  // namespace
}  // namespace tracegate
