#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <future>
#include <map>
#include <memory>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "adapters/csv/csv_adapter.h"
#include "adapters/marking/match.h"
#include "adapters/sql/sql_adapter.h"
#include "tests/adapters/mapping/mapping_of.h"
#include "tests/gateway/storage/temp_folder.h"
#include "tests/integration/seizures/seizure_file.h"
#include "tests/integration/seizures/seizure_registry.h"

namespace tracegate {
namespace {

constexpr size_t kAskedEvery = 5;

std::string Quoted(const std::string& field) {
  std::string quoted = "\"";
  for (const char c : field) quoted.append(c == '"' ? 2 : 1, c);
  return quoted + "\"";
}

void WriteSeizureCsv(const std::vector<Seizure>& seizures, const std::string& file) {
  std::ofstream out(file, std::ios::binary);
  out << "id_arma,num_serie,marca,modelo,calibre,especie,pais_fabricacao,patrimonio,ano_"
         "apreensao\r\n";
  for (size_t i = 0; i < seizures.size(); ++i) {
    const Seizure& s = seizures[i];
    out << i + 1;
    for (const std::string* text :
         {&s.serial, &s.make, &s.model, &s.calibre, &s.type, &s.country, &s.force_mark, &s.year}) {
      out << ',' << Quoted(*text);
    }
    out << "\r\n";
  }
}

// The mapping of the same columns in a file.
std::string CsvMapping() {
  std::istringstream lines(SeizureMapping());
  std::string yaml;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("source:")) line = "source: armas.csv";
    if (line.starts_with("  folded:")) continue;
    yaml += line + "\n";
  }
  return yaml;
}

absl::StatusOr<adapter::v1::FindResponse> Ask(RegistryAdapter& registry,
                                              const adapter::v1::FindRequest& request) {
  std::promise<absl::StatusOr<adapter::v1::FindResponse>> answered;
  registry.Find({}, request, [&](auto answer) { answered.set_value(std::move(answer)); });
  return answered.get_future().get();
}

// What is answered about a weapon: which records may be it, and how well each fits.
std::map<std::string, std::string> AnswerOf(RegistryAdapter& registry, const ItemReading& asked) {
  adapter::v1::FindRequest request;
  for (const std::string& spelling : SpellingsToAsk(asked.serial)) {
    request.add_serial_spellings(spelling);
  }
  request.set_candidates_max(50);
  std::map<std::string, std::string> answer;
  const auto found = Ask(registry, request);
  EXPECT_TRUE(found.ok()) << found.status();
  if (!found.ok()) return answer;
  if (found->records().more()) return {{"more", ""}};
  for (const v1::RegistryRecord& record : found->records().records()) {
    const v1::Candidate candidate = Compare(asked, record);
    if (candidate.grade() == v1::MATCH_GRADE_UNSPECIFIED) continue;
    answer[record.record_number()] =
        v1::MatchGrade_Name(candidate.grade()) + " " + record.firearm().SerializeAsString();
  }
  return answer;
}

TEST(SameAnswers, ComeOutOfTheFileAndOutOfTheDatabaseItWasLoadedInto) {
  const std::string path =
      std::string(TRACEGATE_SOURCE_DIR) + "/../shared/data/seizures_rj_2020_2022_masked.csv";
  if (!std::filesystem::exists(path)) GTEST_SKIP() << "no seizure file at " << path;
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  const auto seizures = ReadSeizures(text.str());
  ASSERT_TRUE(seizures.ok()) << seizures.status();

  const TempFolder folder;
  ASSERT_TRUE(WriteSeizureRegistry(*seizures, folder.File("armas.db")).ok());
  WriteSeizureCsv(*seizures, folder.File("armas.csv"));
  config::v1::SqlRegistry source;
  source.set_sqlite_file(folder.File("armas.db"));
  const auto sql = SqlAdapter::Open({"sql", "BR", source, MappingOf(SeizureMapping())});
  ASSERT_TRUE(sql.ok()) << sql.status();
  config::v1::CsvRegistry config;
  config.set_folder(folder.File(""));
  Mapping mapping = MappingOf(CsvMapping());
  auto files = CsvAdapter::FilesOf(config, mapping);
  ASSERT_TRUE(files.ok()) << files.status();
  CsvAdapter csv(
      {.name = "csv", .state = "BR", .mapping = std::move(mapping), .files = *std::move(files)});
  for (absl::Status ready = absl::UnavailableError("not asked"); !ready.ok();) {
    std::promise<absl::Status> answered;
    csv.Health({}, [&](const absl::Status& status) { answered.set_value(status); });
    ready = answered.get_future().get();
  }

  int asked = 0;
  int found = 0;
  for (size_t i = 0; i < seizures->size(); i += kAskedEvery) {
    v1::Item item;
    *item.mutable_weapon() = WeaponOf((*seizures)[i]);
    const ItemReading reading(item);
    if (SpellingsToAsk(reading.serial).empty()) continue;
    const auto from_sql = AnswerOf(**sql, reading);
    EXPECT_EQ(AnswerOf(csv, reading), from_sql) << "row " << i + 1;
    ++asked;
    found += from_sql.empty() ? 0 : 1;
  }
  EXPECT_GT(asked, 2000);
  EXPECT_GT(found, asked * 9 / 10);
}

}  // namespace
}  // namespace tracegate
