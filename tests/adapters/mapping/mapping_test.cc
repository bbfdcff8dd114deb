#include "adapters/mapping/mapping.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>

#include "protos/tracegate/bounds_check.h"
#include "protos/tracegate/config/yaml_message.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

absl::StatusOr<Mapping> Create(const std::string& yaml) {
  config::v1::Mapping proto;
  YamlPlaces places;
  const absl::Status read = ParseYamlMessage(yaml, "m.yaml", &proto, &places);
  if (!read.ok()) return read;
  return Mapping::Create(proto, places);
}

Mapping Valid(const std::string& yaml) {
  absl::StatusOr<Mapping> mapping = Create(yaml);
  EXPECT_TRUE(mapping.ok()) << mapping.status();
  return *std::move(mapping);
}

// A row by column names; what is not named is null.
SourceRow Row(const SourceTable& table, const std::map<std::string, std::string>& values) {
  SourceRow row(table.columns.size());
  size_t used = 0;
  for (size_t i = 0; i < row.size(); ++i) {
    const auto found = values.find(table.columns[i].name);
    if (found == values.end()) continue;
    row[i] = found->second;
    ++used;
  }
  EXPECT_EQ(used, values.size()) << "the mapping does not read all of them";
  return row;
}

v1::RegistryRecord Translated(const Mapping& mapping,
                              const std::map<std::string, std::string>& values,
                              const std::vector<std::vector<SourceRow>>& rows = {}) {
  v1::RegistryRecord record = mapping.Translate(Row(mapping.records(), values), rows);
  const absl::Status bounds = CheckBounds(record);
  EXPECT_TRUE(bounds.ok()) << bounds;
  return record;
}

std::vector<std::string> Losses(const v1::RegistryRecord& record) {
  std::vector<std::string> losses;
  for (const auto& loss : record.losses()) {
    losses.push_back(loss.name() + "=" + loss.value() + ": " + loss.reason());
  }
  return losses;
}

std::string Verbatim(const v1::RegistryRecord& record, const std::string& name) {
  for (const auto& field : record.verbatim()) {
    if (field.name() == name) return field.value();
  }
  return "(none)";
}

constexpr char kSerbian[] = R"(
source: ОРУЖЈЕ
record_number: БРОЈ_КАРТОНА
serial_search: {column: СЕРИЈСКИ_БРОЈ}
fields:
  - {column: ПРОИЗВОЂАЧ, to: firearm.manufacturer, codes: произвођачи}
  - {column: МОДЕЛ, to: firearm.model}
  - {column: КАЛИБАР, to: firearm.calibre, required: true}
  - {column: ВРСТА, to: firearm.type, codes: врсте}
  - {column: ГОДИНА, to: firearm.year_of_manufacture}
  - {constant: RS, to: firearm.country_of_manufacture}
  - {column: ВЛАСНИК, to: holder.name}
  - {constant: PRIVATE_HOLDER, to: holder.kind}
code_tables:
  произвођачи: {codes: {ЗЦЗ: Zastava}}
  врсте: {codes: {П: self_loading_pistol, АП: ASSAULT_RIFLE, "-": ""}}
)";

TEST(MappingTranslates, ASerbianRegistryInCyrillic) {
  const v1::RegistryRecord record = Translated(Valid(kSerbian), {{"БРОЈ_КАРТОНА", "К-17"},
                                                                 {"СЕРИЈСКИ_БРОЈ", " РН 0123 "},
                                                                 {"ПРОИЗВОЂАЧ", "ЗЦЗ"},
                                                                 {"МОДЕЛ", "М-57"},
                                                                 {"КАЛИБАР", "7,62"},
                                                                 {"ВРСТА", "П"},
                                                                 {"ГОДИНА", "1985"}});
  EXPECT_EQ(record.record_number(), "К-17");
  EXPECT_EQ(record.firearm().serial_number(), "РН 0123");
  EXPECT_EQ(Verbatim(record, "СЕРИЈСКИ_БРОЈ"), " РН 0123 ") << "as written, blanks and all";
  EXPECT_EQ(record.firearm().manufacturer().verbatim(), "ЗЦЗ");
  EXPECT_EQ(record.firearm().manufacturer().canonical(), "Zastava");
  EXPECT_EQ(record.firearm().model().verbatim(), "М-57");
  EXPECT_EQ(record.firearm().model().canonical(), "");
  EXPECT_EQ(record.firearm().type(), v1::FIREARM_TYPE_SELF_LOADING_PISTOL);
  EXPECT_EQ(record.firearm().type_verbatim(), "П") << "the registry's word stays beside ours";
  EXPECT_EQ(record.firearm().year_of_manufacture(), 1985);
  EXPECT_EQ(record.firearm().country_of_manufacture().iso_code(), "RS");
  EXPECT_FALSE(record.has_holder()) << "a constant alone makes no holder";
  EXPECT_THAT(Losses(record), IsEmpty());
}

TEST(MappingTranslates, NothingSilently) {
  const v1::RegistryRecord record = Translated(Valid(kSerbian), {{"БРОЈ_КАРТОНА", "1"},
                                                                 {"СЕРИЈСКИ_БРОЈ", "1"},
                                                                 {"ПРОИЗВОЂАЧ", "ФН"},
                                                                 {"КАЛИБАР", "  "},
                                                                 {"ВРСТА", "Х"},
                                                                 {"ГОДИНА", "12345"},
                                                                 {"ВЛАСНИК", "Јован"}});
  EXPECT_EQ(record.firearm().manufacturer().verbatim(), "ФН");
  EXPECT_EQ(record.firearm().type(), v1::FIREARM_TYPE_UNSPECIFIED);
  EXPECT_EQ(record.firearm().year_of_manufacture(), 0);
  EXPECT_EQ(record.holder().kind(), v1::PARTY_KIND_PRIVATE_HOLDER);
  EXPECT_THAT(Losses(record),
              ElementsAre("ПРОИЗВОЂАЧ=ФН: code not in the table 'произвођачи'",
                          "КАЛИБАР=: required but empty", "ВРСТА=Х: code not in the table 'врсте'",
                          "ГОДИНА=12345: no number from 1 to 9999"));
}

TEST(MappingTranslates, ACodeThatSaysNothingIsNoLoss) {
  const v1::RegistryRecord record =
      Translated(Valid(kSerbian), {{"БРОЈ_КАРТОНА", "1"}, {"КАЛИБАР", "9"}, {"ВРСТА", "-"}});
  EXPECT_EQ(record.firearm().type(), v1::FIREARM_TYPE_UNSPECIFIED);
  EXPECT_THAT(Losses(record), IsEmpty());
}

TEST(MappingTranslates, LettersWrittenInTwoWaysAsOne) {
  // й as one character and as и with a breve.
  const Mapping mapping = Valid(R"(
source: t
record_number: id
serial_search: {column: sn}
fields: [{column: maker, to: firearm.manufacturer, codes: c}]
code_tables: {c: {codes: {"Ижевский": Izhevsk}}}
)");
  const v1::RegistryRecord record =
      Translated(mapping, {{"id", "1"}, {"maker", "Ижевскии\xCC\x86"}});
  EXPECT_EQ(record.firearm().manufacturer().canonical(), "Izhevsk");
  EXPECT_EQ(Verbatim(record, "maker"), "Ижевскии\xCC\x86");
}

constexpr char kPortuguese[] = R"(
source: armas
record_number: registo
serial_search: {column: n_serie}
fields:
  - {column: marca, to: firearm.manufacturer}
  - {column: pais, to: firearm.country_of_manufacture, codes: paises}
  - {column: encurtada, to: firearm.modifications, codes: encurtada}
  - {column: convertida, to: firearm.modifications, codes: convertida}
events:
  - kind: IMPORT
    present_if: data_importacao
    fields:
      - {column: data_importacao, to: date, date_format: "%d/%m/%Y"}
      - {column: pais, to: from_state, codes: paises}
      - {constant: PT, to: to_state}
  - source: movimentos
    record_number: registo
    kind_column: tipo
    kind_codes: tipos
    order_by: ordem
    fields:
      - {column: data, to: date, date_format: "%d/%m/%Y"}
      - {column: destino, to: to_state}
      - {column: comprador, to: to_party.name}
      - {constant: DEALER, to: to_party.kind}
code_tables:
  paises: {codes: {Bélgica: BE, Jugoslávia: YU}}
  tipos: {codes: {EXP: EXPORT, FUR: theft}}
  encurtada: {codes: {S: SHORTENED, N: ""}}
  convertida: {codes: {S: CONVERTED, N: ""}}
)";

TEST(MappingTranslates, APortugueseRegistryWithMovementsElsewhere) {
  const Mapping mapping = Valid(kPortuguese);
  ASSERT_EQ(mapping.related().size(), 1U);
  const SourceTable& moves = mapping.related()[0];
  EXPECT_EQ(moves.name, "movimentos");
  EXPECT_EQ(moves.order_by, "ordem");
  const v1::RegistryRecord record =
      Translated(mapping,
                 {{"registo", "7"},
                  {"n_serie", "00042"},
                  {"marca", "FN"},
                  {"pais", "Bélgica"},
                  {"encurtada", "S"},
                  {"convertida", "S"},
                  {"data_importacao", "01/02/1990"}},
                 {{Row(moves, {{"tipo", "FUR"}, {"data", "05/06/1999"}}),
                   Row(moves, {{"tipo", "EXP"}, {"destino", "ES"}, {"comprador", "Armas SA"}}),
                   Row(moves, {{"tipo", "EXP"}, {"data", "03/04/1980"}, {"destino", "Espanha"}}),
                   Row(moves, {{"tipo", "???"}})}});
  EXPECT_EQ(record.firearm().serial_number(), "00042");
  EXPECT_EQ(record.firearm().country_of_manufacture().verbatim(), "Bélgica");
  EXPECT_EQ(record.firearm().country_of_manufacture().iso_code(), "BE");
  EXPECT_THAT(record.firearm().modifications(),
              ElementsAre(v1::MODIFICATION_SHORTENED, v1::MODIFICATION_CONVERTED));
  ASSERT_EQ(record.events_size(), 5);
  EXPECT_EQ(record.events(0).date().year(), 1980) << "oldest first";
  EXPECT_EQ(record.events(0).to_state(), "");
  EXPECT_EQ(record.events(1).kind(), v1::LIFE_EVENT_KIND_UNSPECIFIED) << "behind the row before it";
  EXPECT_EQ(record.events(2).kind(), v1::LIFE_EVENT_KIND_IMPORT);
  EXPECT_EQ(record.events(2).from_state(), "BE");
  EXPECT_EQ(record.events(2).to_state(), "PT");
  EXPECT_EQ(record.events(3).kind(), v1::LIFE_EVENT_KIND_THEFT);
  EXPECT_FALSE(record.events(3).has_to_party());
  EXPECT_EQ(record.events(4).to_state(), "ES");
  EXPECT_EQ(record.events(4).to_party().kind(), v1::PARTY_KIND_DEALER);
  EXPECT_EQ(Verbatim(record, "movimentos[1].comprador"), "Armas SA");
  EXPECT_THAT(Losses(record),
              ElementsAre("movimentos[2].destino=Espanha: no ISO 3166-1 alpha-2 code such as DE",
                          "movimentos[3].tipo=???: code not in the table 'tipos'"));
}

TEST(MappingTranslates, NoEventWhereItsColumnIsEmpty) {
  const v1::RegistryRecord record = Translated(
      Valid(kPortuguese), {{"registo", "7"}, {"pais", "Bélgica"}, {"data_importacao", " "}});
  EXPECT_EQ(record.events_size(), 0);
}

constexpr char kGerman[] = R"yaml(
source: WAFFEN
record_number: NWR_ID
serial_search: {column: HERSTNR, folded: "UPPER(REPLACE(HERSTNR,'-',''))"}
fields:
  - {column: HERSTNR, to: firearm.serial_number, required: true}
  - {column: WAFFENART, to: firearm.type, codes: art}
  - {column: WAFFENART_TEXT, to: firearm.type_verbatim}
  - {column: BESITZER, to: holder.name}
  - {column: LAND, to: holder.state}
events:
  - kind: domestic_transfer
    fields: [{column: ERWERB, to: date, date_format: "%d.%m.%Y"}]
  - kind: LOSS
    fields: [{column: VERLUST, to: date, date_format: "%d.%m.%y"}]
code_tables:
  art: {codes: {"0110": SELF_LOADING_PISTOL, "110": RIFLE}, otherwise: OTHER}
)yaml";

TEST(MappingTranslates, AGermanRegistryWithCodesAndDates) {
  const v1::RegistryRecord record = Translated(Valid(kGerman), {{"NWR_ID", "W1"},
                                                                {"HERSTNR", "0-0815"},
                                                                {"WAFFENART", "0110"},
                                                                {"WAFFENART_TEXT", "Pistole"},
                                                                {"ERWERB", "31.12.1999"},
                                                                {"VERLUST", "01.02.03"}});
  EXPECT_EQ(record.firearm().serial_number(), "0-0815");
  EXPECT_EQ(record.firearm().type(), v1::FIREARM_TYPE_SELF_LOADING_PISTOL);
  EXPECT_EQ(record.firearm().type_verbatim(), "Pistole");
  ASSERT_EQ(record.events_size(), 2);
  EXPECT_EQ(record.events(0).date().day(), 31);
  EXPECT_EQ(record.events(1).date().year(), 2003);
  EXPECT_THAT(Losses(record), ElementsAre("VERLUST=01.02.03: two-digit year, read as 2003"));
}

TEST(MappingTranslates, UnknownCodesByTheirTablesOtherwise) {
  const v1::RegistryRecord record = Translated(
      Valid(kGerman),
      {{"NWR_ID", "W1"}, {"HERSTNR", "1"}, {"WAFFENART", "9"}, {"ERWERB", "31.02.1999"}});
  EXPECT_EQ(record.firearm().type(), v1::FIREARM_TYPE_OTHER);
  EXPECT_THAT(Losses(record), ElementsAre("ERWERB=31.02.1999: no such day in that month"));
  ASSERT_EQ(record.events_size(), 1) << "that it happened is known, though not when";
  EXPECT_FALSE(record.events(0).has_date());
}

TEST(MappingKeeps, BytesThatAreNoText) {
  const v1::RegistryRecord record = Translated(
      Valid(kGerman),
      {{"NWR_ID", "W1"}, {"HERSTNR", "A\xff\x31"}, {"BESITZER", std::string("M\0ller", 6)}});
  EXPECT_EQ(record.firearm().serial_number(), "A\\xff1");
  EXPECT_EQ(Verbatim(record, "HERSTNR"), "A\\xff1");
  EXPECT_EQ(record.holder().name(), "M\\x00ller");
  EXPECT_THAT(Losses(record),
              ElementsAre("HERSTNR=A\\xff1: has bytes that are not UTF-8, written \\xNN",
                          "BESITZER=M\\x00ller: has control characters, written \\xNN"));
}

TEST(MappingKeeps, WhatIsTooLongWithinBounds) {
  const std::string umlauts = [] {
    std::string text;
    for (int i = 0; i < 4000; ++i) text += "ü";
    return text;
  }();
  const v1::RegistryRecord record = Translated(
      Valid(kGerman),
      {{"NWR_ID", umlauts}, {"HERSTNR", std::string(129, '1')}, {"BESITZER", "x" + umlauts}});
  EXPECT_EQ(record.record_number().size(), 128U);
  EXPECT_EQ(record.firearm().serial_number(), "");
  EXPECT_EQ(Verbatim(record, "HERSTNR"), std::string(129, '1'));
  EXPECT_EQ(Verbatim(record, "BESITZER").size(), 4095U) << "cut between characters";
  EXPECT_EQ(record.losses_size(), 5);
  EXPECT_EQ(Translated(Valid(kGerman), {{"NWR_ID", "1"}, {"HERSTNR", std::string(128, '1')}})
                .firearm()
                .serial_number()
                .size(),
            128U);
}

TEST(MappingKeeps, RecordsWithManyRowsWithinBounds) {
  const Mapping mapping = Valid(kPortuguese);
  const SourceRow row =
      Row(mapping.related()[0], {{"tipo", "?"}, {"destino", std::string(4000, 'x')}});
  const v1::RegistryRecord record = Translated(
      mapping, {{"registo", "7"}, {"data_importacao", "x"}}, {std::vector<SourceRow>(300, row)});
  EXPECT_EQ(record.events_size(), 256);
  EXPECT_LT(record.ByteSizeLong(), 1U << 20);
  EXPECT_THAT(Losses(record), ::testing::Contains(HasSubstr("more rows about the record")));
  EXPECT_THAT(Losses(record), ::testing::Contains(HasSubstr("more events than one record")));
  EXPECT_THAT(Losses(record), ::testing::Contains(HasSubstr("past what one record may carry")));
}

TEST(MappingKeeps, ARowThatIsShorterThanItsTable) {
  const v1::RegistryRecord record = Valid(kGerman).Translate({});
  EXPECT_THAT(Losses(record),
              ElementsAre("NWR_ID=: required but empty", "HERSTNR=: required but empty"));
}

// The German mapping with one thing changed.
struct Wrong {
  const char* from;
  const char* into;
  const char* starts_with;
  const char* says;
};

class MappingRefuses : public ::testing::TestWithParam<Wrong> {};

TEST_P(MappingRefuses, WithFileAndLine) {
  std::string yaml = kGerman;
  const size_t at = yaml.find(GetParam().from);
  ASSERT_NE(at, std::string::npos);
  yaml.replace(at, std::string_view(GetParam().from).size(), GetParam().into);
  const absl::Status status = Create(yaml).status();
  EXPECT_EQ(DetailOf(status).reason(), v1::REASON_CONFIG_INVALID);
  EXPECT_THAT(std::string(status.message()), StartsWith(GetParam().starts_with));
  EXPECT_THAT(std::string(status.message()), HasSubstr(GetParam().says));
}

INSTANTIATE_TEST_SUITE_P(
    Each, MappingRefuses,
    ::testing::Values(
        Wrong{"source: WAFFEN\n", "", "m.yaml: source:", "is missing"},
        Wrong{"NWR_ID", "''", "m.yaml:3:1: record_number:", "is missing"},
        Wrong{"{column: HERSTNR, folded", "{folded",
              "m.yaml:4:1: serial_search.column:", "is missing"},
        Wrong{"source: WAFFEN", "character_set: Latin\nsource: WAFFEN",
              "m.yaml:2:1: character_set: 'Latin'", "is no character set"},
        Wrong{"source: WAFFEN", "source: \"A\\nB\"", "m.yaml:2:1: source:", "on one line"},
        Wrong{"firearm.type,", "firearm.typ,", "m.yaml:7:25: fields[1].to: 'firearm.typ'",
              "did you mean 'type'?"},
        Wrong{"holder.name", "owner.name", "m.yaml:9:24: fields[3].to: 'owner'",
              "expected one of firearm, holder"},
        Wrong{"holder.name", "holder", "m.yaml:9:24: fields[3].to: 'holder' holds several fields",
              "name"},
        Wrong{"holder.name", "events", "m.yaml:9:24: fields[3].to:", "no field"},
        Wrong{"holder.name", "record_number", "m.yaml:9:24: fields[3].to:", "no field"},
        Wrong{"holder.name", "firearm.marks", "m.yaml:9:24: fields[3].to:", "is a list"},
        Wrong{"holder.name", "firearm.model.verbatim",
              "m.yaml:9:24: fields[3].to: 'firearm.model' is filled", "without .verbatim"},
        Wrong{"holder.name", "holder.name.x", "m.yaml:9:24: fields[3].to: 'holder.name' is filled",
              "without .x"},
        Wrong{"holder.name", "", "m.yaml:", "has no value"},
        Wrong{"to: holder.state", "to: holder.name",
              "m.yaml:10:20: fields[4].to: 'holder.name' is filled already", "one column"},
        Wrong{"codes: art}", "codes: arz}", "m.yaml:7:43: fields[1].codes:", "did you mean 'art'?"},
        Wrong{"SELF_LOADING_PISTOL", "PISTOLE",
              "m.yaml:17:", "code_tables.art.codes.0110: 'PISTOLE'"},
        Wrong{"otherwise: OTHER", "otherwise: OTHR", "m.yaml:17:", "did you mean 'OTHER'?"},
        Wrong{"\"110\": RIFLE", "\" 0110\": RIFLE", "m.yaml:17:", "same code"},
        Wrong{"column: LAND", "constant: Deutschland",
              "m.yaml:10:6: fields[4].constant: 'Deutschland'", "ISO 3166-1"},
        Wrong{"column: LAND", "constant: DE, column: LAND",
              "m.yaml:10:5: fields[4]:", "one of them"},
        Wrong{"column: LAND, ", "", "m.yaml:10:5: fields[4]:", "one of them"},
        Wrong{", date_format: \"%d.%m.%Y\"", "",
              "m.yaml:13:14: events[0].fields[0].date_format:", "is missing"},
        Wrong{"\"%d.%m.%Y\"", "dd.mm.yyyy", "m.yaml:13:", "no year"},
        Wrong{"to: holder.state", "to: holder.state, date_format: \"%Y\"",
              "m.yaml:10:", "is no day"},
        Wrong{"to: date, date_format: \"%d.%m.%Y\"", "to: firearm",
              "m.yaml:13:", "no field of LifeEvent"},
        Wrong{"to: date,", "to: date, codes: art,", "m.yaml:13:", "is set for a day"},
        Wrong{"kind: LOSS", "kind: LOST", "m.yaml:14:5: events[1].kind: 'LOST'",
              "did you mean 'LOSS'?"},
        Wrong{"kind: LOSS", "order_by: X", "m.yaml:14:5: events[1].order_by:", "single row"},
        Wrong{"kind: LOSS", "present_if: X", "m.yaml:14:5: events[1]:", "kind and kind_column"},
        Wrong{"kind: LOSS", "{kind_column: K, kind_codes: x}", "m.yaml:", ""},
        Wrong{"kind: LOSS", "kind: LOSS\n    record_number: V",
              "m.yaml:14:5: events[1]:", "expected both"},
        Wrong{"kind: LOSS", "kind_column: K\n    kind_codes: nix",
              "m.yaml:15:5: events[1].kind_codes:", "no code table"},
        Wrong{"kind: LOSS", "kind: LOSS\n    kind_codes: art",
              "m.yaml:15:5: events[1].kind_codes:", "beside kind"},
        Wrong{"kind: LOSS", "kind_column: ''", "m.yaml:14:5: events[1]:", "one of them"}));

TEST(Mapping, TellsListsInARecordFromTables) {
  const auto create = [](const std::string& event) {
    return Create(
        "source: t\nrecord_number: n\nserial_search: {column: s}\nfields:\n"
        "  - {column: m, to: firearm.manufacturer}\nevents:\n  - {" +
        event + ", kind: EXPORT}\n");
  };
  const auto list = create("source: moves");
  ASSERT_TRUE(list.ok()) << list.status();
  EXPECT_EQ(list->KeyOfListInRecord(), "events[0].source");
  EXPECT_EQ(list->KeyOfOtherTable(), "");
  EXPECT_TRUE(list->related()[0].record_number.empty());
  const auto table = create("source: moves, record_number: n");
  ASSERT_TRUE(table.ok()) << table.status();
  EXPECT_EQ(table->KeyOfListInRecord(), "");
  EXPECT_EQ(table->KeyOfOtherTable(), "events[0].source");
}

TEST(Mapping, RefusesOneWithoutFields) {
  const absl::Status status =
      Create("source: t\nrecord_number: id\nserial_search: {column: sn}\nfields: []\n").status();
  EXPECT_THAT(std::string(status.message()), StartsWith("m.yaml:4:1: fields: is empty"));
}

// The name stands in the losses of a record, which has bounds.
TEST(Mapping, BoundsTheNamesOfCodeTables) {
  const auto create = [](const std::string& name) {
    return Create("source: t\nrecord_number: n\nserial_search: {column: s}\nfields:\n" +
                  ("  - {column: m, to: firearm.type, codes: " + name) + "}\ncode_tables:\n  " +
                  name + ": {codes: {A: RIFLE}}\n");
  };
  EXPECT_TRUE(create(std::string(128, 'c')).ok());
  const absl::Status status = create(std::string(129, 'c')).status();
  EXPECT_EQ(DetailOf(status).reason(), v1::REASON_CONFIG_INVALID);
  EXPECT_THAT(std::string(status.message()), HasSubstr("code_tables"));
}

TEST(Mapping, RefusesOverlappingDays) {
  const absl::Status status = Create(R"(
source: t
record_number: id
serial_search: {column: sn}
fields: [{column: a, to: firearm.model}]
events:
  - kind: IMPORT
    fields:
      - {column: y, to: date.year}
      - {column: d, to: date, date_format: "%Y"}
)")
                                  .status();
  EXPECT_THAT(std::string(status.message()),
              StartsWith("m.yaml:10:21: events[0].fields[1].to: 'date'"));
}

TEST(Mapping, ReadsEachColumnOnceAndSaysWhichKeyNamedIt) {
  const Mapping mapping = Valid(kGerman);
  std::vector<std::string> keys;
  for (const SourceColumn& column : mapping.records().columns) {
    keys.push_back(column.name + "<" + column.mapping_key);
  }
  EXPECT_THAT(
      keys, ElementsAre("NWR_ID<record_number", "HERSTNR<serial_search.column",
                        "WAFFENART<fields[1].column", "WAFFENART_TEXT<fields[2].column",
                        "BESITZER<fields[3].column", "LAND<fields[4].column",
                        "ERWERB<events[0].fields[0].column", "VERLUST<events[1].fields[0].column"));
}

TEST(Mapping, IsLoadedFromAFile) {
  const std::string path = std::filesystem::path(::testing::TempDir()) / "mapping_test.yaml";
  std::ofstream(path) << kGerman;
  EXPECT_TRUE(Mapping::Load(path).ok());
  std::filesystem::remove(path);
  EXPECT_EQ(DetailOf(Mapping::Load(path).status()).reason(), v1::REASON_CONFIG_INVALID);
}

}  // namespace
}  // namespace tracegate
