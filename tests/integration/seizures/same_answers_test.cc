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
#include "tests/adapters/eventually.h"
#include "tests/adapters/mapping/mapping_of.h"
#include "tests/adapters/sql/registry_owner.h"
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

// The same weapons in a file and in a database.
class SameAnswers : public ::testing::TestWithParam<RegistryOwner::Kind> {
 protected:
  void SetUp() override {
    const std::string path =
        std::string(TRACEGATE_SOURCE_DIR) + "/../shared/data/seizures_rj_2020_2022_masked.csv";
    if (!std::filesystem::exists(path)) GTEST_SKIP() << "no seizure file at " << path;
    std::ostringstream text;
    text << std::ifstream(path, std::ios::binary).rdbuf();
    auto seizures = ReadSeizures(text.str());
    ASSERT_TRUE(seizures.ok()) << seizures.status();
    seizures_ = *std::move(seizures);
    OpenFile();
    OpenDatabase();
  }

  void OpenFile() {
    WriteSeizureCsv(seizures_, folder_.File("armas.csv"));
    config::v1::CsvRegistry config;
    config.set_folder(folder_.File(""));
    Mapping mapping = MappingOf(CsvMapping());
    auto files = CsvAdapter::FilesOf(config, mapping);
    ASSERT_TRUE(files.ok()) << files.status();
    file_ = std::make_unique<CsvAdapter>(CsvAdapter::Options{
        .name = "csv", .state = "BR", .mapping = std::move(mapping), .files = *std::move(files)});
    ASSERT_TRUE(Eventually([this] {
      std::promise<absl::Status> answered;
      file_->Health({}, [&](const absl::Status& status) { answered.set_value(status); });
      return answered.get_future().get().ok();
    })) << "the file is not read";
  }

  void OpenDatabase() {
    owner_ = RegistryOwner::Of(GetParam());
    for (const std::string& sql : SeizureRegistrySql(seizures_)) owner_->Run(sql);
    auto opened = SqlAdapter::Open({"sql", "BR", owner_->Source(), MappingOf(SeizureMapping())});
    ASSERT_TRUE(opened.ok()) << opened.status();
    database_ = *std::move(opened);
  }

  const TempFolder folder_;
  std::vector<Seizure> seizures_;
  std::unique_ptr<RegistryOwner> owner_;
  std::unique_ptr<RegistryAdapter> file_;
  std::unique_ptr<RegistryAdapter> database_;
};

INSTANTIATE_TEST_SUITE_P(Each, SameAnswers,
                         ::testing::Values(RegistryOwner::Kind::kSqlite,
                                           RegistryOwner::Kind::kPostgres,
                                           RegistryOwner::Kind::kOdbcPostgres),
                         [](const auto& kind) { return KindName(kind.param); });

TEST_P(SameAnswers, ComeOutOfTheFileAndOutOfTheDatabaseItWasLoadedInto) {
  int asked = 0;
  int found = 0;
  for (size_t i = 0; i < seizures_.size(); i += kAskedEvery) {
    v1::Item item;
    *item.mutable_weapon() = WeaponOf(seizures_[i]);
    const ItemReading reading(item);
    if (SpellingsToAsk(reading.serial).empty()) continue;
    const auto from_database = AnswerOf(*database_, reading);
    EXPECT_EQ(AnswerOf(*file_, reading), from_database) << "row " << i + 1;
    ++asked;
    found += from_database.empty() ? 0 : 1;
  }
  EXPECT_GT(asked, 2000);
  EXPECT_GT(found, asked * 9 / 10);
}

}  // namespace
}  // namespace tracegate
