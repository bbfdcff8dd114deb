#include "gateway/evidence/log_keys.h"

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "gateway/evidence/audit/database_log.h"
#include "gateway/evidence/audit/export_folder.h"
#include "gateway/evidence/audit/log_audit.h"
#include "gateway/evidence/evidence_log.h"
#include "gateway/evidence/log_export.h"
#include "gateway/evidence/note_signer.h"
#include "gateway/evidence/note_verifier.h"
#include "gateway/evidence/receipt_check.h"
#include "gateway/evidence/signed_note.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/gateway/evidence/audit/exporter.h"
#include "tests/gateway/evidence/example_log.h"
#include "tests/gateway/storage/sqlite_place.h"
#include "tests/gateway/storage/temp_folder.h"

namespace tracegate {
namespace {

std::string Pem(char key) { return Ed25519Pem(std::string(32, key)); }

std::string VerifierKey(char key, const std::string& origin = "registry.example/log") {
  return (*NoteSigner::FromPem(origin, Pem(key)))->verifier_key();
}

// A log whose keys, named by a letter each, change from one opening to the next.
class LogKeysTest : public testing::Test {
 protected:
  static EvidenceLog::Options Keys(char present, char next = 0, const std::string& former = "") {
    EvidenceLog::Options options = ExampleOptions();
    options.signing_key_pem = Pem(present);
    if (next != 0) options.next_signing_key_pem = Pem(next);
    for (const char key : former) options.former_keys.push_back(VerifierKey(key));
    return options;
  }

  void Open(const EvidenceLog::Options& options) {
    log_.reset();
    store_.reset();
    store_ = place_.Open();
    auto log = EvidenceLog::Open(store_.get(), options);
    ASSERT_TRUE(log.ok()) << log.status();
    log_ = *std::move(log);
  }

  std::string AppendOne() {
    const auto recorded = AppendTo(*log_, ExampleDraft("T" + std::to_string(appended_++)));
    EXPECT_TRUE(recorded.ok()) << recorded.status();
    return recorded.ok() ? recorded->reply : "";
  }

  // Which of the keys signed the newest checkpoint.
  std::string Signers() const {
    std::string signers;
    for (const char key : {'A', 'B', 'C'}) {
      if (NoteVerifier::Parse(VerifierKey(key))->Open(log_->checkpoint()).ok()) signers += key;
    }
    EXPECT_EQ(ParseNote(log_->checkpoint())->signatures.size(), signers.size());
    return signers;
  }

  // What the auditor says who was given those keys.
  audit::AuditReport Audit(const std::string& keys) const {
    std::vector<std::string> verifier_keys;
    for (const char key : keys) verifier_keys.push_back(VerifierKey(key));
    const auto source = *audit::DatabaseLog::Open(place_.file());
    return *audit::AuditLog(*source, *audit::ParseVerifierKeys(verifier_keys));
  }

  void AppendKeysChanged(const std::string& keys) {
    v1::LogKeys content;
    for (const char key : keys) content.add_verifier_keys(VerifierKey(key));
    RecordDraft draft;
    draft.entries.emplace_back().header.set_kind(v1::ENTRY_KIND_LOG_KEYS_CHANGED);
    draft.entries.back().content = content.SerializeAsString();
    ASSERT_TRUE(AppendTo(*log_, std::move(draft)).ok());
  }

  void Export(const TempFolder& folder) {
    LogExport exporting(store_.get(), log_->view(), [](v1::EntryKind) { return true; });
    ASSERT_TRUE(exporting
                    .Write(0, 1,
                           [&](const v1::ExportLogResponse& file) {
                             audit::WriteBytes(folder.File(file.path()), file.data());
                           })
                    .ok());
  }

  static audit::AuditReport AuditExport(const TempFolder& folder, const std::string& keys) {
    std::vector<std::string> verifier_keys;
    for (const char key : keys) verifier_keys.push_back(VerifierKey(key));
    const auto source = *audit::ExportFolder::Open(folder.File(""));
    return *audit::AuditLog(*source, *audit::ParseVerifierKeys(verifier_keys));
  }

  absl::Status Refusal(const EvidenceLog::Options& options) {
    log_.reset();
    const auto log = EvidenceLog::Open(store_.get(), options);
    return log.status();
  }

  void ExpectConfigInvalid(const absl::Status& status, const std::string& key) {
    EXPECT_EQ(ReasonOf(status), v1::REASON_CONFIG_INVALID) << status;
    ASSERT_EQ(DetailOf(status).violations_size(), 1);
    EXPECT_EQ(DetailOf(status).violations(0).field(), key) << status;
  }

  SqlitePlace place_;
  std::unique_ptr<SqliteRecordStore> store_;
  std::unique_ptr<EvidenceLog> log_;
  int appended_ = 0;
};

TEST_F(LogKeysTest, BothSignWhileOneFollowsTheOther) {
  Open(Keys('A', 'B'));
  const std::string reply = AppendOne();
  EXPECT_EQ(Signers(), "AB");
  EXPECT_EQ(log_->verifier_key(), VerifierKey('A'));
  EXPECT_THAT(log_->verifier_keys(), testing::ElementsAre(VerifierKey('A'), VerifierKey('B')));
  // Whoever holds either key can check the receipt, and nobody else.
  EXPECT_TRUE(VerifyReply(reply, VerifierKey('A')).ok());
  EXPECT_TRUE(VerifyReply(reply, VerifierKey('B')).ok());
  EXPECT_FALSE(VerifyReply(reply, VerifierKey('C')).ok());
}

TEST_F(LogKeysTest, TellThatTheyChangedUntilTheyHaveSigned) {
  Open(Keys('A'));
  EXPECT_FALSE(log_->keys_changed()) << "nothing was signed yet";
  AppendOne();
  Open(Keys('A'));
  EXPECT_FALSE(log_->keys_changed());
  const EvidenceLog::Options changes[] = {Keys('A', 'B'), Keys('B', 0, "A"), Keys('B', 'C', "A"),
                                          Keys('C', 0, "AB"), Keys('A', 0, "BC")};
  for (const EvidenceLog::Options& options : changes) {
    Open(options);
    EXPECT_TRUE(log_->keys_changed());
    // Nothing was appended, so the last checkpoint is as it was.
    Open(options);
    EXPECT_TRUE(log_->keys_changed());
    AppendOne();
    Open(options);
    EXPECT_FALSE(log_->keys_changed());
  }
}

TEST_F(LogKeysTest, SignOneAfterTheOtherInOneLogThatVerifies) {
  Open(Keys('A'));
  std::vector<std::string> replies = {AppendOne()};
  Open(Keys('A', 'B'));
  replies.push_back(AppendOne());
  Open(Keys('B', 0, "A"));
  replies.push_back(AppendOne());
  EXPECT_EQ(Signers(), "B");
  EXPECT_TRUE(log_->damage().ok());
  for (const std::string keys : {"AB", "BA", "ABC"}) {
    const audit::AuditReport report = Audit(keys);
    EXPECT_FALSE(report.wrong) << TextOf(*report.wrong);
    EXPECT_EQ(report.checkpoints, 3);
  }
  // The first checkpoint is A's alone, the last B's.
  EXPECT_EQ(Audit("B").wrong->first, 2);
  EXPECT_EQ(Audit("A").wrong->first, 6);
  EXPECT_EQ(Audit("A").proven->tree_size, 4);
  // A receipt is checked with the key of its day, whatever signs now.
  EXPECT_TRUE(VerifyReply(replies[0], VerifierKey('A')).ok());
  EXPECT_FALSE(VerifyReply(replies[0], VerifierKey('B')).ok());
  EXPECT_TRUE(VerifyReply(replies[2], VerifierKey('B')).ok());
}

TEST_F(LogKeysTest, AreFollowedThroughAnExportByWhoKnowsOneOfThem) {
  Open(Keys('A'));
  AppendOne();
  Open(Keys('A', 'B'));
  AppendKeysChanged("AB");
  AppendOne();
  Open(Keys('B', 'C', "A"));
  AppendKeysChanged("BC");
  Open(Keys('C', 0, "AB"));
  AppendOne();
  const TempFolder folder;
  Export(folder);
  for (const std::string keys : {"A", "B", "C", "CBA"}) {
    const audit::AuditReport report = AuditExport(folder, keys);
    EXPECT_FALSE(report.wrong) << keys << ": " << TextOf(*report.wrong);
    EXPECT_EQ(report.proven->tree_size, log_->size());
  }
  EXPECT_EQ(AuditExport(folder, "A").keys_learned, 2);
  EXPECT_TRUE(AuditExport(folder, "D").wrong);
  // Without what vouches for B and C, whoever knows A alone is told so.
  std::filesystem::remove_all(folder.File("checkpoints"));
  EXPECT_TRUE(AuditExport(folder, "A").wrong);
  EXPECT_FALSE(AuditExport(folder, "C").wrong);
}

TEST_F(LogKeysTest, OpenALogOfAFormerKeyOnlyWhereThatIsListed) {
  Open(Keys('A'));
  AppendOne();
  for (const auto& options : {Keys('B'), Keys('B', 'C'), Keys('B', 0, "C")}) {
    Open(options);
    EXPECT_EQ(ReasonOf(log_->damage()), v1::REASON_LOG_READ_ONLY);
    EXPECT_EQ(ReasonOf(AppendTo(*log_, ExampleNote("note")).status()), v1::REASON_LOG_READ_ONLY);
    EXPECT_EQ(log_->size(), 2);
  }
  for (const auto& options : {Keys('B', 0, "A"), Keys('B', 0, "CA"), Keys('B', 'A')}) {
    Open(options);
    EXPECT_TRUE(log_->damage().ok()) << log_->damage();
  }
}

TEST_F(LogKeysTest, OpenCheckpointsOfAllTheirTimesAndOfNobodyElse) {
  Open(Keys('A'));
  AppendOne();
  const std::string by_a = log_->checkpoint();
  Open(Keys('B', 'C', "A"));
  AppendOne();
  const std::string by_b_and_c = log_->checkpoint();
  EXPECT_EQ(log_->OpenOwn(by_a)->tree_size, 2);
  EXPECT_EQ(log_->OpenOwn(by_b_and_c)->tree_size, 4);
  Open(Keys('C', 0, "B"));
  EXPECT_EQ(log_->OpenOwn(by_b_and_c)->tree_size, 4);
  EXPECT_EQ(log_->OpenOwn(by_a).status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_FALSE(log_->OpenOwn("").ok());
  std::string bad = by_b_and_c;
  bad[bad.find('\n') + 1] = '5';  // the size
  EXPECT_FALSE(log_->OpenOwn(bad).ok());
}

TEST_F(LogKeysTest, AreRefusedUnderTheNameTheyHaveInTheConfiguration) {
  Open(Keys('A'));
  EvidenceLog::Options options = Keys('A');
  options.signing_key_pem = "";
  ExpectConfigInvalid(Refusal(options), "evidence.signing_key");
  options = Keys('A', 'A');
  ExpectConfigInvalid(Refusal(options), "evidence.next_signing_key");
  options = Keys('A');
  options.next_signing_key_pem = P256Pem();
  ExpectConfigInvalid(Refusal(options), "evidence.next_signing_key");
  options = Keys('A');
  options.former_keys = {VerifierKey('B'), "registry.example/log+00000000+AAAA"};
  ExpectConfigInvalid(Refusal(options), "evidence.former_keys");
  options.former_keys = {VerifierKey('B', "registry.example/other")};
  ExpectConfigInvalid(Refusal(options), "evidence.former_keys");
}

}  // namespace
}  // namespace tracegate
