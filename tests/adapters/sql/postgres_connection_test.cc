#include "adapters/sql/postgres_connection.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>

#include "tests/adapters/sql/postgres_calls.h"
#include "tests/adapters/sql/silent_listener.h"

namespace tracegate {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class PostgresTest : public PostgresCalls {
 protected:
  void OpenAdapter(const std::string& where, const std::string& yaml = kYaml) {
    config::v1::SqlRegistry source;
    source.set_postgresql(where);
    Open(source, yaml, /*concurrency=*/1);
  }
  void OpenAdapter() { OpenAdapter(server_.Where("arms")); }

  std::string WhyNot() {
    const absl::Status failed = Find(Spelled({"42"})).status();
    EXPECT_EQ(ReasonOf(failed), v1::REASON_REGISTRY_UNAVAILABLE) << failed;
    EXPECT_EQ(failed.code(), absl::StatusCode::kUnavailable);
    EXPECT_THAT(std::string(failed.message()), Not(HasSubstr(server_.folder())));
    return std::string(failed.message());
  }
};

TEST_F(PostgresTest, TellsOfARestartInMidQueryAndIsBackAfterIt) {
  OpenAdapter();
  Lock();
  std::future<absl::Status> answer = AskInVain();
  server_.StopAtOnce();
  EXPECT_EQ(ReasonOf(answer.get()), v1::REASON_REGISTRY_UNAVAILABLE);
  EXPECT_THAT(WhyNot(), HasSubstr("cannot be reached"));
  server_.Start();
  EXPECT_THAT(Found(Spelled({"42"})), ElementsAre("1"));
}

TEST_F(PostgresTest, DoesNotNoticeARestartBetweenCalls) {
  OpenAdapter();
  EXPECT_THAT(Found(Spelled({"42"})), ElementsAre("1"));
  server_.Stop();
  server_.Start();
  EXPECT_THAT(Found(Spelled({"42"})), ElementsAre("1"));
}

TEST_F(PostgresTest, CancelsWhatIsInFlightWhenDestroyed) {
  OpenAdapter();
  Lock();
  std::future<absl::Status> answer = AskInVain();
  adapter_.reset();
  EXPECT_EQ(answer.wait_for(std::chrono::seconds(0)), std::future_status::ready);
  EXPECT_EQ(ReasonOf(answer.get()), v1::REASON_CANCELLED);
}

TEST_F(PostgresTest, AnswersAWaitingCallOnceTheLockIsGone) {
  OpenAdapter();
  Lock();
  std::future<absl::Status> answer = AskInVain();
  Unlock();
  EXPECT_TRUE(answer.get().ok());
}

TEST_F(PostgresTest, WaitsForAServerThatNeverAnswersNoLongerThanTheCallHasTime) {
  const SilentListener listener;
  OpenAdapter("host=127.0.0.1 dbname=arms sslmode=disable port=" + listener.port());
  for (int i = 0; i < 3; ++i) {
    const absl::Status late =
        Find(Spelled({"42"}), {absl::Now() + absl::Milliseconds(50), {}}).status();
    EXPECT_EQ(ReasonOf(late), v1::REASON_DEADLINE_EXCEEDED) << late;
  }
}

TEST_F(PostgresTest, SaysWhyItIsNotLetInAndNotWhere) {
  OpenAdapter("host=" + server_.folder() + "/nothing dbname=arms user=owner");
  EXPECT_THAT(WhyNot(), HasSubstr("cannot be reached"));
  OpenAdapter(server_.Where("arms", "nobody"));
  EXPECT_THAT(WhyNot(), HasSubstr("refuses the role"));
  OpenAdapter(server_.Where("nothing"));
  EXPECT_THAT(WhyNot(), HasSubstr("no database of that name"));
}

TEST_F(PostgresTest, TakesItsPasswordFromAPassfile) {
  server_.Run("arms",
              "CREATE ROLE clerk LOGIN PASSWORD 'right'; GRANT SELECT ON ALL TABLES IN SCHEMA "
              "public TO clerk");
  const std::string hba = server_.Ask("arms", "SHOW hba_file");
  std::ofstream(hba) << "local all clerk scram-sha-256\nlocal all all trust\n";
  server_.Run("arms", "SELECT pg_reload_conf()");
  const std::string passfile = server_.folder() + "/pass";
  const std::string where = server_.Where("arms", "clerk") + " passfile=" + passfile;
  OpenAdapter(where);
  EXPECT_THAT(WhyNot(), HasSubstr("asks for a password"));
  for (const std::string password : {"wrong", "right"}) {
    std::ofstream(passfile) << "*:*:*:clerk:" << password << "\n";
    ASSERT_EQ(chmod(passfile.c_str(), 0600), 0);
    if (password == "right") break;
    EXPECT_THAT(WhyNot(), HasSubstr("refuses the password"));
  }
  EXPECT_THAT(Found(Spelled({"42"})), ElementsAre("1"));
  adapter_.reset();
  server_.Run("arms", "DROP OWNED BY clerk; DROP ROLE clerk");
}

TEST_F(PostgresTest, NamesTheTableThatTheRoleMayNotRead) {
  server_.Run("arms", "CREATE ROLE stranger LOGIN");
  OpenAdapter(server_.Where("arms", "stranger"));
  const absl::Status refused = Find(Spelled({"42"})).status();
  EXPECT_EQ(ReasonOf(refused), v1::REASON_REGISTRY_MISMATCH) << refused;
  EXPECT_EQ(DetailOf(refused).violations(0).field(), "source");
  server_.Run("arms", "GRANT SELECT ON ALL TABLES IN SCHEMA public TO stranger");
  EXPECT_THAT(Found(Spelled({"42"})), ElementsAre("1"));
  adapter_.reset();
  server_.Run("arms", "DROP OWNED BY stranger; DROP ROLE stranger");
}

TEST_F(PostgresTest, NeverWritesToTheRegistry) {
  server_.Run("arms", "CREATE SEQUENCE asked");
  std::string yaml = kYaml;
  const std::string folded = "\"UPPER(REPLACE(REPLACE(СЕРИЈСКИ,'-',''),' ',''))\"";
  yaml.replace(yaml.find(folded), folded.size(), "\"nextval('asked')::text\"");
  OpenAdapter(server_.Where("arms"), yaml);
  EXPECT_THAT(WhyNot(), HasSubstr("25006")) << "read_only_sql_transaction";
  EXPECT_EQ(server_.Ask("arms", "SELECT is_called FROM asked"), "f");
}

constexpr char kWordsYaml[] = R"(
source: w
record_number: id
serial_search: {column: nr, cell: NUMBER_FIRST}
fields: [{column: m, to: firearm.manufacturer}]
)";

TEST_F(PostgresTest, ReadsADatabaseInAnotherCharacterSetAsUtf8) {
  server_.Run("postgres", "CREATE DATABASE words TEMPLATE template0 ENCODING WIN1251 LOCALE 'C'");
  server_.Run("words",
              "CREATE TABLE w (id TEXT, nr TEXT, m TEXT); INSERT INTO w VALUES "
              "('1', 'Ж1234', 'Ижмех'), ('2', 'Ж1299 (затвор 7)', 'Ижмех')");
  OpenAdapter(server_.Where("words"), kWordsYaml);
  const auto found = Find(Spelled({"Ж1234", "日1234"}));
  ASSERT_TRUE(found.ok()) << found.status();
  ASSERT_EQ(found->records().records_size(), 1);
  EXPECT_EQ(found->records().records(0).firearm().manufacturer().verbatim(), "Ижмех");
  EXPECT_THAT(Found(Spelled({"Ж1299"})), ElementsAre("2"));
  EXPECT_THAT(Found(Spelled({"日1234"})), IsEmpty()) << "no cell can hold it";
  EXPECT_THAT(Found(Patterned("日*")), IsEmpty());
  adapter_.reset();
  server_.Run("postgres", "DROP DATABASE words (FORCE)");
}

TEST_F(PostgresTest, ReadsBytesOfUndeclaredSetByTheMappings) {
  server_.Run("postgres", "CREATE DATABASE words TEMPLATE template0 ENCODING SQL_ASCII LOCALE 'C'");
  server_.Run("words",
              "SET client_encoding = SQL_ASCII; CREATE TABLE w (id TEXT, nr TEXT, m TEXT);"
              "INSERT INTO w VALUES ('1', E'\\xC61234', E'\\xC8\\xE6\\xEC\\xE5\\xF5')");
  OpenAdapter(server_.Where("words"), std::string(kWordsYaml) + "character_set: windows-1251\n");
  const auto found = Find(Patterned("Ж12*"));
  ASSERT_TRUE(found.ok()) << found.status();
  ASSERT_EQ(found->records().records_size(), 1);
  EXPECT_EQ(found->records().records(0).firearm().manufacturer().verbatim(), "Ижмех");
  EXPECT_THAT(Found(Spelled({"Ж1234", "日1234"})), ElementsAre("1"));
  EXPECT_THAT(Found(Spelled({"日1234"})), IsEmpty());
  adapter_.reset();
  server_.Run("postgres", "DROP DATABASE words (FORCE)");
}

TEST_F(PostgresTest, FindsTheNumberThatACellBeginsWithThroughAnIndex) {
  server_.Run("arms", "CREATE INDEX ON ОРУЖЈЕ (СЕРИЈСКИ text_pattern_ops)");
  const PostgresDialect dialect;
  const QueryKey key{QueryKey::Kind::kSerialBegins, 1};
  const std::string sql = QueryText(key, MappingOf(kYaml), dialect);
  const std::string number = std::get<std::string>(dialect.BeginsValues("38126").front());
  const std::string plan =
      server_.Ask("arms", "SET enable_seqscan = off; PREPARE q AS " + sql +
                              "; EXPLAIN (FORMAT JSON) EXECUTE q('" + number + "')");
  EXPECT_THAT(plan, HasSubstr("Index Cond"));
}

class PostgresSnapshot : public PostgresCalls {
 protected:
  static size_t RowsOf(RegistryConnection::Call& call, const std::string& serial) {
    const auto rows = call.Ask({QueryKey::Kind::kSerialIn, 1}, {serial}, 10);
    EXPECT_TRUE(rows.ok()) << rows.status();
    return rows.ok() ? rows->size() : 0;
  }

  const Mapping mapping_ = MappingOf(kYaml);
  PostgresConnection connection_{{"r", server_.Where("arms"), absl::Seconds(60), &mapping_}};
  std::atomic<bool> closing_ = false;
  const CallWatch watch_{"r", absl::InfiniteFuture(), {}, &closing_};
};

TEST_F(PostgresSnapshot, SeesOneMomentInACallAndNoLonger) {
  for (int i = 0; i < 2; ++i) {  // the second time by what is prepared
    auto call = RegistryConnection::Call::Begin(&connection_, &watch_, /*snapshot=*/true);
    ASSERT_TRUE(call.ok()) << call.status();
    EXPECT_EQ(RowsOf(*call, "42"), 1u);
    server_.Run("arms", "UPDATE ОРУЖЈЕ SET СЕРИЈСКИ = 'B' WHERE СЕРИЈСКИ = '42'");
    EXPECT_EQ(RowsOf(*call, "42"), 1u);
    EXPECT_EQ(RowsOf(*call, "B"), 0u);
    server_.Run("arms", "UPDATE ОРУЖЈЕ SET СЕРИЈСКИ = '42' WHERE СЕРИЈСКИ = 'B'");
  }
  server_.Run("arms", "UPDATE ОРУЖЈЕ SET СЕРИЈСКИ = 'B' WHERE СЕРИЈСКИ = '42'");
  auto call = RegistryConnection::Call::Begin(&connection_, &watch_, /*snapshot=*/true);
  ASSERT_TRUE(call.ok()) << call.status();
  EXPECT_EQ(RowsOf(*call, "B"), 1u);
}

TEST(PostgresConnectionString, HasNoPassword) {
  const auto refused = [](const std::string& where) {
    const absl::Status checked = PostgresConnection::CheckWhere(where);
    if (checked.ok()) return std::string();
    EXPECT_EQ(DetailOf(checked).reason(), v1::REASON_CONFIG_INVALID);
    EXPECT_EQ(DetailOf(checked).violations(0).field(), "sql.postgresql");
    EXPECT_THAT(std::string(checked.message()), Not(HasSubstr("secret")));
    return DetailOf(checked).violations(0).description();
  };
  EXPECT_EQ(refused("host=db.example dbname=arms user=u passfile=p"), "");
  EXPECT_EQ(refused("postgresql://u@db.example/arms?sslmode=verify-full"), "");
  EXPECT_THAT(refused("host=db.example password=secret"), HasSubstr("has a password"));
  EXPECT_THAT(refused("postgresql://u:secret@db.example/arms"), HasSubstr("has a password"));
  EXPECT_THAT(refused("secret"), HasSubstr("is no connection string"));
  EXPECT_THAT(refused("nonsense=secret"), HasSubstr("is no connection string"));
  EXPECT_THAT(refused("client_encoding=LATIN1"), HasSubstr("character_set"));
}

}  // namespace
}  // namespace tracegate
