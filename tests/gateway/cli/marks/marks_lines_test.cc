#include "gateway/cli/marks_lines.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "gateway/cli/marks_registry.h"
#include "gateway/cli/weapon_line.h"
#include "nlohmann/json.hpp"

namespace tracegate {
namespace {

using nlohmann::json;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr char kRegistry[] =
    "serial,Year,note,ID,make,model,calibre\r\n"
    "TJX12345,1999,\"two\nlines\",a-1,Taurus,PT 92,9x19\r\n"
    "TJX12345,1999,,a-2,Glock,17,9x19\r\n"
    "short,row\r\n"
    "KX1,1999,,,Taurus,PT 92,9x19\r\n"
    "38126,,,a-3,Rossi,,.38 SPL\r\n";

std::vector<std::string> Lines(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

struct Answers {
  std::vector<std::string> lines;
  ExitCode exit;
};

Answers Read(const std::string& input) {
  std::istringstream in(input);
  std::ostringstream out;
  const ExitCode exit = ReadWeaponLines(in, out, "en");
  return {Lines(out.str()), exit};
}

json ReadOne(const json& line) { return json::parse(Read(line.dump()).lines.at(0)); }

absl::StatusOr<WeaponRows> Rows(const std::string& csv, std::vector<std::string>* bad) {
  std::istringstream in(csv);
  return ReadRegistry("r.csv", in, [&](const std::string& fault) { bad->push_back(fault); });
}

Answers Match(const std::string& queries, size_t top = 10) {
  std::vector<std::string> bad;
  auto rows = Rows(kRegistry, &bad);
  EXPECT_TRUE(rows.ok()) << rows.status();
  const auto index = *WeaponIndex::Build(*std::move(rows));
  std::istringstream in(queries);
  std::ostringstream out;
  const ExitCode exit = MatchWeaponLines(*index, top, in, out);
  return {Lines(out.str()), exit};
}

TEST(ReadWeaponLines, SaysWhatIsUnderstoodOfEachCell) {
  const json read = ReadOne({{"id", "x"},
                             {"make", "FORJAS TAURUS"},
                             {"model", "PT 92"},
                             {"calibre", "9 mm Para"},
                             {"country", "EUA"},
                             {"serial", "TJX12345 (cano), AB12345 (arma\u00E7\u00E3o)"}});
  EXPECT_EQ(read["id"], "x");
  EXPECT_EQ(read["make"]["canonical"], "Taurus");
  EXPECT_EQ(read["make"]["states"], json({"US", "BR"}));
  EXPECT_EQ(read["calibre"]["canonical"], "9x19");
  EXPECT_EQ(read["calibre"]["ambiguous"], json::array());
  EXPECT_EQ(read["country"], "US");
  EXPECT_EQ(read["serial"]["canonical"], "AB12345");
  EXPECT_EQ(read["serial"]["status"], "read");
  EXPECT_EQ(read["serial"]["alternatives"], json({"TJX12345"}));
  EXPECT_EQ(read["serial"]["numbers"][0]["part"], "barrel");
  EXPECT_EQ(read["ask"][0]["state"], "US");
}

TEST(ReadWeaponLines, AsksTheMainWorksFirstWhereNoCountryIsTold) {
  EXPECT_EQ(ReadOne({{"make", "Taurus"}})["make"]["states"], json({"BR", "US"}));
}

TEST(ReadWeaponLines, LeavesWhatIsNotKnownNull) {
  const json read = ReadOne(json::object());
  EXPECT_EQ(read["id"], nullptr);
  EXPECT_EQ(read["make"]["canonical"], nullptr);
  EXPECT_EQ(read["make"]["states"], json::array());
  EXPECT_EQ(read["country"], nullptr);
  EXPECT_EQ(read["type"], nullptr);
  EXPECT_EQ(read["serial"]["canonical"], nullptr);
  EXPECT_EQ(read["serial"]["status"], "absent");
}

TEST(ReadWeaponLines, TellsTheStatesOfASerialApart) {
  const auto status = [](const char* serial) { return ReadOne({{"serial", serial}})["serial"]; };
  EXPECT_EQ(status("TJX12345")["status"], "read");
  EXPECT_EQ(status("TJX12345 (revelado)")["status"], "read");
  EXPECT_EQ(status("TJX1??45")["status"], "partial");
  EXPECT_EQ(status("TJX1??45")["canonical"], "TJX1??45");
  EXPECT_EQ(status("RASPADO")["status"], "removed");
  EXPECT_EQ(status("sem n\u00FAmero")["status"], "absent");
  EXPECT_EQ(status("ignorado")["status"], "absent");
}

TEST(ReadWeaponLines, FindsWhatIsWrongUnderTheNameOfTheCell) {
  const json read = ReadOne({{"make", "Taurus"}, {"calibre", "9 mm"}, {"serial", "TJX12345"}});
  bool found = false;
  for (const json& finding : read["findings"])
    found = found || (finding["field"] == "calibre" && finding["severity"] == "warning" &&
                      !finding["text"].get<std::string>().empty());
  EXPECT_TRUE(found) << read;
  EXPECT_GT(read["calibre"]["ambiguous"].size(), 1u);
}

TEST(ReadWeaponLines, AnswersEachLineInItsTurnWhateverItIs) {
  const Answers answers = Read("{\"id\":1}\nnonsense\n[]\n\n{\"serial\":{}}\n{\"id\":2}");
  ASSERT_EQ(answers.lines.size(), 6u);
  EXPECT_EQ(json::parse(answers.lines[0])["id"], 1);
  EXPECT_EQ(json::parse(answers.lines[1]), (json{{"line", 2}, {"error", "must be a JSON object"}}));
  EXPECT_EQ(json::parse(answers.lines[2])["line"], 3);
  EXPECT_EQ(json::parse(answers.lines[3])["line"], 4);
  EXPECT_THAT(json::parse(answers.lines[4])["error"].get<std::string>(), HasSubstr("serial"));
  EXPECT_EQ(json::parse(answers.lines[5])["id"], 2);
  EXPECT_EQ(answers.exit, kExitUsage);
  EXPECT_EQ(Read("{}\n").exit, kExitOk);
  EXPECT_EQ(Read("").exit, kExitOk);
}

TEST(ReadWeaponLines, PassesALineOverThatIsTooLong) {
  const std::string fits = "{\"serial\":\"" + std::string(kWeaponLineBytesMax - 13, '7') + "\"}";
  ASSERT_EQ(fits.size(), kWeaponLineBytesMax);
  EXPECT_EQ(Read(fits + "\n").exit, kExitOk);
  const Answers answers = Read(fits + " \n{\"id\":\"next\"}\n");
  EXPECT_EQ(json::parse(answers.lines.at(0)), (json{{"line", 1}, {"error", "is over 1 MiB"}}));
  EXPECT_EQ(json::parse(answers.lines.at(1))["id"], "next");
}

TEST(ReadWeaponLines, GivesIdsBackAsTheyCame) {
  for (const char* id : {"\"a\"", "7", "-7", "1.50", "12345678901234567890123", "null"}) {
    EXPECT_THAT(Read(std::string("{\"id\":") + id + "}").lines.at(0),
                testing::StartsWith(std::string("{\"id\":") + id + ","));
  }
  EXPECT_EQ(json::parse(Read("{\"id\":\"\\u0000\\\"\"}").lines.at(0))["id"],
            std::string("\0\"", 2));
  EXPECT_EQ(Read("{\"id\":[1]}").exit, kExitUsage);
}

TEST(ReadWeaponLine, TakesNumbersAsTheyWereWritten) {
  const auto read = ReadWeaponLine(R"({"serial":1.20000E+11,"model":92,"year":1999,"other":[{}]})");
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(read->weapon.serial, "1.20000E+11");
  EXPECT_EQ(read->weapon.model, "92");
  EXPECT_EQ(read->weapon.year, "1999");
  EXPECT_EQ(read->weapon.make, "");
}

TEST(ReadWeaponLine, RefusesWhatIsNoWeapon) {
  for (const char* text : {"", "null", "1", "\"a\"", "[{}]", "{", "{}{}", "{\"make\":true}",
                           "{\"make\":[]}", "{\"make\":{\"a\":1}}", "{\"make\":1,\"make\":1}",
                           "{\"make\":\"\xFF\"}", "{\"make\":\"\\ud800\"}"}) {
    EXPECT_FALSE(ReadWeaponLine(text).ok()) << text;
  }
  EXPECT_TRUE(ReadWeaponLine(R"({"x":1,"x":{"make":1},"make":1})").ok());
}

TEST(MatchWeaponLines, RanksCandidatesAndSaysWhy) {
  const json answer = json::parse(
      Match(
          R"({"id":5,"make":"TAURUS","model":"PT92","calibre":"9 mm Luger","serial":"tjx 12345"})")
          .lines.at(0));
  EXPECT_EQ(answer["id"], 5);
  ASSERT_EQ(answer["candidates"].size(), 2u);
  EXPECT_EQ(answer["candidates"][0]["id"], "a-1");
  EXPECT_EQ(answer["candidates"][0]["identity"], true);
  EXPECT_EQ(answer["candidates"][1]["id"], "a-2");
  EXPECT_EQ(answer["candidates"][1]["identity"], false);
  EXPECT_GT(answer["candidates"][0]["score"], answer["candidates"][1]["score"]);
  EXPECT_THAT(answer["candidates"][1]["why"].dump(), HasSubstr("manufacturer: differs"));
  EXPECT_GT(answer["us"].get<double>(), 0);
}

TEST(MatchWeaponLines, AnswersNoCandidatesWithAnEmptyList) {
  const Answers answers = Match("{\"serial\":\"QQ9911\"}\nx\n{\"serial\":\"TJX12345\"}\n", 1);
  EXPECT_THAT(json::parse(answers.lines.at(0))["candidates"], IsEmpty());
  EXPECT_EQ(json::parse(answers.lines.at(1))["line"], 2);
  EXPECT_EQ(json::parse(answers.lines.at(2))["candidates"].size(), 1u);
  EXPECT_EQ(answers.exit, kExitUsage);
}

TEST(ReadRegistry, PassesOverWhatIsNoWeaponAndSaysWhere) {
  std::vector<std::string> bad;
  const auto rows = Rows(kRegistry, &bad);
  ASSERT_TRUE(rows.ok()) << rows.status();
  EXPECT_EQ(rows->Count(), 3u);
  EXPECT_THAT(bad, ElementsAre(HasSubstr("r.csv, line 5: has 2 fields"),
                               HasSubstr("r.csv, line 6: has no id")));
}

TEST(ReadRegistry, NamesTheColumnThatIsMissingOrThereTwice) {
  std::vector<std::string> bad;
  EXPECT_THAT(std::string(Rows("id,make,model,calibre,serial\n", &bad).status().message()),
              HasSubstr("'year'"));
  EXPECT_THAT(std::string(Rows("id,make,model,calibre,serial,year,ID\n", &bad).status().message()),
              HasSubstr("two columns 'id'"));
  EXPECT_FALSE(Rows("", &bad).ok());
  EXPECT_TRUE(Rows("id,make,model,calibre,serial,year", &bad).ok());
}

}  // namespace
}  // namespace tracegate
