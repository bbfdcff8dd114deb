#include "adapters/marking/table_directory.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <string>

#include "adapters/marking/makers.h"
#include "adapters/marking/models.h"

namespace tracegate {
namespace {

using testing::HasSubstr;

constexpr char kMakers[] = "canonical,aliases,sites,successor,status,source\n";
constexpr char kModels[] = "canonical,aliases,parent,makers,origin,calibres,type,source\n";

class TableDirectory : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = (std::filesystem::temp_directory_path() / "tables.XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    directory_ = name;
  }
  void TearDown() override { std::filesystem::remove_all(directory_); }

  void Write(const std::string& file, const std::string& text) {
    std::ofstream(directory_ / file) << text;
  }

  absl::Status Read() { return ReadTables(directory_).status(); }

  std::string Message() { return Read().ToString(); }

  std::filesystem::path directory_;
};

using TableDirectoryDeathTest = TableDirectory;

TEST_F(TableDirectory, AddsRowsBehindThoseCarried) {
  Write("makers.csv", std::string(kMakers) + "Acme Test Works,ATW9,MX,,active,s\n");
  Write("models.csv", std::string(kModels) + "Acme Test Works 1,,,Acme Test Works,,,RIFLE,s\n");
  Write("notes.txt", "no table");
  const auto tables = ReadTables(directory_);
  ASSERT_TRUE(tables.ok()) << tables.status();
  EXPECT_EQ(tables->size(), 2u);
  const auto makers = MakerCatalogue::Parse(tables->at("makers"));
  ASSERT_TRUE(makers.ok());
  EXPECT_EQ((*makers)->Read("ATW9").canonical(), "Acme Test Works");
  EXPECT_EQ((*makers)->Read("Taurus").canonical(), "Taurus");
}

TEST_F(TableDirectory, NamesFileAndLineOfAWrongRow) {
  Write("makers.csv",
        std::string(kMakers) + "Acme Test Works,,MX,,active,s\nB,,Mexico,,active,s\n");
  EXPECT_THAT(Message(), HasSubstr("makers.csv, line 3 has a site that is no State"));
  EXPECT_EQ(Read().code(), absl::StatusCode::kInvalidArgument);
  Write("makers.csv", std::string(kMakers) + "Taurus,,,,active,s\n");
  EXPECT_THAT(Message(), HasSubstr("makers.csv, line 2 repeats a maker"));
  Write("makers.csv", std::string(kMakers) + "Acme,,MX\n");
  EXPECT_THAT(Message(), HasSubstr("makers.csv, line 2 has the wrong number of fields"));
  Write("makers.csv", "canonical\n");
  EXPECT_THAT(Message(), HasSubstr("makers.csv, line 1 is not the header"));
}

TEST_F(TableDirectory, HoldsTablesAgainstOneAnother) {
  Write("models.csv", std::string(kModels) + "Acme Test Works 1,,,Acme Test Works,,,RIFLE,s\n");
  EXPECT_THAT(Message(), HasSubstr("models.csv, line 2 has the unknown maker 'Acme Test Works'"));
}

TEST_F(TableDirectory, RefusesAFileThatIsNoTableAndADirectoryThatIsNotThere) {
  Write("guns.csv", kMakers);
  EXPECT_THAT(Message(), HasSubstr("guns.csv is named like no table"));
  EXPECT_EQ(ReadTables(directory_ / "none").status().code(), absl::StatusCode::kNotFound);
}

TEST_F(TableDirectory, TakesADirectoryWithoutTables) { EXPECT_TRUE(Read().ok()); }

TEST_F(TableDirectory, RefusesToLoadOnceACatalogueIsUsed) {
  MakerCatalogue::Standard();
  EXPECT_EQ(LoadTables(directory_).code(), absl::StatusCode::kFailedPrecondition);
}

TEST_F(TableDirectoryDeathTest, MakesTheCataloguesOfAllRows) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  Write("makers.csv", std::string(kMakers) + "Acme Test Works,ATW9,MX,,active,s\n");
  // A program of its own, in which no catalogue was used yet.
  EXPECT_EXIT(
      {
        const bool loaded = LoadTables(directory_).ok();
        const bool known = MakerCatalogue::Standard().Read("ATW9").canonical() == "Acme Test Works";
        std::filesystem::remove_all(directory_);
        std::exit(loaded && known ? 0 : 1);
      },
      testing::ExitedWithCode(0), "");
}

}  // namespace
}  // namespace tracegate
