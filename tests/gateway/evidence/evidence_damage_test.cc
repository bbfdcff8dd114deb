#include <memory>
#include <string>

#include "SQLiteCpp/Database.h"
#include "SQLiteCpp/Statement.h"
#include "gateway/evidence/evidence_log.h"
#include "gateway/evidence/note_signer.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/gateway/evidence/example_log.h"
#include "tests/gateway/storage/sqlite_place.h"

namespace tracegate {
namespace {

// A log of six entries in a file that somebody with the disk in hand has changed.
class DamagedLog : public testing::Test {
 protected:
  void SetUp() override {
    const auto store = place_.Open();
    const auto log = *EvidenceLog::Open(store.get(), ExampleOptions());
    for (int i = 0; i < 3; ++i) {
      ASSERT_TRUE(AppendTo(*log, ExampleDraft("T" + std::to_string(i))).ok());
    }
  }

  void Tamper(const std::string& sql) { Database().exec(sql); }

  // What is wrong with it.
  absl::Status Open(const EvidenceLog::Options& options = ExampleOptions()) {
    const auto store = place_.Open();
    const auto log = EvidenceLog::Open(store.get(), options);
    return log.ok() ? (*log)->damage() : log.status();
  }

  // Opens for reading alone, and says so in these words.
  void ExpectDamage(const std::string& words) {
    const absl::Status status = Open();
    EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition) << status;
    EXPECT_EQ(ReasonOf(status), v1::REASON_LOG_READ_ONLY);
    EXPECT_THAT(std::string(status.message()), testing::HasSubstr(words));
  }

  std::string Read(const std::string& column, int64_t index) {
    SQLite::Database database = Database();
    SQLite::Statement row(database, "SELECT " + column + " FROM entry WHERE idx = ?");
    row.bind(1, index);
    EXPECT_TRUE(row.executeStep());
    const SQLite::Column bytes = row.getColumn(0);
    return {static_cast<const char*>(bytes.getBlob()), static_cast<size_t>(bytes.getBytes())};
  }

  void Write(const std::string& column, int64_t index, const std::string& bytes) {
    SQLite::Database database = Database();
    SQLite::Statement update(database, "UPDATE entry SET " + column + " = ? WHERE idx = ?");
    update.bind(1, bytes.data(), static_cast<int>(bytes.size()));
    update.bind(2, index);
    ASSERT_EQ(update.exec(), 1);
  }

  void WriteLastNote(const std::string& note) {
    SQLite::Database database = Database();
    SQLite::Statement update(database, "UPDATE checkpoint SET note = ? WHERE tree_size = 6");
    update.bind(1, note);
    ASSERT_EQ(update.exec(), 1);
  }

  std::string Note(int64_t tree_size) {
    return Database()
        .execAndGet("SELECT note FROM checkpoint WHERE tree_size = " + std::to_string(tree_size))
        .getString();
  }

  SQLite::Database Database() { return {place_.file(), SQLite::OPEN_READWRITE}; }

  SqlitePlace place_;
};

TEST_F(DamagedLog, OpensAsLongAsNothingWasTouched) { EXPECT_TRUE(Open().ok()) << Open(); }

TEST_F(DamagedLog, NamesTheEntryWithATurnedByteInItsContentOrSalt) {
  for (const char* column : {"content", "salt"}) {
    const std::string good = Read(column, 3);
    for (size_t i = 0; i < good.size(); ++i) {
      std::string bad = good;
      bad[i] = static_cast<char>(bad[i] ^ 0x10);
      Write(column, 3, bad);
      ExpectDamage("entry 3 has another content");
    }
    Write(column, 3, good);
  }
  EXPECT_TRUE(Open().ok());
}

TEST_F(DamagedLog, NoticesATurnedByteAnywhereInAHeader) {
  const std::string good = Read("header", 3);
  for (size_t i = 0; i < good.size(); ++i) {
    std::string bad = good;
    bad[i] = static_cast<char>(bad[i] ^ 1);
    Write("header", 3, bad);
    ExpectDamage("evidence log is damaged");
  }
  Write("header", 3, good);
  EXPECT_TRUE(Open().ok());
}

TEST_F(DamagedLog, NoticesWhatIsMissing) {
  Tamper("DELETE FROM entry WHERE idx = 5");
  ExpectDamage("entry 5 is missing at the end");
  Tamper("DELETE FROM entry WHERE idx = 2");
  ExpectDamage("entry 2 is missing");
  Tamper("DELETE FROM entry");
  ExpectDamage("entry 0 is missing");
}

TEST_F(DamagedLog, NoticesWhatWasAddedOrSwapped) {
  Tamper("INSERT INTO entry SELECT 6, header, salt, content FROM entry WHERE idx = 5");
  ExpectDamage("entry 6 stands behind the last checkpoint");
  Tamper("DELETE FROM entry WHERE idx = 6");
  EXPECT_TRUE(Open().ok());
  Tamper(
      "UPDATE entry SET idx = 9 WHERE idx = 1; UPDATE entry SET idx = 1 WHERE idx = 2;"
      "UPDATE entry SET idx = 2 WHERE idx = 9");
  ExpectDamage("is not what the last checkpoint was signed over");
}

TEST_F(DamagedLog, NoticesLostCheckpoints) {
  // The log cut back to an earlier state whole is what only a witness of later checkpoints can tell.
  Tamper("DELETE FROM checkpoint WHERE tree_size = 6");
  ExpectDamage("entry 4 stands behind the last checkpoint");
  Tamper("DELETE FROM checkpoint");
  ExpectDamage("entries and no checkpoint");
}

TEST_F(DamagedLog, NoticesAReplacedCheckpoint) {
  const std::string good = Note(6);
  WriteLastNote(Note(4));
  ExpectDamage("of another log or size");
  for (size_t i = 0; i < good.size(); i += 7) {
    std::string bad = good;
    bad[i] = bad[i] == 'A' ? 'B' : 'A';
    WriteLastNote(bad);
    ExpectDamage("checkpoint");
  }
  // Well made, by another key.
  const auto forger = NoteSigner::FromPem("registry.example/log", Ed25519Pem(std::string(32, 'f')));
  WriteLastNote((*forger)->Sign(good.substr(0, good.find("\n\n") + 1)));
  ExpectDamage("does not verify with the configured key");
  WriteLastNote(good);
  EXPECT_TRUE(Open().ok());
}

TEST_F(DamagedLog, DoesNotGoOnUnderAnotherKeyOrOrigin) {
  EvidenceLog::Options options = ExampleOptions();
  options.signing_key_pem = Ed25519Pem(std::string(32, 'x'));
  EXPECT_EQ(ReasonOf(Open(options)), v1::REASON_LOG_READ_ONLY);
  options = ExampleOptions();
  options.origin = "registry.example/other";
  EXPECT_EQ(ReasonOf(Open(options)), v1::REASON_LOG_READ_ONLY);
}

TEST_F(DamagedLog, VerifiesWithContentsErasedUnderAnEntryAndNamesWhatOnlyVanished) {
  {
    const auto store = place_.Open();
    const auto log = *EvidenceLog::Open(store.get(), ExampleOptions());
    RecordDraft draft = ExampleNote("");
    v1::ErasedContent erased;
    erased.add_indexes(1);
    erased.add_indexes(2);
    draft.entries[0].header.set_kind(v1::ENTRY_KIND_CONTENT_ERASED);
    draft.entries[0].content = erased.SerializeAsString();
    draft.erasure.entries = {1, 2};
    ASSERT_TRUE(AppendTo(*log, std::move(draft)).ok());
  }
  EXPECT_TRUE(Open().ok()) << Open();
  EXPECT_EQ(Read("content", 1), "");
  const std::string salt = Read("salt", 5);
  const std::string content = Read("content", 5);
  Tamper("UPDATE entry SET salt = x'', content = x'' WHERE idx = 5");
  ExpectDamage("entry 5 has no content any more, and no entry says that it was erased");
  Write("salt", 5, salt);
  Write("content", 5, content);
  EXPECT_TRUE(Open().ok()) << Open();
  // Only both go: a salt alone would let the content be guessed.
  Tamper("UPDATE entry SET content = x'' WHERE idx = 3");
  ExpectDamage("entry 3 has a content of another length");
  Tamper("UPDATE entry SET content = x'', salt = x'' WHERE idx = 3");
  Tamper("UPDATE entry SET salt = x'' WHERE idx = 4");
  ExpectDamage("entry 4 has a salt that is not 32 bytes");
}

}  // namespace
}  // namespace tracegate
