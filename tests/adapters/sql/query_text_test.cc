#include "adapters/sql/query_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "adapters/sql/postgres_dialect.h"
#include "adapters/sql/sqlite_dialect.h"
#include "adapters/sql/standard_dialect.h"
#include "tests/adapters/mapping/mapping_of.h"
#include "tests/adapters/sql/foreign_database.h"

namespace tracegate {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using Kind = QueryKey::Kind;

const SqliteDialect kSqlite;

constexpr char kYaml[] = R"yaml(
source: 'ARMS "A"'
record_number: ID
serial_search:
  column: Ser.Nr
  folded: UPPER(REPLACE("Ser.Nr",'-',''))
fields: [{column: MAKE, to: firearm.manufacturer}]
events:
  - {source: MOVES, record_number: ARM, kind: EXPORT, order_by: DAY}
)yaml";

TEST(QueryText, QuotesAndQualifiesEveryName) {
  EXPECT_EQ(QueryText({Kind::kSerialIn, 2}, MappingOf(kYaml), kSqlite),
            R"(SELECT CAST("ARMS ""A"""."ID" AS TEXT), CAST("ARMS ""A"""."Ser.Nr" AS TEXT), )"
            R"(CAST("ARMS ""A"""."MAKE" AS TEXT) FROM "ARMS ""A""" )"
            R"(WHERE "ARMS ""A"""."Ser.Nr" IN (?1, ?2) LIMIT 51)");
  EXPECT_EQ(QueryText({Kind::kRelated, 0}, MappingOf(kYaml), kSqlite),
            R"(SELECT CAST("MOVES"."ARM" AS TEXT), CAST("MOVES"."DAY" AS TEXT) FROM "MOVES" )"
            R"(WHERE "MOVES"."ARM" IN (?1, ?2) ORDER BY "MOVES"."DAY" LIMIT 257)");
}

TEST(QueryText, WritesWhatEachDatabaseReads) {
  const Mapping mapping = MappingOf(
      "source: arms.t\nrecord_number: id\nserial_search: {column: sn}\n"
      "fields: [{column: sn, to: firearm.model}]\n");
  const QueryKey key{Kind::kRecord, 0};
  EXPECT_EQ(QueryText(key, mapping, PostgresDialect()),
            R"(SELECT LEFT(CAST("arms"."t"."id" AS TEXT), 8192), )"
            R"(LEFT(CAST("arms"."t"."sn" AS TEXT), 8192) FROM "arms"."t" )"
            R"(WHERE "arms"."t"."id" IN ($1, $2) LIMIT 1)");
  EXPECT_EQ(QueryText(key, mapping, StandardDialect("Oracle", "\"")),
            R"(SELECT "arms"."t"."id", "arms"."t"."sn" FROM "arms"."t" )"
            R"(WHERE "arms"."t"."id" IN (?, ?) FETCH FIRST 1 ROWS ONLY)");
  EXPECT_EQ(QueryText(key, mapping, StandardDialect("Microsoft SQL Server", "\"")),
            R"(SELECT TOP 1 "arms"."t"."id", "arms"."t"."sn" FROM "arms"."t" )"
            R"(WHERE "arms"."t"."id" IN (?, ?))");
  EXPECT_EQ(QueryText(key, mapping, StandardDialect("MariaDB", "`")),
            "SELECT `arms`.`t`.`id`, `arms`.`t`.`sn` FROM `arms`.`t` "
            "WHERE `arms`.`t`.`id` IN (?, ?) LIMIT 1");
}

TEST(QueryText, UsesTheIndexesThatTheOwnerMade) {
  ForeignDatabase database("plan");
  database.Run(R"(CREATE TABLE "ARMS ""A""" (ID INTEGER PRIMARY KEY, "Ser.Nr" TEXT, MAKE TEXT);
                  CREATE TABLE MOVES (ARM INTEGER, DAY TEXT);
                  CREATE INDEX by_serial ON "ARMS ""A"""("Ser.Nr");
                  CREATE INDEX by_folded ON "ARMS ""A"""(UPPER(REPLACE("Ser.Nr",'-','')));
                  CREATE INDEX by_arm ON MOVES(ARM, DAY);)");
  const Mapping mapping = MappingOf(kYaml);
  const auto plan = [&](QueryKey key) { return database.PlanOf(QueryText(key, mapping, kSqlite)); };
  EXPECT_THAT(plan({Kind::kSerialIn, 8}), HasSubstr("USING INDEX by_serial"));
  EXPECT_THAT(plan({Kind::kFoldedIn, 4}), HasSubstr("USING INDEX by_folded"));
  EXPECT_THAT(plan({Kind::kSerialBegins, 8}), HasSubstr("USING INDEX by_serial"));
  EXPECT_THAT(plan({Kind::kFoldedBegins, 8}), HasSubstr("USING INDEX by_folded"));
  EXPECT_THAT(plan({Kind::kRecord, 0}), HasSubstr("USING INTEGER PRIMARY KEY"));
  EXPECT_THAT(plan({Kind::kRelated, 0}), HasSubstr("USING COVERING INDEX by_arm"));
  for (const QueryKey key :
       {QueryKey{Kind::kSerialIn, 8}, QueryKey{Kind::kFoldedIn, 4},
        QueryKey{Kind::kSerialBegins, 64}, QueryKey{Kind::kFoldedBegins, 64}}) {
    EXPECT_THAT(plan(key), Not(HasSubstr("SCAN")));
  }
}

TEST(LikePattern, KnowsItsWildcardsAndNoOthers) {
  EXPECT_EQ(LikePattern("12?4*", kSqlite), "12_4%");
  EXPECT_EQ(LikePattern("a**b***", kSqlite), "a%b%");
  EXPECT_EQ(LikePattern("100%_![", kSqlite), "100!%!_!![");
  EXPECT_EQ(LikePattern("%*", kSqlite), "!%%") << "a percent sign is no star";
  EXPECT_EQ(LikePattern("'; DROP", kSqlite), "'; DROP");
  EXPECT_EQ(LikePattern("1[2]", StandardDialect("Microsoft SQL Server", "\"")), "1![2]");
}

TEST(HoldsValue, TakesNoCharacterForAWildcard) {
  EXPECT_EQ(kSqlite.HoldsValue("ab-12"), "*[^0-9A-Z]AB-12[^0-9A-Z]*");
  EXPECT_EQ(kSqlite.HoldsValue("1*?[2]"), "*[^0-9A-Z]1[*][?][[]2][^0-9A-Z]*");
  EXPECT_EQ(PostgresDialect().HoldsValue("1.*2"), R"((^|[^0-9A-Za-z])1\.\*2([^0-9A-Za-z]|$))");
  EXPECT_EQ(StandardDialect().HoldsValue("1%2*"), "%1!%2*%");
}

TEST(FoldedPattern, KeepsWhatAFoldedSerialHas) {
  EXPECT_EQ(FoldedPattern("ab-1?/3 *"), "AB1?3*");
  EXPECT_EQ(FoldedPattern("РН-1?"), "РН1?");
  EXPECT_EQ(FoldedPattern("- /"), "");
}

}  // namespace
}  // namespace tracegate
