#include "adapters/csv/csv_adapter.h"

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/synchronization/mutex.h"
#include "absl/time/clock.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "protos/tracegate/failure.h"
#include "tests/adapters/eventually.h"
#include "tests/adapters/mapping/mapping_of.h"
#include "tests/adapters/registry_calls.h"

namespace tracegate {
namespace {

using adapter::v1::FindRequest;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr char kMapping[] = R"yaml(
source: armas.csv
record_number: registo
serial_search: {column: numero, cell: NUMBER_FIRST}
fields:
  - {column: marca, to: firearm.manufacturer}
events:
  - source: movimentos.csv
    record_number: registo
    kind: EXPORT
    order_by: ordem
    fields:
      - {column: destino, to: to_state}
)yaml";

constexpr char kWeapons[] =
    "registo,numero,marca\n"
    "1,AB-12 34,Taurus\n"
    "2,\"771 \n(cano 9)\",\"Rossi, Amadeo\"\n"
    "3,38126 (ferrolho 771),INA\n"
    "4,,CBC\n"
    "4,00042,CBC\n";

constexpr char kMovements[] =
    "registo,ordem,destino\n"
    "1,10,AO\n"
    "1,9,PY\n"
    "7,1,UY\n";

// A folder of files that somebody keeps, and an adapter that looks at it every few milliseconds.
class CsvAdapterTest : public testing::Test, public RegistryCalls {
 protected:
  CsvAdapterTest()
      : folder_(std::filesystem::temp_directory_path() /
                ("tracegate-csv-" + std::to_string(getpid()) + "-" +
                 testing::UnitTest::GetInstance()->current_test_info()->name())) {
    std::filesystem::create_directories(folder_);
  }
  ~CsvAdapterTest() override {
    adapter_.reset();
    std::filesystem::remove_all(folder_);
  }

  void Write(const std::string& name, const std::string& text) {
    const std::filesystem::path place = folder_ / name;
    std::ofstream(place.string() + ".new", std::ios::binary) << text;
    std::filesystem::rename(place.string() + ".new", place);
  }

  config::v1::CsvRegistry Config() {
    config::v1::CsvRegistry config;
    config.set_folder(folder_.string());
    return config;
  }

  void Open(const std::string& yaml, const config::v1::CsvRegistry& config) {
    Mapping mapping = MappingOf(yaml);
    auto files = CsvAdapter::FilesOf(config, mapping);
    ASSERT_TRUE(files.ok()) << files.status();
    adapter_ = std::make_unique<CsvAdapter>(
        CsvAdapter::Options{.name = "sinarm",
                            .state = "BR",
                            .mapping = std::move(mapping),
                            .files = *std::move(files),
                            .look_period = absl::Milliseconds(2),
                            .tell = [this](const std::string& trouble) {
                              absl::MutexLock lock(&mutex_);
                              told_.push_back(trouble);
                            }});
  }
  void Open() {
    Write("armas.csv", kWeapons);
    Write("movimentos.csv", kMovements);
    Open(kMapping, Config());
    ASSERT_TRUE(Eventually([&] { return Health().ok(); }));
  }

  std::vector<std::string> told() {
    absl::MutexLock lock(&mutex_);
    return told_;
  }

  const std::filesystem::path folder_;
  absl::Mutex mutex_;
  std::vector<std::string> told_;
};

TEST_F(CsvAdapterTest, FindsBySerialWhateverTheSeparatorsAndCases) {
  Open();
  for (const char* spelling : {"AB-12 34", "AB1234", "ab1234", "AB.1234"}) {
    EXPECT_THAT(Found(Spelled({spelling})), ElementsAre("1")) << spelling;
  }
  EXPECT_THAT(Found(Spelled({"AB123"})), IsEmpty());
  EXPECT_THAT(Found(Spelled({"42"})), IsEmpty()) << "leading zeros are characters";
  EXPECT_THAT(Found(Spelled({"00042"})), ElementsAre("4"));
  EXPECT_THAT(told(), IsEmpty());
}

TEST_F(CsvAdapterTest, FindsTheNumberThatACellBeginsWithAndNoOther) {
  Open();
  EXPECT_THAT(Found(Spelled({"38126"})), ElementsAre("3"));
  EXPECT_THAT(Found(Spelled({"771"})), IsEmpty()) << "of too few characters, and not the first";
}

TEST_F(CsvAdapterTest, TellsTheLifeOfARecordInItsOrder) {
  Open();
  const auto shown = GetRecord("1");
  ASSERT_TRUE(shown.ok()) << shown.status();
  const v1::RegistryRecord& record = shown->record();
  EXPECT_EQ(record.firearm().serial_number(), "AB-12 34");
  EXPECT_EQ(record.firearm().manufacturer().verbatim(), "Taurus");
  ASSERT_EQ(record.events_size(), 2);
  EXPECT_EQ(record.events(0).to_state(), "PY");
  EXPECT_EQ(record.events(1).to_state(), "AO");
  EXPECT_EQ(GetRecord("2")->record().firearm().manufacturer().verbatim(), "Rossi, Amadeo");
  EXPECT_EQ(DetailOf(GetRecord("5").status()).reason(), v1::REASON_RECORD_NOT_FOUND);
}

TEST_F(CsvAdapterTest, FindsByPattern) {
  Open();
  EXPECT_THAT(Found(Patterned("AB12??")), ElementsAre("1"));
  EXPECT_THAT(Found(Patterned("ab-1*4")), ElementsAre("1"));
  EXPECT_THAT(Found(Patterned("AB12?")), IsEmpty());
  EXPECT_THAT(Found(Patterned("*")), IsEmpty()) << "looks for nothing";
}

TEST_F(CsvAdapterTest, StopsAtTheBoundAndSaysThereAreMore) {
  Write("armas.csv", "registo,numero,marca\n1,X1111,A\n2,X1111,B\n3,X1111,C\n");
  Write("movimentos.csv", "registo,ordem,destino\n");
  Open(kMapping, Config());
  ASSERT_TRUE(Eventually([&] { return Health().ok(); }));
  const auto two = Find(Spelled({"X1111"}, 2));
  EXPECT_EQ(two->records().records_size(), 2);
  EXPECT_TRUE(two->records().more());
  EXPECT_FALSE(Find(Spelled({"X1111"}, 3))->records().more());
}

TEST_F(CsvAdapterTest, SkipsBadRowsAndTellsTheirLines) {
  Write("movimentos.csv", kMovements);
  Write(
      "armas.csv",
      "registo,numero,marca\n1,A1111,X\n2,B1111\n\n3,\"C\n1111\",X,Y\n4,\"D1111\"x,X\n5,E1111,X\n");
  Open(kMapping, Config());
  ASSERT_TRUE(Eventually([&] { return Health().ok(); }));
  EXPECT_THAT(Found(Spelled({"E1111"})), ElementsAre("5"));
  EXPECT_THAT(Found(Spelled({"B1111"})), IsEmpty());
  ASSERT_EQ(told().size(), 1u);
  EXPECT_THAT(told()[0], HasSubstr("armas.csv: 3 rows skipped, 2 read"));
  EXPECT_THAT(told()[0], HasSubstr("line 3 has fewer fields"));
  EXPECT_THAT(told()[0], HasSubstr("line 5 has more fields"));
  EXPECT_THAT(told()[0], HasSubstr("line 7 has text behind a closing quote"));
  EXPECT_THAT(told()[0], testing::Not(HasSubstr("1111"))) << "nothing of what they hold";
}

TEST_F(CsvAdapterTest, ReadsAgainWhatChanged) {
  Open();
  Write("armas.csv", "registo,numero,marca\n9,NEW99,Z\n");
  EXPECT_TRUE(Eventually([&] { return !Found(Spelled({"NEW99"})).empty(); }));
  EXPECT_THAT(Found(Spelled({"AB1234"})), IsEmpty());
}

TEST_F(CsvAdapterTest, GoesOnWithWhatItReadWhereNewFilesCannotBeRead) {
  Open();
  Write("armas.csv", "registo,serie,marca\n9,NEW99,Z\n");
  EXPECT_TRUE(Eventually([&] { return !Health().ok(); }));
  EXPECT_EQ(DetailOf(Health()).reason(), v1::REASON_REGISTRY_MISMATCH);
  EXPECT_THAT(Health().message(),
              HasSubstr("armas.csv has no column 'numero' (serial_search.column)"));
  EXPECT_THAT(Found(Spelled({"AB1234"})), ElementsAre("1"));
  EXPECT_THAT(told(), ElementsAre(HasSubstr("no column 'numero'")));
  Write("armas.csv", kWeapons);
  EXPECT_TRUE(Eventually([&] { return Health().ok(); }));
}

TEST_F(CsvAdapterTest, IsUnavailableUntilItsFilesAreThere) {
  Open(kMapping, Config());
  EXPECT_FALSE(Health().ok());
  ASSERT_TRUE(Eventually([&] { return !told().empty(); }));
  const absl::Status status = Find(Spelled({"AB1234"})).status();
  EXPECT_EQ(DetailOf(status).reason(), v1::REASON_REGISTRY_UNAVAILABLE);
  EXPECT_THAT(status.message(), HasSubstr("armas.csv is not there"));
  Write("armas.csv", kWeapons);
  Write("movimentos.csv", kMovements);
  EXPECT_TRUE(Eventually([&] { return Find(Spelled({"AB1234"})).ok(); }));
}

TEST_F(CsvAdapterTest, ReadsNoFileThatIsTooLong) {
  Write("armas.csv", kWeapons);
  Write("movimentos.csv", kMovements);
  config::v1::CsvRegistry config = Config();
  config.set_file_bytes_max(100);
  Open(kMapping, config);
  EXPECT_FALSE(Health().ok());
  ASSERT_TRUE(Eventually([&] { return !told().empty(); }));
  EXPECT_THAT(Health().message(), HasSubstr("more than 100 bytes"));
}

TEST_F(CsvAdapterTest, ReadsFixedWidthFilesInEbcdic) {
  config::v1::CsvRegistry config = Config();
  auto& file = (*config.mutable_fixed_width())["WEAPONS.DAT"];
  int first = 1;
  for (const auto& [name, length] :
       std::vector<std::pair<std::string, int>>{{"NO", 4}, {"SER", 8}, {"MAK", 6}}) {
    auto* column = file.add_columns();
    column->set_name(name);
    column->set_first(first);
    column->set_length(length);
    first += length;
  }
  const auto ebcdic = CharacterSet::Named("IBM037");
  Write("WEAPONS.DAT",
        *ebcdic->Encode("0001AB 1234 COLT  ") + "\x15" + *ebcdic->Encode("0002XY99    S&W"));
  Open(R"(
source: WEAPONS.DAT
record_number: NO
serial_search: {column: SER}
character_set: IBM037
fields: [{column: MAK, to: firearm.manufacturer}]
)",
       config);
  ASSERT_TRUE(Eventually([&] { return Health().ok(); }));
  EXPECT_THAT(Found(Spelled({"AB1234"})), ElementsAre("0001"));
  EXPECT_EQ(GetRecord("0002")->record().firearm().manufacturer().verbatim(), "S&W");
}

TEST_F(CsvAdapterTest, ReadsFilesWhoseCharactersHaveSeveralBytes) {
  auto config = Config();
  config.set_delimiter("|");
  // The second bytes of these are `|` and `\`; the code of the maker of 3 is nobody's, and 4 lacks a field.
  Write("heiki.txt",
        "NO|SER|MAK\r\n1|AB-1|\x83\x7C\x83\x5C\r\n2|\x83\x7C"
        "7|Colt\r\n3|CD-3|\x85\x7C"
        "A\r\n4|EF-4\r\n");
  const auto mapping = [](const std::string& set) {
    return R"(
source: heiki.txt
record_number: NO
serial_search: {column: SER}
fields: [{column: MAK, to: firearm.manufacturer}]
character_set: )" +
           set;
  };
  Open(mapping("Shift_JIS"), config);
  ASSERT_TRUE(Eventually([&] { return Health().ok(); }));
  EXPECT_EQ(GetRecord("1")->record().firearm().manufacturer().verbatim(), "ポソ");
  EXPECT_THAT(Found(Spelled({"ポ7"})), ElementsAre("2"));
  const v1::RegistryRecord broken = GetRecord("3")->record();
  ASSERT_EQ(broken.losses_size(), 1);
  EXPECT_EQ(broken.losses(0).name(), "MAK");
  EXPECT_EQ(broken.verbatim(2).value(), "\\xffA");
  EXPECT_THAT(told(), ElementsAre(HasSubstr("line 5 has fewer fields")));
  Write("heiki.txt", *CharacterSet::Named("UTF-16")->Encode("NO|SER|MAK\r\n1|銃-1|ポ\r\n"));
  Open(mapping("UTF-16"), config);
  ASSERT_TRUE(Eventually([&] { return Health().ok(); }));
  EXPECT_THAT(Found(Spelled({"銃1"})), ElementsAre("1"));
  EXPECT_EQ(GetRecord("1")->record().firearm().manufacturer().verbatim(), "ポ");
}

TEST_F(CsvAdapterTest, RefusesRequestsOutOfBounds) {
  Open();
  EXPECT_EQ(DetailOf(Find(FindRequest()).status()).reason(), v1::REASON_FIELD_INVALID);
  EXPECT_EQ(DetailOf(Find(Spelled({"X"}, 51)).status()).reason(), v1::REASON_FIELD_INVALID);
  EXPECT_EQ(DetailOf(Find(Patterned("*?*?*?*?*1")).status()).reason(), v1::REASON_FIELD_TOO_LONG);
  EXPECT_EQ(DetailOf(GetRecord("").status()).reason(), v1::REASON_FIELD_INVALID);
  EXPECT_EQ(DetailOf(Find(Spelled({"AB1234"}),
                          {.deadline = absl::Now() - absl::Seconds(1), .cancelled = {}})
                         .status())
                .reason(),
            v1::REASON_DEADLINE_EXCEEDED);
}

TEST_F(CsvAdapterTest, AnswersManyThreadsWhileFilesChange) {
  Open();
  std::vector<std::thread> askers;
  for (int i = 0; i < 4; ++i) {
    askers.emplace_back([&] {
      for (int j = 0; j < 200; ++j) {
        const auto found = Find(Spelled({"AB1234"}));
        ASSERT_TRUE(found.ok()) << found.status();
        ASSERT_EQ(found->records().records_size(), 1);
      }
    });
  }
  for (int i = 0; i < 20; ++i)
    Write("armas.csv", kWeapons + std::string(static_cast<size_t>(i), '\n'));
  for (std::thread& asker : askers) asker.join();
}

TEST(CsvAdapterOptions, AreRefusedWithTheirField) {
  const auto refusal = [](const std::string& source, auto change, const std::string& search = "") {
    config::v1::CsvRegistry config;
    config.set_folder("/somewhere");
    change(&config);
    const Mapping mapping =
        MappingOf("source: '" + source + "'\nrecord_number: n\nserial_search: {column: s" + search +
                  "}\nfields: [{column: m, to: firearm.model}]\n");
    const absl::Status status = CsvAdapter::FilesOf(config, mapping).status();
    EXPECT_EQ(DetailOf(status).reason(), v1::REASON_CONFIG_INVALID) << source;
    return std::string(status.message());
  };
  const auto as_it_is = [](config::v1::CsvRegistry*) {};
  EXPECT_THAT(refusal("../a.csv", as_it_is), HasSubstr("csv.mapping: names '../a.csv' (source)"));
  EXPECT_THAT(refusal("..", as_it_is), HasSubstr("csv.mapping"));
  EXPECT_THAT(refusal("a.csv", as_it_is, ", folded: UPPER(s)"), HasSubstr("which is SQL"));
  for (const char* delimiter : {"\"", "\n", ";;", "·"}) {
    EXPECT_THAT(refusal("a.csv", [&](auto* config) { config->set_delimiter(delimiter); }),
                HasSubstr("csv.delimiter"));
  }
  EXPECT_THAT(refusal("a.csv", [](auto* config) { (*config->mutable_fixed_width())["a.csv"]; }),
              HasSubstr("has no columns"));
  EXPECT_THAT(refusal("a.csv",
                      [](auto* config) {
                        (*config->mutable_fixed_width())["a.csv"].add_columns()->set_name("n");
                      }),
              HasSubstr("first position"));
}

TEST(CsvAdapterOptions, RefuseAMappingOfListsInARecord) {
  std::string yaml = kMapping;
  const std::string number = "    record_number: registo\n";
  yaml.erase(yaml.find(number), number.size());
  config::v1::CsvRegistry config;
  config.set_folder("/somewhere");
  const absl::Status status = CsvAdapter::FilesOf(config, MappingOf(yaml)).status();
  EXPECT_EQ(DetailOf(status).reason(), v1::REASON_CONFIG_INVALID);
  EXPECT_THAT(std::string(status.message()),
              HasSubstr("csv.mapping: has events[0].source without record_number"));
}

}  // namespace
}  // namespace tracegate
