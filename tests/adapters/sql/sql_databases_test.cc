#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/adapters/sql/registry_owner.h"
#include "tests/adapters/sql/sql_calls.h"

namespace tracegate {
namespace {

using adapter::v1::FindResponse;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;
using Kind = RegistryOwner::Kind;

// What is the same whatever database a registry is in, and whatever way it is reached.
class SqlDatabases : public SqlCalls, public ::testing::WithParamInterface<Kind> {
 protected:
  SqlDatabases() : owner_(RegistryOwner::Of(GetParam())) {}

  void OpenAdapter(const std::string& yaml = kYaml, int concurrency = 2) {
    Open(owner_->Source(), yaml, concurrency);
  }

  const std::unique_ptr<RegistryOwner> owner_;
};

INSTANTIATE_TEST_SUITE_P(Each, SqlDatabases,
                         ::testing::Values(Kind::kSqlite, Kind::kPostgres, Kind::kOdbcPostgres,
                                           Kind::kOdbcSqlite),
                         [](const auto& kind) { return KindName(kind.param); });

TEST_P(SqlDatabases, FindsBySerialAsWritten) {
  owner_->Run(kSchema);
  OpenAdapter();
  const absl::StatusOr<FindResponse> response = Find(Spelled({"00042"}));
  ASSERT_TRUE(response.ok()) << response.status();
  EXPECT_FALSE(response->records().more());
  ASSERT_EQ(response->records().records_size(), 1);
  const v1::RegistryRecord& record = response->records().records(0);
  EXPECT_EQ(record.record_number(), "001") << "leading zeros stay";
  EXPECT_EQ(record.firearm().serial_number(), "00042");
  EXPECT_EQ(record.firearm().manufacturer().verbatim(), "Застава");
  EXPECT_EQ(record.firearm().year_of_manufacture(), 1985);
  ASSERT_EQ(record.events_size(), 2) << "of this record and not of record 1";
  EXPECT_EQ(record.events(0).to_state(), "HR");
  EXPECT_EQ(record.events(1).to_state(), "ME");
}

TEST_P(SqlDatabases, FindsThroughSeparatorsByTheFoldedExpression) {
  owner_->Run(kSchema);
  OpenAdapter();
  EXPECT_THAT(Found(Spelled({"ab1234", "AB1234"})), ElementsAre("3"));
  EXPECT_THAT(Found(Spelled({"РН777"})), ElementsAre("4"));
  EXPECT_THAT(Found(Spelled({"AB-12 34", "AB1234"})), ElementsAre("3"))
      << "once, though both match";
}

TEST_P(SqlDatabases, FindsNothingWhereNothingIs) {
  owner_->Run(kSchema);
  OpenAdapter();
  EXPECT_THAT(Found(Spelled({"99999", "0042", "AB12", "PH777"})), IsEmpty());
  EXPECT_FALSE(Find(Spelled({"99999"}))->records().more());
}

TEST_P(SqlDatabases, LeavesOutWhatIsNull) {
  owner_->Run(kSchema);
  OpenAdapter();
  const absl::StatusOr<FindResponse> response = Find(Spelled({"AB-12 34"}));
  ASSERT_TRUE(response.ok());
  const v1::RegistryRecord& record = response->records().records(0);
  EXPECT_FALSE(record.firearm().has_manufacturer());
  EXPECT_EQ(record.verbatim_size(), 3);
  EXPECT_EQ(record.losses_size(), 0);
}

TEST_P(SqlDatabases, FindsByPattern) {
  owner_->Run(kSchema);
  OpenAdapter();
  EXPECT_THAT(Found(Patterned("0004?")), ElementsAre("001"));
  EXPECT_THAT(Found(Patterned("?4?")), IsEmpty());
  EXPECT_THAT(Found(Patterned("AB123?")), UnorderedElementsAre("3", "7"))
      << "without separators too";
  EXPECT_THAT(Found(Patterned("*42")), UnorderedElementsAre("001", "1"));
  EXPECT_THAT(Found(Patterned("РН ??7")), ElementsAre("4")) << "? is one letter, not one byte";
  EXPECT_THAT(Found(Patterned("A_?%")), ElementsAre("6")) << "what LIKE takes for wildcards is not";
  EXPECT_THAT(Found(Patterned("A%")), IsEmpty());
}

// Cells with remarks, each beside one that is another number by a single character.
constexpr char kRemarks[] = R"(
INSERT INTO ОРУЖЈЕ (БРОЈ, СЕРИЈСКИ) VALUES
  ('a', '38126 (ferrolho 771)'), ('b', '381260 (ferrolho 771)'), ('c', '38127 (ferrolho 771)'),
  ('d', 'AB-9876/RASPADO'), ('e', 'AB-98765/RASPADO'), ('f', '38126A (ferrolho 771)'),
  ('g', 'ferrolho 771, armação 38126'), ('h', 'ferrolho 771, armação 138126'), ('i', '123 (x)');
)";

std::string WithCell(const std::string& cell) {
  std::string yaml = kYaml;
  const std::string before = "{column: СЕРИЈСКИ, ";
  return yaml.replace(yaml.find(before), before.size(), before + "cell: " + cell + ", ");
}

TEST_P(SqlDatabases, FindsCellsWithRemarksOnlyWhereTheMappingTellsOfThem) {
  owner_->Run(kSchema);
  owner_->Run(kRemarks);
  for (const std::string& yaml : {std::string(kYaml), WithCell("NUMBER_ALONE")}) {
    OpenAdapter(yaml);
    EXPECT_THAT(Found(Spelled({"38126"})), IsEmpty());
    EXPECT_THAT(Found(Spelled({"38126", "38126 (ferrolho 771)"})), ElementsAre("a"))
        << "the identical text";
    EXPECT_THAT(Found(Spelled({"38126", "38126 (ferrolho 772)"})), IsEmpty());
  }
}

TEST_P(SqlDatabases, FindsTheNumberThatACellBeginsWith) {
  owner_->Run(kSchema);
  owner_->Run(kRemarks);
  OpenAdapter(WithCell("NUMBER_FIRST"));
  EXPECT_THAT(Found(Spelled({"38126"})), ElementsAre("a"));
  EXPECT_THAT(Found(Spelled({"38126A"})), ElementsAre("f"));
  EXPECT_THAT(Found(Spelled({"38125"})), IsEmpty());
  EXPECT_THAT(Found(Spelled({"3812"})), IsEmpty()) << "begins with it, and is another number";
  EXPECT_THAT(Found(Spelled({"AB-9876"})), ElementsAre("d"));
  EXPECT_THAT(Found(Spelled({"AB-9875"})), IsEmpty());
  EXPECT_THAT(Found(Spelled({"123"})), IsEmpty()) << "too short to be looked for so";
  EXPECT_THAT(Found(Spelled({"1234", "AB-12 34"})), ElementsAre("3")) << "cells of a number alone";
}

TEST_P(SqlDatabases, FindsTheNumberThroughSeparatorsBeforeRemarks) {
  owner_->Run(kSchema);
  owner_->Run("INSERT INTO ОРУЖЈЕ (БРОЈ, СЕРИЈСКИ) VALUES ('j', 'ab-12 99 (cano)')");
  OpenAdapter(WithCell("NUMBER_FIRST"));
  EXPECT_THAT(Found(Spelled({"AB1299"})), ElementsAre("j"));
  EXPECT_THAT(Found(Spelled({"AB1298"})), IsEmpty());
}

TEST_P(SqlDatabases, FindsTheNumberAnywhereInACell) {
  owner_->Run(kSchema);
  owner_->Run(kRemarks);
  OpenAdapter(WithCell("NUMBER_ANYWHERE"));
  EXPECT_THAT(Found(Spelled({"38128"})), IsEmpty());
  const bool tells_words_apart = GetParam() == Kind::kSqlite || GetParam() == Kind::kPostgres;
  if (!tells_words_apart) {
    EXPECT_THAT(Found(Spelled({"38126"})), UnorderedElementsAre("a", "b", "f", "g", "h"));
    return;
  }
  EXPECT_THAT(Found(Spelled({"38126"})), ElementsAre("a", "g")) << "those it begins first";
  EXPECT_THAT(Found(Spelled({"8126"})), IsEmpty());
}

TEST_P(SqlDatabases, StopsAtTheBoundAndSaysThereAreMore) {
  owner_->Run(kSchema);
  owner_->Run("INSERT INTO ОРУЖЈЕ SELECT 'M'||i, 'MANY', 'X', 1 FROM (" + owner_->NumbersTo("60") +
              ") n");
  OpenAdapter();
  for (const int bound : {1, 50}) {
    const absl::StatusOr<FindResponse> response = Find(Spelled({"MANY"}, bound));
    ASSERT_TRUE(response.ok());
    EXPECT_EQ(response->records().records_size(), bound);
    EXPECT_TRUE(response->records().more());
  }
  owner_->Run(
      "DELETE FROM ОРУЖЈЕ WHERE СЕРИЈСКИ = 'MANY' AND CAST(substr(БРОЈ,2) AS INTEGER) > 50");
  EXPECT_FALSE(Find(Spelled({"MANY"}, 50))->records().more()) << "exactly as many as the bound";
}

TEST_P(SqlDatabases, FindsNumbersInColumnsOfEveryType) {
  const std::string yaml =
      "source: t\nrecord_number: id\nserial_search: {column: sn}\nfields: [{column: sn, to: "
      "firearm.model}]\n";
  for (const char* type : {"TEXT", "INTEGER", "NUMERIC", "BIGINT", "VARCHAR(20)", "CHAR(20)"}) {
    owner_->Run("DROP TABLE IF EXISTS t; CREATE TABLE t (id INTEGER, sn " + std::string(type) +
                "); INSERT INTO t VALUES (7, 12345)");
    OpenAdapter(yaml);
    EXPECT_THAT(Found(Spelled({"12345", "AB-1", "99999999999999999999"})), ElementsAre("7"))
        << type;
    EXPECT_THAT(Found(Spelled({"12346"})), IsEmpty()) << type;
    EXPECT_THAT(Found(Patterned("12?45")), ElementsAre("7")) << type;
    EXPECT_TRUE(GetRecord("7").ok()) << type;
    EXPECT_EQ(ReasonOf(GetRecord("07").status()), v1::REASON_RECORD_NOT_FOUND) << type;
    EXPECT_EQ(ReasonOf(GetRecord("x").status()), v1::REASON_RECORD_NOT_FOUND) << type;
  }
}

TEST_P(SqlDatabases, ReadsDaysAndNumbersAsText) {
  owner_->Run(
      "CREATE TABLE t (id INTEGER, sn TEXT, made DATE, y INTEGER); "
      "INSERT INTO t VALUES (1, 'A', '1999-05-01', 1985), (2, 'B', NULL, NULL)");
  OpenAdapter(R"yaml(
source: t
record_number: id
serial_search: {column: sn}
fields: [{column: y, to: firearm.year_of_manufacture}]
events: [{kind: EXPORT, fields: [{column: made, to: date, date_format: "%Y-%m-%d"}]}]
)yaml");
  const auto found = Find(Spelled({"A", "B"}));
  ASSERT_TRUE(found.ok()) << found.status();
  ASSERT_EQ(found->records().records_size(), 2);
  const v1::RegistryRecord& first = found->records().records(0);
  EXPECT_EQ(first.firearm().year_of_manufacture(), 1985);
  ASSERT_EQ(first.events_size(), 1);
  EXPECT_EQ(first.events(0).date().year(), 1999);
  EXPECT_EQ(first.losses_size(), 0) << first.losses(0).DebugString();
  EXPECT_EQ(found->records().records(1).events_size(), 0);
}

TEST_P(SqlDatabases, CutsWhatIsPastWhatARecordCarries) {
  owner_->Run("CREATE TABLE t (id INTEGER, sn TEXT, note TEXT)");
  owner_->Run("INSERT INTO t SELECT 1, 'A', '" + std::string(100'000, 'n') + "'");
  OpenAdapter(
      "source: t\nrecord_number: id\nserial_search: {column: sn}\nfields: [{column: note, to: "
      "firearm.model}]\n");
  const auto found = Find(Spelled({"A"}));
  ASSERT_TRUE(found.ok()) << found.status();
  ASSERT_EQ(found->records().records_size(), 1);
  EXPECT_LE(found->records().records(0).ByteSizeLong(), 20'000u);
  EXPECT_GE(found->records().records(0).losses_size(), 1) << "it says that it was cut";
}

TEST_P(SqlDatabases, TakesNoSpellingForSql) {
  owner_->Run(kSchema);
  OpenAdapter();
  for (const std::string text : {"'; DROP TABLE ОРУЖЈЕ; --", "' OR '1'='1", "\" OR 1=1 --",
                                 "00042' --", "%", "_____", "?1", "x'); DELETE FROM ОРУЖЈЕ; --"}) {
    EXPECT_THAT(Found(Spelled({text})), IsEmpty()) << text;
    EXPECT_THAT(Found(Patterned(text + "z")), IsEmpty()) << text;
    EXPECT_EQ(ReasonOf(GetRecord(text).status()), v1::REASON_RECORD_NOT_FOUND) << text;
  }
  EXPECT_THAT(Found(Spelled({std::string("00042\0", 6)})), IsEmpty());
  EXPECT_THAT(Found(Spelled({"00042"})), ElementsAre("001")) << "the table is still there";
}

TEST_P(SqlDatabases, GetsOneRecordWhole) {
  owner_->Run(kSchema);
  OpenAdapter();
  const auto response = GetRecord("001");
  ASSERT_TRUE(response.ok()) << response.status();
  EXPECT_EQ(response->record().firearm().serial_number(), "00042");
  EXPECT_EQ(response->record().events_size(), 2);
  EXPECT_EQ(ReasonOf(GetRecord("01").status()), v1::REASON_RECORD_NOT_FOUND);
  EXPECT_EQ(GetRecord("01").status().code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(ReasonOf(GetRecord("").status()), v1::REASON_FIELD_INVALID);
}

struct Misnamed {
  const char* from;
  const char* into;
  const char* field;
  const char* says;
};

constexpr Misnamed kMisnamed[] = {
    {"source: ОРУЖЈЕ", "source: ОРУЖ", "source", "no table 'ОРУЖ'"},
    {"record_number: БРОЈ", "record_number: БР", "record_number", "no column 'БР' in 'ОРУЖЈЕ'"},
    {"column: СЕРИЈСКИ", "column: SERIJSKI", "serial_search.column", "no column 'SERIJSKI'"},
    {"column: ГОДИНА", "column: ГОД", "fields[1].column", "no column 'ГОД'"},
    {"source: ИЗВОЗ", "source: УВОЗ", "events[0].source", "no table 'УВОЗ'"},
    {"column: ДРЖАВА", "column: ЗЕМЉА", "events[0].fields[1].column", "no column 'ЗЕМЉА'"},
    {"UPPER(", "UPER(", "serial_search.folded", ""},
    {"UPPER(", "UPPER((", "serial_search.folded", ""}};

TEST_P(SqlDatabases, NameTheColumnThatIsNotThereAndTheMappingsKey) {
  owner_->Run(kSchema);
  for (const Misnamed& wrong : kMisnamed) {
    std::string yaml = kYaml;
    yaml.replace(yaml.find(wrong.from), std::string_view(wrong.from).size(), wrong.into);
    OpenAdapter(yaml);
    for (const absl::Status& status : {Health(), Find(Spelled({"00042"})).status()}) {
      EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition) << status;
      const v1::FailureDetail detail = DetailOf(status);
      EXPECT_EQ(detail.reason(), v1::REASON_REGISTRY_MISMATCH);
      ASSERT_EQ(detail.violations_size(), 1) << wrong.into;
      EXPECT_EQ(detail.violations(0).field(), wrong.field);
      EXPECT_THAT(detail.violations(0).description(), HasSubstr(wrong.says));
    }
  }
}

TEST_P(SqlDatabases, AnswerOnceTheSchemaFitsAgain) {
  owner_->Run(kSchema);
  OpenAdapter(kYaml, 1);
  EXPECT_TRUE(Find(Spelled({"42"})).ok());
  owner_->Run("ALTER TABLE ОРУЖЈЕ RENAME COLUMN МАРКА TO marka");
  EXPECT_EQ(ReasonOf(Find(Spelled({"42"})).status()), v1::REASON_REGISTRY_MISMATCH);
  owner_->Run("ALTER TABLE ОРУЖЈЕ RENAME COLUMN marka TO МАРКА");
  EXPECT_TRUE(Find(Spelled({"42"})).ok());
}

}  // namespace
}  // namespace tracegate
