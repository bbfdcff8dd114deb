#include "adapters/sql/sql_adapter.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <future>
#include <latch>
#include <thread>

#include "absl/time/clock.h"
#include "protos/tracegate/failure.h"
#include "tests/adapters/mapping/mapping_of.h"
#include "tests/adapters/sql/foreign_database.h"

namespace tracegate {
namespace {

using adapter::v1::FindRequest;
using adapter::v1::FindResponse;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::UnorderedElementsAre;

constexpr char kYaml[] = R"yaml(
source: ОРУЖЈЕ
record_number: БРОЈ
serial_search: {column: СЕРИЈСКИ, folded: "UPPER(REPLACE(REPLACE(СЕРИЈСКИ,'-',''),' ',''))"}
fields:
  - {column: МАРКА, to: firearm.manufacturer}
  - {column: ГОДИНА, to: firearm.year_of_manufacture}
events:
  - source: ИЗВОЗ
    record_number: ОРУЖЈЕ
    kind: EXPORT
    order_by: ДАТУМ
    fields:
      - {column: ДАТУМ, to: date, date_format: "%Y-%m-%d"}
      - {column: ДРЖАВА, to: to_state}
)yaml";

constexpr char kSchema[] = R"(
CREATE TABLE ОРУЖЈЕ (БРОЈ TEXT, СЕРИЈСКИ TEXT, МАРКА TEXT, ГОДИНА INTEGER);
CREATE TABLE ИЗВОЗ (ОРУЖЈЕ TEXT, ДАТУМ TEXT, ДРЖАВА TEXT);
CREATE INDEX по_броју ON ОРУЖЈЕ(СЕРИЈСКИ);
INSERT INTO ОРУЖЈЕ VALUES
  ('001', '00042', 'Застава', 1985), ('1', '42', 'FN', NULL), ('3', 'AB-12 34', NULL, 1990),
  ('4', 'РН 777', 'Застава', 1970), ('5', NULL, 'X', 1), ('6', 'A_1%', 'X', 1), ('7', 'AB-12 35', 'X', 1);
INSERT INTO ИЗВОЗ VALUES ('001', '1999-05-01', 'ME'), ('001', '1990-01-02', 'HR'), ('1', '2000-01-01', 'BA');
)";

FindRequest Spelled(const std::vector<std::string>& spellings, int candidates_max = 50) {
  FindRequest request;
  request.mutable_serial_spellings()->Assign(spellings.begin(), spellings.end());
  request.set_candidates_max(candidates_max);
  return request;
}

FindRequest Patterned(const std::string& pattern, int candidates_max = 50) {
  FindRequest request;
  request.set_serial_pattern(pattern);
  request.set_candidates_max(candidates_max);
  return request;
}

// A registry, its database, and calls that wait for their answer.
class SqlAdapterTest : public ::testing::Test {
 protected:
  SqlAdapterTest() : database_(::testing::UnitTest::GetInstance()->current_test_info()->name()) {}

  void OpenAdapter(const std::string& yaml = kYaml, int concurrency = 2, int queue_max = 16) {
    absl::StatusOr<std::unique_ptr<SqlAdapter>> opened = SqlAdapter::Open(
        {"zastava", "RS", database_.path(), MappingOf(yaml), concurrency, queue_max});
    ASSERT_TRUE(opened.ok()) << opened.status();
    adapter_ = *std::move(opened);
  }

  absl::StatusOr<FindResponse> Find(const FindRequest& request, RegistryCall call = {}) {
    std::promise<absl::StatusOr<FindResponse>> answered;
    adapter_->Find(call, request, [&](auto answer) { answered.set_value(std::move(answer)); });
    return answered.get_future().get();
  }

  absl::Status Health(RegistryCall call = {}) {
    std::promise<absl::Status> answered;
    adapter_->Health(call, [&](absl::Status status) { answered.set_value(std::move(status)); });
    return answered.get_future().get();
  }

  absl::StatusOr<adapter::v1::GetRecordResponse> GetRecord(const std::string& number) {
    adapter::v1::GetRecordRequest request;
    request.set_record_number(number);
    std::promise<absl::StatusOr<adapter::v1::GetRecordResponse>> answered;
    adapter_->GetRecord({}, request, [&](auto answer) { answered.set_value(std::move(answer)); });
    return answered.get_future().get();
  }

  std::vector<std::string> Found(const FindRequest& request) {
    const absl::StatusOr<FindResponse> response = Find(request);
    EXPECT_TRUE(response.ok()) << response.status();
    std::vector<std::string> numbers;
    if (!response.ok()) return numbers;
    for (const auto& record : response->records().records())
      numbers.push_back(record.record_number());
    return numbers;
  }

  v1::Reason ReasonOf(const absl::Status& status) { return DetailOf(status).reason(); }

  ForeignDatabase database_;
  std::unique_ptr<SqlAdapter> adapter_;
};

TEST_F(SqlAdapterTest, FindsBySerialAsWritten) {
  database_.Run(kSchema);
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

TEST_F(SqlAdapterTest, FindsThroughSeparatorsByTheFoldedExpression) {
  database_.Run(kSchema);
  OpenAdapter();
  EXPECT_THAT(Found(Spelled({"ab1234", "AB1234"})), ElementsAre("3"));
  EXPECT_THAT(Found(Spelled({"РН777"})), ElementsAre("4"));
  EXPECT_THAT(Found(Spelled({"AB-12 34", "AB1234"})), ElementsAre("3"))
      << "once, though both match";
}

TEST_F(SqlAdapterTest, FindsNothingWhereNothingIs) {
  database_.Run(kSchema);
  OpenAdapter();
  EXPECT_THAT(Found(Spelled({"99999", "0042", "AB12", "PH777"})), IsEmpty());
  EXPECT_FALSE(Find(Spelled({"99999"}))->records().more());
}

TEST_F(SqlAdapterTest, LeavesOutWhatIsNull) {
  database_.Run(kSchema);
  OpenAdapter();
  const absl::StatusOr<FindResponse> response = Find(Spelled({"AB-12 34"}));
  ASSERT_TRUE(response.ok());
  const v1::RegistryRecord& record = response->records().records(0);
  EXPECT_FALSE(record.firearm().has_manufacturer());
  EXPECT_EQ(record.verbatim_size(), 3);
  EXPECT_EQ(record.losses_size(), 0);
}

TEST_F(SqlAdapterTest, FindsByPattern) {
  database_.Run(kSchema);
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

TEST_F(SqlAdapterTest, FindsCellsWithRemarksOnlyWhereTheMappingTellsOfThem) {
  database_.Run(kSchema);
  database_.Run(kRemarks);
  for (const std::string& yaml : {std::string(kYaml), WithCell("NUMBER_ALONE")}) {
    OpenAdapter(yaml);
    EXPECT_THAT(Found(Spelled({"38126"})), IsEmpty());
    EXPECT_THAT(Found(Spelled({"38126", "38126 (ferrolho 771)"})), ElementsAre("a"))
        << "the identical text";
    EXPECT_THAT(Found(Spelled({"38126", "38126 (ferrolho 772)"})), IsEmpty());
  }
}

TEST_F(SqlAdapterTest, FindsTheNumberThatACellBeginsWith) {
  database_.Run(kSchema);
  database_.Run(kRemarks);
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

TEST_F(SqlAdapterTest, FindsTheNumberThroughSeparatorsBeforeRemarks) {
  database_.Run(kSchema);
  database_.Run("INSERT INTO ОРУЖЈЕ (БРОЈ, СЕРИЈСКИ) VALUES ('j', 'ab-12 99 (cano)')");
  OpenAdapter(WithCell("NUMBER_FIRST"));
  EXPECT_THAT(Found(Spelled({"AB1299"})), ElementsAre("j"));
  EXPECT_THAT(Found(Spelled({"AB1298"})), IsEmpty());
}

TEST_F(SqlAdapterTest, FindsTheNumberAnywhereInACell) {
  database_.Run(kSchema);
  database_.Run(kRemarks);
  OpenAdapter(WithCell("NUMBER_ANYWHERE"));
  EXPECT_THAT(Found(Spelled({"38126"})), ElementsAre("a", "g")) << "those it begins first";
  EXPECT_THAT(Found(Spelled({"38128"})), IsEmpty());
  EXPECT_THAT(Found(Spelled({"8126"})), IsEmpty());
}

TEST_F(SqlAdapterTest, TakesNoOtherNumberForRemarksInAColumnOfAnyType) {
  const std::string yaml =
      "source: T\nrecord_number: ID\nserial_search: {column: SN, cell: NUMBER_FIRST}\n"
      "fields: [{column: SN, to: firearm.model}]\n";
  for (const char* type :
       {"", "TEXT", "INTEGER", "NUMERIC", "REAL", "BLOB", "TEXT COLLATE NOCASE"}) {
    database_.Run("DROP TABLE IF EXISTS T; CREATE TABLE T (ID, SN " + std::string(type) +
                  "); INSERT INTO T VALUES (1, 38125), (2, 38127), (3, 100000), (4, 381265), "
                  "(5, '38126 (x)'), (6, '38126a'), (7, '3812'), (8, 'zz')");
    OpenAdapter(yaml);
    EXPECT_THAT(Found(Spelled({"38126"})), ElementsAre("5")) << type;
    EXPECT_THAT(Found(Spelled({"38128"})), IsEmpty()) << type;
  }
}

TEST_F(SqlAdapterTest, ReadsAndLooksForTextInTheRegistrysCharacterSet) {
  // "Ж12" and "Ижмех" in windows-1251, and a byte that is no character of it.
  database_.Run(R"(CREATE TABLE W (ID TEXT, NR TEXT, M TEXT);
    INSERT INTO W VALUES ('1', CAST(X'C6313220' AS TEXT), CAST(X'C8E6ECE5F5' AS TEXT)),
                         (CAST(X'CE32' AS TEXT), CAST(X'C63133' AS TEXT), CAST(X'C898' AS TEXT)))");
  OpenAdapter(R"(
source: W
record_number: ID
serial_search: {column: NR, cell: NUMBER_ANYWHERE}
character_set: windows-1251
fields: [{column: M, to: firearm.manufacturer}]
)");
  auto found = Find(Patterned("Ж12*"));
  ASSERT_TRUE(found.ok()) << found.status();
  ASSERT_EQ(found->records().records_size(), 1);
  EXPECT_EQ(found->records().records(0).firearm().manufacturer().verbatim(), "Ижмех");
  EXPECT_EQ(found->records().records(0).losses_size(), 0);
  found = Find(Spelled({"Ж13", "日13"}));
  ASSERT_TRUE(found.ok()) << found.status();
  ASSERT_EQ(found->records().records_size(), 1);
  EXPECT_EQ(found->records().records(0).record_number(), "О2");
  EXPECT_EQ(found->records().records(0).firearm().manufacturer().verbatim(), "И\\x98");
  EXPECT_EQ(found->records().records(0).losses_size(), 1);
  EXPECT_THAT(Found(Spelled({"日13"})), IsEmpty());
  EXPECT_TRUE(GetRecord("О2").ok());
  EXPECT_EQ(ReasonOf(GetRecord("日2").status()), v1::REASON_RECORD_NOT_FOUND);
}

TEST_F(SqlAdapterTest, StopsAtTheBoundAndSaysThereAreMore) {
  database_.Run(kSchema);
  database_.Run(
      "INSERT INTO ОРУЖЈЕ WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n "
      "WHERE i<60) SELECT 'M'||i, 'MANY', 'X', 1 FROM n");
  OpenAdapter();
  for (const int bound : {1, 50}) {
    const absl::StatusOr<FindResponse> response = Find(Spelled({"MANY"}, bound));
    ASSERT_TRUE(response.ok());
    EXPECT_EQ(response->records().records_size(), bound);
    EXPECT_TRUE(response->records().more());
  }
  database_.Run("DELETE FROM ОРУЖЈЕ WHERE СЕРИЈСКИ = 'MANY' AND CAST(substr(БРОЈ,2) AS INT) > 50");
  EXPECT_FALSE(Find(Spelled({"MANY"}, 50))->records().more()) << "exactly as many as the bound";
}

TEST_F(SqlAdapterTest, FindsNumbersInColumnsOfEveryType) {
  const std::string yaml =
      "source: T\nrecord_number: ID\nserial_search: {column: SN}\nfields: [{column: SN, to: "
      "firearm.model}]\n";
  for (const char* type : {"", "TEXT", "INTEGER", "NUMERIC", "BLOB"}) {
    database_.Run("DROP TABLE IF EXISTS T; CREATE TABLE T (ID, SN " + std::string(type) +
                  "); INSERT INTO T VALUES (7, 12345)");
    OpenAdapter(yaml);
    EXPECT_THAT(Found(Spelled({"12345"})), ElementsAre("7")) << type;
    EXPECT_THAT(Found(Spelled({"12346"})), IsEmpty()) << type;
    EXPECT_TRUE(GetRecord("7").ok()) << type;
    EXPECT_EQ(ReasonOf(GetRecord("07").status()), v1::REASON_RECORD_NOT_FOUND) << type;
  }
}

TEST_F(SqlAdapterTest, TakesNoSpellingForSql) {
  database_.Run(kSchema);
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

TEST_F(SqlAdapterTest, RefusesRequestsOutOfBounds) {
  database_.Run(kSchema);
  OpenAdapter();
  EXPECT_EQ(ReasonOf(Find(Spelled({})).status()), v1::REASON_FIELD_REQUIRED);
  EXPECT_EQ(ReasonOf(Find(Spelled({"1"}, 0)).status()), v1::REASON_FIELD_INVALID);
  EXPECT_EQ(ReasonOf(Find(Spelled({"1"}, 51)).status()), v1::REASON_FIELD_INVALID);
  EXPECT_EQ(ReasonOf(Find(Spelled({""})).status()), v1::REASON_FIELD_INVALID);
  EXPECT_EQ(ReasonOf(Find(Spelled({std::string(257, '1')})).status()), v1::REASON_FIELD_INVALID);
  EXPECT_TRUE(Find(Spelled({std::string(256, '1')})).ok());
  EXPECT_EQ(ReasonOf(Find(Spelled(std::vector<std::string>(65, "1"))).status()),
            v1::REASON_FIELD_TOO_LONG);
  EXPECT_TRUE(Find(Spelled(std::vector<std::string>(64, "1"))).ok());
  EXPECT_EQ(ReasonOf(Find(Patterned(std::string(129, '?'))).status()), v1::REASON_FIELD_TOO_LONG);
  EXPECT_EQ(ReasonOf(Find(Patterned("*1*2*3*4*5")).status()), v1::REASON_FIELD_TOO_LONG);
}

TEST_F(SqlAdapterTest, RefusesAMappingOfListsInARecord) {
  std::string yaml = kYaml;
  const std::string number = "    record_number: ОРУЖЈЕ\n";
  yaml.erase(yaml.find(number), number.size());
  const absl::Status status =
      SqlAdapter::Open({"zastava", "RS", database_.path(), MappingOf(yaml)}).status();
  EXPECT_EQ(ReasonOf(status), v1::REASON_CONFIG_INVALID);
  EXPECT_THAT(std::string(status.message()),
              HasSubstr("sql.mapping: has events[0].source without record_number"));
}

TEST_F(SqlAdapterTest, GetsOneRecordWhole) {
  database_.Run(kSchema);
  OpenAdapter();
  const auto response = GetRecord("001");
  ASSERT_TRUE(response.ok()) << response.status();
  EXPECT_EQ(response->record().firearm().serial_number(), "00042");
  EXPECT_EQ(response->record().events_size(), 2);
  EXPECT_EQ(ReasonOf(GetRecord("01").status()), v1::REASON_RECORD_NOT_FOUND);
  EXPECT_EQ(GetRecord("01").status().code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(ReasonOf(GetRecord("").status()), v1::REASON_FIELD_INVALID);
}

TEST_F(SqlAdapterTest, DescribesWhatItCovers) {
  OpenAdapter();
  const auto description = adapter_->Describe();
  EXPECT_EQ(description.name(), "zastava");
  EXPECT_THAT(description.states(), ElementsAre("RS"));
  EXPECT_TRUE(description.partial_serials());
}

TEST_F(SqlAdapterTest, WorksOnceAMissingFileAppears) {
  OpenAdapter();
  const absl::Status missing = Find(Spelled({"42"})).status();
  EXPECT_EQ(ReasonOf(missing), v1::REASON_REGISTRY_UNAVAILABLE);
  EXPECT_EQ(missing.code(), absl::StatusCode::kUnavailable);
  EXPECT_THAT(std::string(missing.message()), HasSubstr("registry 'zastava'"));
  EXPECT_THAT(std::string(missing.message()), Not(HasSubstr("registry.db")));
  EXPECT_EQ(ReasonOf(Health()), v1::REASON_REGISTRY_UNAVAILABLE);
  EXPECT_FALSE(std::filesystem::exists(database_.path())) << "it was not made by looking";
  database_.Run(kSchema);
  EXPECT_TRUE(Health().ok());
  EXPECT_THAT(Found(Spelled({"42"})), ElementsAre("1"));
}

TEST_F(SqlAdapterTest, SeesTheFileThatIsThereNow) {
  database_.Run(kSchema);
  OpenAdapter(kYaml, 1);
  EXPECT_THAT(Found(Spelled({"42"})), ElementsAre("1"));
  database_.Disconnect();
  std::filesystem::rename(database_.path(), database_.path() + ".old");
  EXPECT_EQ(ReasonOf(Find(Spelled({"42"})).status()), v1::REASON_REGISTRY_UNAVAILABLE)
      << "not an answer from a file that was taken away";
  database_.Run(kSchema);
  database_.Run("UPDATE ОРУЖЈЕ SET БРОЈ = 'new' WHERE СЕРИЈСКИ = '42'");
  EXPECT_THAT(Found(Spelled({"42"})), ElementsAre("new"));
  database_.Run("UPDATE ОРУЖЈЕ SET БРОЈ = 'newer' WHERE СЕРИЈСКИ = '42'");
  EXPECT_THAT(Found(Spelled({"42"})), ElementsAre("newer"));
}

TEST_F(SqlAdapterTest, SurvivesGarbageInPlaceOfTheDatabase) {
  database_.Run(kSchema);
  OpenAdapter(kYaml, 1);
  EXPECT_THAT(Found(Spelled({"42"})), ElementsAre("1"));
  database_.Disconnect();
  std::string good(4096, '\0');
  std::ifstream(database_.path(), std::ios::binary).read(good.data(), 4096);
  database_.Overwrite(std::string(4096, '\xA5'));
  EXPECT_EQ(ReasonOf(Find(Spelled({"42"})).status()), v1::REASON_REGISTRY_UNAVAILABLE);
  EXPECT_EQ(ReasonOf(Health()), v1::REASON_REGISTRY_UNAVAILABLE);
  std::filesystem::resize_file(database_.path(), 4096);
  EXPECT_EQ(ReasonOf(Find(Spelled({"42"})).status()), v1::REASON_REGISTRY_UNAVAILABLE);
  std::filesystem::remove(database_.path());
  database_.Run(kSchema);
  EXPECT_THAT(Found(Spelled({"42"})), ElementsAre("1"));
}

TEST_F(SqlAdapterTest, TakesNothingElseForADatabase) {
  OpenAdapter();
  const auto reason = [&] { return ReasonOf(Find(Spelled({"42"})).status()); };
  std::ofstream(database_.path()).put('x');
  EXPECT_EQ(reason(), v1::REASON_REGISTRY_UNAVAILABLE);
  std::filesystem::resize_file(database_.path(), 0);
  EXPECT_EQ(reason(), v1::REASON_REGISTRY_UNAVAILABLE) << "one that is being copied begins empty";
  std::filesystem::remove(database_.path());
  std::filesystem::create_directory(database_.path());
  EXPECT_EQ(reason(), v1::REASON_REGISTRY_UNAVAILABLE);
  std::filesystem::remove(database_.path());
  ASSERT_EQ(mkfifo(database_.path().c_str(), 0600), 0);
  EXPECT_EQ(reason(), v1::REASON_REGISTRY_UNAVAILABLE) << "without waiting for a writer";
  std::filesystem::remove(database_.path());
  database_.Run("CREATE TABLE other (a)");
  EXPECT_EQ(reason(), v1::REASON_REGISTRY_MISMATCH);
}

TEST_F(SqlAdapterTest, WaitsForALockNoLongerThanTheCallHasTime) {
  database_.Run(kSchema);
  OpenAdapter(kYaml, 1);
  for (const bool was_open : {false, true}) {
    database_.Run("BEGIN EXCLUSIVE");
    const absl::Status busy =
        Find(Spelled({"42"}), {absl::Now() + absl::Milliseconds(60), {}}).status();
    EXPECT_EQ(ReasonOf(busy), v1::REASON_REGISTRY_BUSY) << was_open << " " << busy;
    EXPECT_EQ(busy.code(), absl::StatusCode::kUnavailable);
    EXPECT_EQ(DetailOf(busy).retry_after().seconds(), 1);
    EXPECT_EQ(ReasonOf(Health({absl::Now() + absl::Milliseconds(30), {}})),
              v1::REASON_REGISTRY_BUSY);
    database_.Run("COMMIT");
    EXPECT_THAT(Found(Spelled({"42"})), ElementsAre("1"));
  }
}

TEST_F(SqlAdapterTest, LeavesNoLockBehind) {
  database_.Run(kSchema);
  OpenAdapter();
  EXPECT_TRUE(Find(Spelled({"42"})).ok());
  EXPECT_TRUE(Find(Spelled({"none"})).ok());
  EXPECT_TRUE(Find(Spelled({"MANY"}, 1)).ok());
  EXPECT_TRUE(Health().ok());
  database_.Run("BEGIN EXCLUSIVE; UPDATE ОРУЖЈЕ SET МАРКА = 'Y'; COMMIT");
}

TEST_F(SqlAdapterTest, AnswersAWaitingCallOnceTheLockIsGone) {
  database_.Run(kSchema);
  OpenAdapter(kYaml, 1);
  database_.Run("BEGIN EXCLUSIVE");
  std::promise<absl::StatusOr<FindResponse>> answered;
  adapter_->Find({}, Spelled({"42"}), [&](auto answer) { answered.set_value(std::move(answer)); });
  database_.Run("COMMIT");
  EXPECT_TRUE(answered.get_future().get().ok());
}

struct Misnamed {
  const char* from;
  const char* into;
  const char* field;
  const char* says;
};

class SqlAdapterMismatch : public SqlAdapterTest, public ::testing::WithParamInterface<Misnamed> {};

TEST_P(SqlAdapterMismatch, NamesTheColumnAndTheMappingsKey) {
  std::string yaml = kYaml;
  yaml.replace(yaml.find(GetParam().from), std::string_view(GetParam().from).size(),
               GetParam().into);
  database_.Run(kSchema);
  OpenAdapter(yaml);
  for (const absl::Status& status : {Health(), Find(Spelled({"00042"})).status()}) {
    EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition) << status;
    const v1::FailureDetail detail = DetailOf(status);
    EXPECT_EQ(detail.reason(), v1::REASON_REGISTRY_MISMATCH);
    ASSERT_EQ(detail.violations_size(), 1);
    EXPECT_EQ(detail.violations(0).field(), GetParam().field);
    EXPECT_THAT(detail.violations(0).description(), HasSubstr(GetParam().says));
  }
}

INSTANTIATE_TEST_SUITE_P(
    Each, SqlAdapterMismatch,
    ::testing::Values(
        Misnamed{"source: ОРУЖЈЕ", "source: ОРУЖ", "source", "no table 'ОРУЖ'"},
        Misnamed{"record_number: БРОЈ", "record_number: БР", "record_number",
                 "no column 'БР' in 'ОРУЖЈЕ'"},
        Misnamed{"column: СЕРИЈСКИ", "column: SERIJSKI", "serial_search.column",
                 "no column 'SERIJSKI'"},
        Misnamed{"column: ГОДИНА", "column: ГОД", "fields[1].column", "no column 'ГОД'"},
        Misnamed{"source: ИЗВОЗ", "source: УВОЗ", "events[0].source", "no table 'УВОЗ'"},
        Misnamed{"column: ДРЖАВА", "column: ЗЕМЉА", "events[0].fields[1].column",
                 "no column 'ЗЕМЉА'"},
        Misnamed{"UPPER(", "UPER(", "serial_search.folded", "UPER"},
        Misnamed{"UPPER(", "UPPER((", "serial_search.folded", ""},
        Misnamed{"folded: \"UPPER(REPLACE(REPLACE(СЕРИЈСКИ,'-',''),' ',''))\"",
                 "folded: UPPER(\"NOPE\")", "serial_search.folded", "NOPE"}));

TEST_F(SqlAdapterTest, WorksOnceTheSchemaFitsAgain) {
  database_.Run(kSchema);
  OpenAdapter(kYaml, 1);
  EXPECT_TRUE(Find(Spelled({"42"})).ok());
  database_.Run("ALTER TABLE ОРУЖЈЕ RENAME COLUMN МАРКА TO MARKA");
  EXPECT_EQ(ReasonOf(Find(Spelled({"42"})).status()), v1::REASON_REGISTRY_MISMATCH);
  database_.Run("ALTER TABLE ОРУЖЈЕ RENAME COLUMN MARKA TO МАРКА");
  EXPECT_TRUE(Find(Spelled({"42"})).ok());
}

TEST_F(SqlAdapterTest, RefusesCallsThatAreOver) {
  database_.Run(kSchema);
  OpenAdapter();
  const absl::Status late = Find(Spelled({"42"}), {absl::Now() - absl::Seconds(1), {}}).status();
  EXPECT_EQ(late.code(), absl::StatusCode::kDeadlineExceeded);
  std::stop_source source;
  source.request_stop();
  const absl::Status stopped =
      Find(Spelled({"42"}), {absl::InfiniteFuture(), source.get_token()}).status();
  EXPECT_EQ(stopped.code(), absl::StatusCode::kCancelled);
}

// A search that takes longer than anybody waits: every row is made by counting to a billion.
constexpr char kEndless[] = R"(
CREATE VIEW ENDLESS AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<1000000000)
  SELECT i AS ID, 'X'||i AS SN FROM n;
)";
constexpr char kEndlessYaml[] =
    "source: ENDLESS\nrecord_number: ID\nserial_search: {column: SN}\nfields: [{column: SN, to: "
    "firearm.model}]\n";

TEST_F(SqlAdapterTest, BreaksOffAtTheDeadline) {
  database_.Run(kEndless);
  OpenAdapter(kEndlessYaml);
  const absl::Status status =
      Find(Spelled({"none"}), {absl::Now() + absl::Milliseconds(50), {}}).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kDeadlineExceeded) << status;
}

TEST_F(SqlAdapterTest, BreaksOffWhenCancelled) {
  database_.Run(kEndless);
  OpenAdapter(kEndlessYaml);
  std::stop_source source;
  std::promise<absl::Status> answered;
  adapter_->Find({absl::InfiniteFuture(), source.get_token()}, Spelled({"none"}),
                 [&](auto answer) { answered.set_value(answer.status()); });
  source.request_stop();
  EXPECT_EQ(answered.get_future().get().code(), absl::StatusCode::kCancelled);
}

TEST_F(SqlAdapterTest, CancelsWhatIsInFlightWhenDestroyed) {
  database_.Run(kEndless);
  OpenAdapter(kEndlessYaml, 1, 4);
  std::atomic<int> cancelled = 0;
  for (int i = 0; i < 4; ++i) {
    adapter_->Find({}, Spelled({"none"}), [&](auto answer) {
      cancelled += answer.status().code() == absl::StatusCode::kCancelled ? 1 : 0;
    });
  }
  adapter_.reset();
  EXPECT_EQ(cancelled, 4) << "every callback ran before the destructor returned";
}

TEST_F(SqlAdapterTest, RefusesCallsPastItsQueueWithAHint) {
  database_.Run(kSchema);
  OpenAdapter(kYaml, 1, 1);
  std::latch started(1), release(1);
  std::promise<void> second_done;
  adapter_->Find({}, Spelled({"42"}), [&](auto) {
    started.count_down();
    release.wait();
  });
  started.wait();
  adapter_->Find({}, Spelled({"42"}), [&](auto answer) {
    EXPECT_TRUE(answer.ok());
    second_done.set_value();
  });
  const absl::Status refused = Find(Spelled({"42"})).status();
  EXPECT_EQ(ReasonOf(refused), v1::REASON_OVERLOADED);
  EXPECT_EQ(refused.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_GT(DetailOf(refused).retry_after().seconds(), 0);
  release.count_down();
  second_done.get_future().wait();
  EXPECT_TRUE(Find(Spelled({"42"})).ok());
}

TEST_F(SqlAdapterTest, AnswersEightThreadsAtOnce) {
  database_.Run(kSchema);
  OpenAdapter(kYaml, 4, 64);
  std::atomic<int> right = 0;
  std::vector<std::thread> callers;
  for (int i = 0; i < 8; ++i) {
    callers.emplace_back([&, i] {
      const std::string serial = i % 2 == 0 ? "42" : "00042";
      const std::string number = i % 2 == 0 ? "1" : "001";
      for (int j = 0; j < 100; ++j) {
        const absl::StatusOr<FindResponse> response = Find(Spelled({serial}));
        if (response.ok() && response->records().records_size() == 1 &&
            response->records().records(0).record_number() == number) {
          ++right;
        }
      }
    });
  }
  for (std::thread& caller : callers) caller.join();
  EXPECT_EQ(right, 800);
}

TEST_F(SqlAdapterTest, NeverWritesToTheRegistry) {
  database_.Run(kSchema);
  OpenAdapter();
  database_.Disconnect();
  const auto before = std::filesystem::last_write_time(database_.path());
  EXPECT_TRUE(Find(Spelled({"42"})).ok());
  EXPECT_EQ(std::filesystem::last_write_time(database_.path()), before);
  EXPECT_FALSE(std::filesystem::exists(database_.path() + "-journal"));
}

TEST(SqlAdapterOptions, AreChecked) {
  const auto reason_with = [](auto change) {
    SqlAdapter::Options options{"zastava", "RS", "registry.db", MappingOf(kYaml)};
    change(options);
    const auto opened = SqlAdapter::Open(std::move(options));
    return opened.ok() ? v1::REASON_UNSPECIFIED : DetailOf(opened.status()).reason();
  };
  EXPECT_EQ(reason_with([](auto&) {}), v1::REASON_UNSPECIFIED);
  EXPECT_EQ(reason_with([](auto& o) { o.name = ""; }), v1::REASON_CONFIG_INVALID);
  EXPECT_EQ(reason_with([](auto& o) { o.state = "Rs"; }), v1::REASON_CONFIG_INVALID);
  EXPECT_EQ(reason_with([](auto& o) { o.file = ""; }), v1::REASON_CONFIG_INVALID);
  EXPECT_EQ(reason_with([](auto& o) { o.concurrency = 0; }), v1::REASON_CONFIG_INVALID);
  EXPECT_EQ(reason_with([](auto& o) { o.concurrency = 65; }), v1::REASON_CONFIG_INVALID);
  EXPECT_EQ(reason_with([](auto& o) { o.queue_max = -1; }), v1::REASON_CONFIG_INVALID);
  EXPECT_EQ(reason_with([](auto& o) { o.timeout = absl::ZeroDuration(); }),
            v1::REASON_CONFIG_INVALID);
}

}  // namespace
}  // namespace tracegate
