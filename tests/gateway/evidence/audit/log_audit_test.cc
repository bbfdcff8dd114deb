#include "gateway/evidence/audit/log_audit.h"

#include <deque>
#include <memory>
#include <string>

#include "gateway/evidence/audit/tree_stack.h"
#include "gateway/evidence/note_signer.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "protos/tracegate/failure.h"
#include "tests/gateway/evidence/audit/cosigner.h"
#include "tests/gateway/evidence/minted_key.h"
#include "tracegate/v1/evidence.pb.h"

namespace tracegate::audit {
namespace {

using testing::HasSubstr;

constexpr char kOrigin[] = "br.example/log";

// A log that its own operator, who has the key, wrote as it liked.
class WrittenLog : public LogSource {
 public:
  void Add(int64_t time_us, const std::string& content = "content",
           v1::EntryKind kind = v1::ENTRY_KIND_UNSPECIFIED) {
    const std::string salt(32, 's');
    v1::EntryHeader header;
    header.set_kind(kind);
    header.set_record_time_us(time_us);
    header.set_content_bytes(static_cast<int64_t>(content.size()));
    const Digest commitment = Sha256({salt, content});
    header.set_commitment(commitment.data(), commitment.size());
    rows_.push_back({header.SerializeAsString(), salt, content});
    tree_.Append(LeafDigest(rows_.back().header));
  }

  std::string Text(const std::string& origin = kOrigin) const {
    return origin + "\n" + std::to_string(tree_.size()) + "\n" + TextOf(tree_.Root()) + "\n";
  }
  void AddKeys(int64_t time_us, const std::vector<std::string>& verifier_keys) {
    v1::LogKeys keys;
    for (const std::string& key : verifier_keys) keys.add_verifier_keys(key);
    Add(time_us, keys.SerializeAsString(), v1::ENTRY_KIND_LOG_KEYS_CHANGED);
  }
  // Takes the content of an entry away.
  void Blank(size_t index) {
    rows_[index].salt.clear();
    rows_[index].content.clear();
  }
  void AddErasure(int64_t time_us, const std::vector<int64_t>& indexes) {
    v1::ErasedContent erased;
    for (const int64_t index : indexes) erased.add_indexes(index);
    Add(time_us, erased.SerializeAsString(), v1::ENTRY_KIND_CONTENT_ERASED);
  }
  void Sign(const NoteSigner& signer) { File(signer.Sign(Text())); }
  void File(const std::string& note) {
    notes_.push_back({static_cast<int64_t>(tree_.size()), note});
  }

  absl::StatusOr<std::optional<SourceCheckpoint>> NextCheckpoint() override {
    if (notes_.empty()) return std::optional<SourceCheckpoint>();
    SourceCheckpoint next = notes_.front();
    notes_.pop_front();
    return next;
  }
  absl::StatusOr<std::optional<SourceEntry>> NextEntry() override {
    if (!failure.ok()) return failure;
    if (next_ == rows_.size()) return std::optional<SourceEntry>();
    const Row& row = rows_[next_];
    return SourceEntry{static_cast<int64_t>(next_++), row.header, row.salt, row.content};
  }
  bool has_contents() const override { return true; }
  bool may_withhold() const override { return false; }
  bool has_tiles() const override { return false; }
  uint64_t tiles_size() const override { return 0; }
  absl::StatusOr<std::string> Tile(int, uint64_t, int) override { return std::string(); }

  absl::Status failure;  // what NextEntry fails with

 private:
  struct Row {
    std::string header, salt, content;
  };
  std::vector<Row> rows_;
  std::deque<SourceCheckpoint> notes_;
  TreeStack tree_;
  size_t next_ = 0;
};

class LogAuditTest : public testing::Test {
 protected:
  static std::unique_ptr<NoteSigner> Signer(char seed, const std::string& name = kOrigin) {
    return *NoteSigner::FromPem(name, Ed25519Pem(std::string(32, seed)));
  }

  AuditReport Audit(const std::vector<std::string>& keys) {
    auto report = AuditLog(log_, *ParseVerifierKeys(keys));
    EXPECT_TRUE(report.ok()) << report.status();
    return *std::move(report);
  }
  AuditReport Audit() { return Audit({key_->verifier_key()}); }

  // Held against checkpoints kept from earlier.
  AuditReport AuditKeeping(const std::vector<std::string>& notes) {
    const auto keys = *ParseVerifierKeys({key_->verifier_key()});
    std::vector<SignedCheckpoint> kept;
    for (const std::string& note : notes) kept.push_back(*OpenCheckpoint(note, keys));
    return *AuditLog(log_, keys, kept);
  }

  void ExpectWrong(const AuditReport& report, const std::string& words) {
    ASSERT_TRUE(report.wrong) << words;
    EXPECT_THAT(TextOf(*report.wrong), HasSubstr(words));
  }

  WrittenLog log_;
  std::unique_ptr<NoteSigner> key_ = Signer('k');
};

TEST_F(LogAuditTest, ProvesWhatIsSigned) {
  log_.Add(1);
  log_.Add(1);
  log_.Sign(*key_);
  log_.Add(2);
  log_.Sign(*key_);
  const AuditReport report = Audit();
  EXPECT_FALSE(report.wrong) << TextOf(*report.wrong);
  EXPECT_EQ(report.checkpoints, 2);
  EXPECT_EQ(report.proven->tree_size, 3);
  EXPECT_EQ(report.first_time_us, 1);
  EXPECT_EQ(report.last_time_us, 2);
}

TEST_F(LogAuditTest, FollowsTheLogToAKeyThatTheKnownOneVouchesFor) {
  const auto next = Signer('n');
  log_.Add(1);
  log_.Sign(*key_);
  log_.AddKeys(2, {key_->verifier_key(), next->verifier_key()});
  log_.File(key_->Sign(log_.Text()) + next->SignatureLine(log_.Text()));
  log_.Add(3);
  log_.Sign(*next);
  const AuditReport report = Audit();
  EXPECT_FALSE(report.wrong) << TextOf(*report.wrong);
  EXPECT_EQ(report.proven->tree_size, 3);
  EXPECT_EQ(report.keys_learned, 1);
}

TEST_F(LogAuditTest, FollowsNobodyWhomTheKnownKeyDoesNotVouchFor) {
  const auto next = Signer('n');
  log_.Add(1);
  log_.Sign(*key_);
  log_.AddKeys(2, {key_->verifier_key(), next->verifier_key()});
  log_.Sign(*next);  // itself alone
  ExpectWrong(Audit(), "the checkpoint of 2 entries does not verify");
}

TEST_F(LogAuditTest, FollowsNoKeyOfAnotherLog) {
  const auto other = Signer('n', "pt.example/log");
  log_.AddKeys(1, {key_->verifier_key(), other->verifier_key()});
  log_.Sign(*key_);
  log_.Add(2);
  log_.File(other->Sign(log_.Text()));
  ExpectWrong(Audit(), "the checkpoint of 2 entries does not verify");
}

TEST_F(LogAuditTest, CountsWhatAnEntrySaysWasErased) {
  for (int i = 0; i < 4; ++i) log_.Add(1);
  log_.AddErasure(2, {0, 2});
  log_.Sign(*key_);
  log_.Blank(0);
  log_.Blank(2);
  const AuditReport report = Audit();
  EXPECT_FALSE(report.wrong) << TextOf(*report.wrong);
  EXPECT_EQ(report.erased, 2);
}

TEST_F(LogAuditTest, NamesAContentThatOnlyVanished) {
  for (int i = 0; i < 4; ++i) log_.Add(1);
  log_.AddErasure(2, {0, 2, 77, -1});
  log_.Sign(*key_);
  log_.Blank(0);
  log_.Blank(1);
  ExpectWrong(Audit(), "entry 1 has no content any more, and no entry says that it was erased");
}

TEST_F(LogAuditTest, ProvesAnEmptyLogOnlyWhereItIsSigned) {
  ExpectWrong(Audit(), "the checkpoint is missing");
  log_.Sign(*key_);
  EXPECT_FALSE(Audit().wrong);
}

TEST_F(LogAuditTest, RefusesASignedEmptyLogWithARoot) {
  WrittenLog other;
  other.Add(1);
  const std::string root = other.Text().substr(other.Text().find('\n') + 3);
  log_.File(key_->Sign(std::string(kOrigin) + "\n0\n" + root));
  ExpectWrong(Audit(), "another root than an empty tree");
}

TEST_F(LogAuditTest, RefusesTimeThatGoesBackThoughItIsSigned) {
  log_.Add(5);
  log_.Sign(*key_);
  log_.Add(4);
  log_.Sign(*key_);
  ExpectWrong(Audit(), "entry 1 is dated before the one before it");
}

TEST_F(LogAuditTest, TakesEitherEntryForMisdatedWhereNeitherIsProven) {
  log_.Add(5);
  log_.Add(4);
  log_.Sign(*key_);
  ExpectWrong(Audit(), "one of the entries 0 to 1 is misdated");
}

TEST_F(LogAuditTest, FollowsALogThatChangedItsKey) {
  const auto next = Signer('n');
  log_.Add(1);
  log_.Sign(*key_);
  log_.Add(2);
  log_.Sign(*next);
  EXPECT_FALSE(Audit({key_->verifier_key(), next->verifier_key()}).wrong);
}

TEST_F(LogAuditTest, StopsWhereTheKeyIsNotGiven) {
  log_.Add(1);
  log_.Sign(*key_);
  log_.Add(2);
  log_.Sign(*Signer('n'));
  const AuditReport report = Audit();
  ExpectWrong(report, "the checkpoint of 2 entries does not verify");
  EXPECT_EQ(report.proven->tree_size, 1);
}

TEST_F(LogAuditTest, RefusesAnotherLogsCheckpoint) {
  const auto other = Signer('o', "rs.example/log");
  log_.Add(1);
  log_.Sign(*key_);
  log_.Add(2);
  log_.File(other->Sign(log_.Text("rs.example/log")));
  ExpectWrong(Audit({key_->verifier_key(), other->verifier_key()}), "is of another log");
}

TEST_F(LogAuditTest, NeedsALogsSignatureBesideACosigners) {
  const ExampleCosigner witness("pt.example/witness", std::string(32, 'w'));
  log_.Add(1);
  log_.File(witness.Cosigned(Signer('x')->Sign(log_.Text()), 1'700'000'000));
  ExpectWrong(Audit({key_->verifier_key(), witness.verifier_key()}), "not signed by any log's key");
}

TEST_F(LogAuditTest, RefusesCheckpointsOutOfOrder) {
  log_.Add(1);
  log_.Sign(*key_);
  log_.Sign(*key_);
  ExpectWrong(Audit(), "out of order");
}

TEST_F(LogAuditTest, HasTheCheckpointsThatWereKept) {
  std::vector<std::string> notes = {key_->Sign(log_.Text())};
  for (const int64_t time : {1, 2, 3}) {
    log_.Add(time);
    notes.push_back(key_->Sign(log_.Text()));
  }
  log_.Sign(*key_);
  const AuditReport report = AuditKeeping({notes[2], notes[0], notes[3], notes[1], notes[2]});
  EXPECT_FALSE(report.wrong) << TextOf(*report.wrong);
}

TEST_F(LogAuditTest, NoticesThatItWasCutBack) {
  log_.Add(1);
  log_.Sign(*key_);
  WrittenLog longer;
  longer.Add(1);
  longer.Add(2);
  ExpectWrong(AuditKeeping({key_->Sign(longer.Text())}),
              "entry 1 is missing: a checkpoint of 2 entries was kept");
}

TEST_F(LogAuditTest, NoticesThatItWasRewrittenAndSignedAnew) {
  WrittenLog before;
  before.Add(1, "what was said");
  log_.Add(1, "what should have been said");
  log_.Add(2);
  log_.Sign(*key_);
  ExpectWrong(AuditKeeping({key_->Sign(before.Text())}),
              "the checkpoint of 1 entries that was kept has another root");
}

TEST_F(LogAuditTest, TellsDamageFromAFailureToRead) {
  log_.Add(1);
  log_.Sign(*key_);
  log_.failure = Failure(v1::REASON_RECORD_NOT_DURABLE, "the disk is away");
  EXPECT_EQ(AuditLog(log_, *ParseVerifierKeys({key_->verifier_key()})).status(), log_.failure);
}

TEST_F(LogAuditTest, NamesTheEntryThatCannotBeRead) {
  log_.Add(1);
  log_.Sign(*key_);
  log_.failure = Failure(v1::REASON_LOG_DAMAGED, "lies on a bad page");
  ExpectWrong(Audit(), "entry 0 lies on a bad page");
}

}  // namespace
}  // namespace tracegate::audit
