#include "adapters/mapping/transfer_mapping.h"

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <google/protobuf/util/message_differencer.h>
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "protos/tracegate/bounds_check.h"
#include "protos/tracegate/config/yaml_message.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

absl::StatusOr<TransferMapping> Create(const std::string& yaml) {
  config::v1::TransferMapping proto;
  YamlPlaces places;
  const absl::Status read = ParseYamlMessage(yaml, "m.yaml", &proto, &places);
  if (!read.ok()) return read;
  return TransferMapping::Create(proto, places);
}

TransferMapping Valid(const std::string& yaml) {
  absl::StatusOr<TransferMapping> mapping = Create(yaml);
  EXPECT_TRUE(mapping.ok()) << mapping.status();
  return *std::move(mapping);
}

// What a row by column names comes to; what is not named is empty.
MappedRow Mapped(const TransferMapping& mapping, const std::map<std::string, std::string>& cells) {
  SourceRow row(mapping.columns().size());
  size_t used = 0;
  for (size_t i = 0; i < row.size(); ++i) {
    const auto found = cells.find(mapping.columns()[i].name);
    if (found == cells.end()) continue;
    row[i] = found->second;
    ++used;
  }
  EXPECT_EQ(used, cells.size()) << "the mapping does not read all of them";
  MappedRow mapped = mapping.Translate(row);
  for (const v1::TransferRecord& record : mapped.records) {
    const absl::Status bounds = CheckBounds(record);
    EXPECT_TRUE(bounds.ok()) << bounds;
  }
  return mapped;
}

std::vector<std::string> Losses(const MappedRow& row) {
  std::vector<std::string> losses;
  for (const TransferLoss& loss : row.losses) {
    losses.push_back(loss.column + "=" + loss.value + ": " + loss.reason +
                     (loss.stops ? " (stops)" : ""));
  }
  return losses;
}

// Without what was kept as written, as text format.
std::string TextOf(v1::TransferRecord record) {
  record.clear_verbatim();
  return record.ShortDebugString();
}

constexpr char kIcelandic[] = R"(
file: {delimiter: ";", character_set: ISO-8859-1}
fields:
  - {constant: AUTHORISED, to: basis}
  - {column: Tegund, to: kind, codes: kind}
  - {constant: IS, to: states.exporting}
  - {column: Dags, to: date, date_format: "%d.%m.%Y"}
  - {column: Land, to: states.importing, codes: lands, state_names: true}
  - {column: Um1, to: states.transit, state_names: true}
  - {column: Um2, to: states.transit, state_names: true}
  - {column: Upprunaland, to: states.origin, state_names: true}
  - {column: Leyfi, to: authorisation.number}
  - {constant: IS, to: authorisation.issuing_state}
  - {constant: GRANTED, to: authorisation.status}
  - {column: Notandi, to: end_users.name}
  - {column: Notandi land, to: end_users.state}
  - {column: Leynd, to: withheld_from_reports, codes: secret}
line_fields:
  - {constant: ITEMS, to: quantity.unit}
  - {column: Mynt, to: value.currency}
lines:
  - fields:
      - {column: Flokkur, to: category, codes: categories}
      - {column: Flokkur, to: subcategory, codes: subcategories}
      - {column: Fjoldi, to: quantity.amount, number: {thousands: "."}}
      - {column: Verd, to: value.units, number: {decimal: ",", thousands: ".", times: 1000}}
      - {column: Gerd, to: model}
reference: Leyfi
skip:
  - {column: Flokkur, values: [Samtals], reason: sum of the rows above}
keep: [Ath]
code_tables:
  kind: {codes: {U: EXPORT, I: IMPORT}}
  lands: {codes: {"Færeyjar og Danmörk": DK}}
  secret: {codes: {L: "true"}, others_say_nothing: true}
  categories: {codes: {"8.2": SMALL_ARMS_AND_LIGHT_WEAPONS, "7": MISSILES_AND_LAUNCHERS, "9": AMMUNITION}}
  subcategories: {codes: {"8.2": RIFLES_AND_CARBINES}, others_say_nothing: true}
)";

const std::map<std::string, std::string> kRow = {
    {"Tegund", "U"},      {"Dags", "07.03.2021"}, {"Land", "Noregi"},
    {"Leyfi", "2021-17"}, {"Flokkur", "8.2"},     {"Fjoldi", "1.200"},
    {"Verd", "1.234,5"},  {"Mynt", "ISK"},        {"Gerd", "TRG 22"},
};

std::map<std::string, std::string> RowWith(const std::string& column, const std::string& value) {
  auto row = kRow;
  row["Land"] = "Norway";
  row[column] = value;
  return row;
}

TEST(TransferMapping, SaysWhatARowMeans) {
  auto cells = RowWith("Um1", "Sweden");
  cells["Um2"] = "Schweden, Dänemark" /* names two */;
  cells["Upprunaland"] = "Yugoslavia";
  cells["Notandi"] = "Heimavernd";
  cells["Notandi land"] = "NO";
  cells["Leynd"] = "L";
  cells["Ath"] = "brýnt";
  const TransferMapping mapping = Valid(kIcelandic);
  const MappedRow row = Mapped(mapping, cells);
  EXPECT_THAT(Losses(row),
              ElementsAre("Um2=Schweden, Dänemark: names no State that is known; a code table may "
                          "say which it is (stops)"));
  cells["Um2"] = "Dänemark";
  const MappedRow sound = Mapped(mapping, cells);
  EXPECT_THAT(Losses(sound), IsEmpty());
  ASSERT_EQ(sound.records.size(), 1u);
  v1::TransferRecord expected;
  ASSERT_TRUE(google::protobuf::TextFormat::ParseFromString(
      R"(basis: TRANSFER_BASIS_AUTHORISED kind: TRANSFER_KIND_EXPORT
         date { year: 2021 month: 3 day: 7 }
         states { exporting: "IS" importing: "NO" transit: "SE" transit: "DK"
                  origin { verbatim: "Yugoslavia" iso_code: "YUCS" } }
         lines { number: 1 category: ARMS_CATEGORY_SMALL_ARMS_AND_LIGHT_WEAPONS
                 subcategory: ARMS_SUBCATEGORY_RIFLES_AND_CARBINES
                 model { verbatim: "TRG 22" }
                 quantity { amount: 1200 unit: QUANTITY_UNIT_ITEMS }
                 value { currency: "ISK" units: 1234500 } }
         authorisation { number: "2021-17" issuing_state: "IS" status: AUTHORISATION_STATUS_GRANTED }
         end_users { name: "Heimavernd" state: "NO" } withheld_from_reports: true)",
      &expected));
  EXPECT_EQ(TextOf(sound.records[0]), expected.ShortDebugString());
  std::map<std::string, std::string> kept;
  for (const auto& field : sound.records[0].verbatim()) kept[field.name()] = field.value();
  EXPECT_EQ(kept, cells) << "everything that is read is kept as it was written";
}

TEST(TransferMapping, StopsALineWhoseFigureCannotBeRead) {
  const TransferMapping mapping = Valid(kIcelandic);
  const struct {
    const char* column;
    const char* value;
    const char* loss;
  } kCases[] = {
      {"Tegund", "X", "Tegund=X: code not in the table 'kind' (stops)"},
      {"Tegund", "", "Tegund=: is empty; export, import or other? (stops)"},
      {"Dags", "31.02.2021", "Dags=31.02.2021: no such day in that month (stops)"},
      {"Dags", "", "Dags=: is empty; a record needs its year (stops)"},
      {"Land", "N/A",
       "Land=N/A: names no State that is known; a code table may say which it is (stops)"},
      {"Land", "Jugoslawien",
       "Land=Jugoslawien: names Yugoslavia, which is no State any more; a code table may say which "
       "it is (stops)"},
      {"Flokkur", "8.9", "Flokkur=8.9: code not in the table 'categories' (stops)"},
      {"Flokkur", "7", "Flokkur=: the category needs a sub-category (stops)"},
      {"Flokkur", "", "Flokkur=: is empty; a line needs its category (stops)"},
      {"Mynt", "", "Mynt=: is empty; a value needs its currency (stops)"},
      {"Mynt", "kr", "Mynt=kr: no ISO 4217 code such as EUR (stops)"},
  };
  for (const auto& [column, value, loss] : kCases) {
    const MappedRow row = Mapped(mapping, RowWith(column, value));
    EXPECT_THAT(Losses(row), ElementsAre(loss)) << column << " " << value;
    EXPECT_TRUE(row.records.empty());
    EXPECT_EQ(row.lines_lost, 1);
  }
}

TEST(TransferMapping, KeepsTheOneOfQuantityAndValueThatCanBeRead) {
  const TransferMapping mapping = Valid(kIcelandic);
  const MappedRow no_value = Mapped(mapping, RowWith("Verd", "N/A"));
  ASSERT_EQ(no_value.records.size(), 1u);
  EXPECT_FALSE(no_value.records[0].lines(0).has_value());
  EXPECT_THAT(Losses(no_value), ElementsAre("Verd=N/A: is no number such as 1234,5"));

  const MappedRow no_quantity = Mapped(mapping, RowWith("Fjoldi", "0"));
  ASSERT_EQ(no_quantity.records.size(), 1u);
  EXPECT_FALSE(no_quantity.records[0].lines(0).has_quantity());
  EXPECT_THAT(Losses(no_quantity), ElementsAre("Fjoldi=0: no whole number from 1"));

  auto neither = RowWith("Verd", "-5");
  neither["Fjoldi"] = "";
  const MappedRow lost = Mapped(mapping, neither);
  EXPECT_THAT(Losses(lost), ElementsAre("Verd=-5: is below zero (stops)"));
  EXPECT_EQ(lost.lines_lost, 1);
}

TEST(TransferMapping, LeavesOutWhatDecidesNothingAndTellsIt) {
  const MappedRow row = Mapped(Valid(kIcelandic), RowWith("Notandi land", "Norway"));
  ASSERT_EQ(row.records.size(), 1u);
  EXPECT_THAT(Losses(row),
              ElementsAre("Notandi land=Norway: no ISO 3166-1 alpha-2 code such as DE"));
}

TEST(TransferMapping, SkipsRowsThatAreNoTransfers) {
  const TransferMapping mapping = Valid(kIcelandic);
  EXPECT_EQ(Mapped(mapping, RowWith("Flokkur", " Samtals ")).skipped, "sum of the rows above");
  EXPECT_EQ(Mapped(mapping, {}).skipped, "nothing stands in what is read of it");
  EXPECT_EQ(Mapped(mapping, RowWith("Flokkur", "Samtals 2")).skipped, "");
}

constexpr char kWide[] = R"(
fields:
  - {constant: ACTUAL, to: basis}
  - {constant: EXPORT, to: kind}
  - {constant: FI, to: states.exporting}
  - {column: Year, to: date, date_format: "%Y"}
  - {column: To, to: states.importing, state_names: true}
line_fields:
  - {constant: EUR, to: value.currency}
lines:
  - present_if: "930200"
    absent_words: ["0"]
    fields:
      - {column: "930200", to: value.units}
      - {constant: "930200", to: hs_code}
      - {constant: SMALL_ARMS_AND_LIGHT_WEAPONS, to: category}
      - {constant: REVOLVERS_AND_SELF_LOADING_PISTOLS, to: subcategory}
  - present_if: "930621"
    absent_words: ["0"]
    fields:
      - {column: "930621", to: value.units}
      - {constant: AMMUNITION, to: category}
)";

TEST(TransferMapping, MakesALineOfEachColumnOfAWideRow) {
  const TransferMapping mapping = Valid(kWide);
  const MappedRow both =
      Mapped(mapping, {{"Year", "2021"}, {"To", "Austria"}, {"930200", "12.5"}, {"930621", "7"}});
  ASSERT_EQ(both.records.size(), 1u);
  EXPECT_EQ(both.records[0].lines_size(), 2);
  EXPECT_EQ(both.records[0].lines(0).hs_code(), "930200");
  EXPECT_EQ(both.records[0].lines(0).value().nanos(), 500'000'000);

  const MappedRow second =
      Mapped(mapping, {{"Year", "2021"}, {"To", "Austria"}, {"930200", "0"}, {"930621", "7"}});
  ASSERT_EQ(second.records.size(), 1u);
  ASSERT_EQ(second.records[0].lines_size(), 1);
  EXPECT_EQ(second.records[0].lines(0).number(), 2) << "a column keeps its line's number";

  const MappedRow none =
      Mapped(mapping, {{"Year", "2021"}, {"To", "Austria"}, {"930200", "0"}, {"930621", "0"}});
  EXPECT_EQ(none.skipped, "none of the columns of its lines holds a transfer");

  const MappedRow half =
      Mapped(mapping, {{"Year", "2021"}, {"To", "Austria"}, {"930200", "?"}, {"930621", "7"}});
  ASSERT_EQ(half.records.size(), 1u);
  EXPECT_EQ(half.lines_lost, 1);
  EXPECT_THAT(Losses(half), ElementsAre("930200=?: is no number such as 1234.5 (stops)"));

  const MappedRow nowhere =
      Mapped(mapping, {{"Year", "2021"}, {"To", "Atlantis"}, {"930200", "1"}, {"930621", "7"}});
  EXPECT_TRUE(nowhere.records.empty());
  EXPECT_EQ(nowhere.lines_lost, 2);
}

TEST(TransferMapping, MakesARecordOfEachColumnWhereItSaysSo) {
  const TransferMapping mapping = Valid(std::string(kWide) + "record_per_line: true\n");
  const MappedRow row =
      Mapped(mapping, {{"Year", "2021"}, {"To", "Austria"}, {"930200", "12.5"}, {"930621", "7"}});
  ASSERT_EQ(row.records.size(), 2u);
  EXPECT_EQ(row.records[1].lines(0).number(), 2);
  EXPECT_EQ(row.records[1].states().importing(0), "AT");
  std::vector<std::string> kept;
  for (const auto& field : row.records[1].verbatim()) kept.push_back(field.name());
  EXPECT_THAT(kept, ElementsAre("Year", "To", "930621")) << "its own columns and what they share";
}

TEST(TransferMapping, CountsAWeaponARowWhereAConstantIsRequired) {
  std::string yaml = kWide;
  yaml.replace(yaml.find("{column: \"930621\", to: value.units}"),
               std::string_view("{column: \"930621\", to: value.units}").size(),
               "{constant: \"1\", to: quantity.amount, required: true}\n"
               "      - {constant: ITEMS, to: quantity.unit}\n"
               "      - {column: \"930621\", to: items.weapon.serial_number}");
  const MappedRow row =
      Mapped(Valid(yaml), {{"Year", "2021"}, {"To", "Austria"}, {"930621", "TKW 48213"}});
  ASSERT_EQ(row.records.size(), 1u);
  EXPECT_EQ(row.records[0].lines(0).quantity().amount(), 1);
  EXPECT_EQ(row.records[0].lines(0).items(0).weapon().serial_number(), "TKW 48213");
}

// The wide mapping with one thing changed.
struct Wrong {
  const char* from;
  const char* into;
  const char* says;
};

class TransferMappingRefuses : public ::testing::TestWithParam<Wrong> {};

TEST_P(TransferMappingRefuses, WithFileAndLine) {
  std::string yaml = kWide;
  const size_t at = yaml.find(GetParam().from);
  ASSERT_NE(at, std::string::npos);
  yaml.replace(at, std::string_view(GetParam().from).size(), GetParam().into);
  const absl::Status status = Create(yaml).status();
  EXPECT_EQ(DetailOf(status).reason(), v1::REASON_CONFIG_INVALID);
  EXPECT_THAT(std::string(status.message()), StartsWith("m.yaml:"));
  EXPECT_THAT(std::string(status.message()), HasSubstr(GetParam().says));
}

INSTANTIATE_TEST_SUITE_P(
    Each, TransferMappingRefuses,
    ::testing::Values(
        Wrong{"  - {constant: ACTUAL, to: basis}\n", "", "m.yaml:2:1: fields: fill no basis"},
        Wrong{"  - {constant: FI, to: states.exporting}\n", "", "fill no states.exporting"},
        Wrong{"  - {column: Year, to: date, date_format: \"%Y\"}\n", "", "fill no date"},
        Wrong{"ACTUAL", "ACTUALLY", "m.yaml:3:6: fields[0].constant: 'ACTUALLY'"},
        Wrong{"FI,", "Finland,", "no ISO 3166-1 alpha-2 code"},
        Wrong{"to: states.importing", "to: states.import",
              "m.yaml:7:18: fields[4].to: 'states.import'"},
        Wrong{"to: states.importing", "to: lines", "no field of TransferRecord"},
        Wrong{"to: states.importing", "to: assessment.text", "no field of TransferRecord"},
        Wrong{"to: states.importing, state_names: true", "to: end_use, state_names: true",
              "m.yaml:7:31: fields[4].state_names: is set, but end_use is no State"},
        Wrong{"to: value.currency", "to: value.nanos", "m.yaml:9:21: line_fields[0].to:"},
        Wrong{"EUR", "Euro", "no ISO 4217 code"},
        Wrong{"\"930200\", to: hs_code", "\"93\", to: hs_code", "4 to 10 digits"},
        Wrong{"column: \"930200\", to: value.units", "column: \"930200\", to: value",
              "holds several fields"},
        Wrong{"column: \"930200\", to: value.units",
              "column: \"930200\", to: value.units, number: {decimal: \"-\"}",
              "m.yaml:14:45: lines[0].fields[0].number: has the decimal sign '-'"},
        Wrong{"column: Year, to: date,", "column: Year, to: date, number: {times: 10},",
              "fields[3].number: is set, but date is no amount"},
        Wrong{"      - {constant: SMALL_ARMS_AND_LIGHT_WEAPONS, to: category}\n", "",
              "lines[0]: fills no category"},
        Wrong{"      - {column: \"930200\", to: value.units}\n", "",
              "fills neither value.units nor quantity.amount"},
        Wrong{"  - present_if: \"930621\"\n    absent_words: [\"0\"]\n",
              "  - absent_words: [\"0\"]\n", "stands without present_if"},
        Wrong{"fields:\n", "file: {delimiter: \"::\"}\nfields:\n",
              "m.yaml:2:8: file.delimiter: '::'"},
        Wrong{"fields:\n", "file: {character_set: Latein}\nfields:\n", "is no character set"},
        Wrong{"fields:\n", "file: {columns: [A], rows_below: 1}\nfields:\n",
              "file.rows_below: stands beside columns"},
        Wrong{"fields:\n", "skip: [{column: A, values: [x]}]\nfields:\n", "skip[0]: lacks"},
        Wrong{"to: hs_code}", "to: hs_code, codes: x}", "'x' is no code table"},
        Wrong{"fields:\n",
              "code_tables: {t: {codes: {A: AT}, otherwise: DE, others_say_nothing: true}}\n"
              "fields:\n  - {column: C, to: states.final_destination, codes: t}\n",
              "stands beside otherwise"}));

TEST(TransferMapping, RefusesAFileWithoutLines) {
  const absl::Status status = Create("fields:\n  - {constant: ACTUAL, to: basis}\n").status();
  EXPECT_THAT(std::string(status.message()), HasSubstr("lines: has 0 entries; expected 1 to 200"));
}

}  // namespace
}  // namespace tracegate
