#include "gateway/evidence/log_export.h"

#include <filesystem>
#include <limits>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "gateway/evidence/audit/export_folder.h"
#include "gateway/evidence/audit/log_audit.h"
#include "gateway/evidence/evidence_log.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/gateway/evidence/audit/exporter.h"
#include "tests/gateway/evidence/example_log.h"
#include "tests/gateway/evidence/fake_record_store.h"
#include "tests/gateway/storage/temp_folder.h"

namespace tracegate {
namespace {

using Files = std::map<std::string, std::string>;

bool TellsAll(v1::EntryKind) { return true; }

// A log in memory, and exports of it that the auditor reads.
class Exporting : public testing::Test {
 protected:
  void SetUp() override { log_ = *EvidenceLog::Open(&store_, ExampleOptions(clock_)); }

  // Requests with their answers, and a note at the end where the size is odd.
  void GrowTo(int64_t size) {
    while (log_->size() + 2 <= size) {
      *clock_.now_us += 1000;
      ASSERT_TRUE(AppendTo(*log_, ExampleDraft("T" + std::to_string(log_->size()))).ok());
    }
    if (log_->size() < size) {
      ASSERT_TRUE(AppendTo(*log_, ExampleNote("note")).ok());
    }
  }

  // All files, asked for so many bundles at a time.
  Files Export(int bundles_max, const LogView& view, const LogExport::Tells& tells = TellsAll) {
    Files files;
    LogExport exporting(&store_, view, tells);
    int64_t next = 0;
    while (next >= 0) {
      const int64_t from = next;
      const auto then = exporting.Write(from, bundles_max, [&](v1::ExportLogResponse file) {
        EXPECT_FALSE(files.contains("checkpoint")) << file.path() << " comes behind the checkpoint";
        EXPECT_TRUE(files.emplace(file.path(), file.data()).second) << file.path() << " again";
      });
      EXPECT_TRUE(then.ok()) << then.status();
      if (!then.ok()) return {};
      EXPECT_TRUE(*then == -1 || *then > from) << *then;
      next = *then;
    }
    return files;
  }
  Files Export(int bundles_max) { return Export(bundles_max, log_->view()); }

  audit::AuditReport Audit(const Files& files) {
    const TempFolder folder;
    for (const auto& [path, bytes] : files) audit::WriteBytes(folder.File(path), bytes);
    return AuditFolder(folder);
  }

  audit::AuditReport AuditFolder(const TempFolder& folder) {
    const auto source = audit::ExportFolder::Open(folder.File(""));
    EXPECT_TRUE(source.ok()) << source.status();
    const auto keys = *audit::ParseVerifierKeys({log_->verifier_key()});
    auto report = audit::AuditLog(**source, keys);
    EXPECT_TRUE(report.ok()) << report.status();
    return *std::move(report);
  }

  void ExpectSound(const Files& files, int64_t size) {
    const audit::AuditReport report = Audit(files);
    ASSERT_FALSE(report.wrong) << TextOf(*report.wrong) << " of " << size;
    EXPECT_EQ(report.proven->tree_size, size);
    EXPECT_EQ(report.entries, size);
    EXPECT_TRUE(report.contents_checked);
    EXPECT_TRUE(report.tiles);
  }

  StandingClock clock_;
  FakeRecordStore store_;
  std::unique_ptr<EvidenceLog> log_;
};

TEST_F(Exporting, IsSoundToTheAuditorAtAnySizeInAnyNumberOfCalls) {
  for (const int64_t size : {1, 2, 255, 256, 257, 511, 512, 513, 600}) {
    GrowTo(size);
    const Files at_once = Export(1000);
    ExpectSound(at_once, size);
    for (const int bundles_max : {1, 2}) EXPECT_EQ(Export(bundles_max), at_once) << size;
  }
}

TEST_F(Exporting, GivesTheFilesThatSomebodyElseWouldMakeOfTheEntries) {
  GrowTo(600);
  const TempFolder folder;
  audit::ExportTo(folder.File("export"), audit::EntriesOf(store_), log_->checkpoint());
  Files expected;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder.File("export"))) {
    if (!entry.is_regular_file()) continue;
    expected[std::filesystem::relative(entry.path(), folder.File("export"))] =
        audit::ReadBytes(entry.path());
  }
  EXPECT_EQ(Export(1), expected);
}

TEST_F(Exporting, OfALogWithATileOfTheThirdLevelIsSound) {
  RecordDraft many;
  for (int i = 0; i < 65536 / 128; ++i) many.entries.push_back(ExampleNote("note").entries[0]);
  for (int i = 0; i < 128; ++i) ASSERT_TRUE(AppendTo(*log_, many).ok());
  GrowTo(65537);
  const Files files = Export(50);
  EXPECT_TRUE(files.contains("tile/1/000"));
  EXPECT_TRUE(files.contains("tile/2/000.p/1"));
  EXPECT_TRUE(files.contains("tile/0/256.p/1"));
  ExpectSound(files, 65537);
}

TEST_F(Exporting, OfAnEmptyLogHasNothingSignedInIt) {
  const Files files = Export(1);
  EXPECT_EQ(files, (Files{{"checkpoint", ""}}));
  // Nothing is proven by it, and the auditor says so.
  const audit::AuditReport report = Audit(files);
  ASSERT_TRUE(report.wrong);
  EXPECT_EQ(report.wrong->kind, audit::Finding::Kind::kCheckpoint);
  EXPECT_FALSE(report.proven);
}

TEST_F(Exporting, WithholdsTheContentsOfSomeKinds) {
  GrowTo(300);
  const auto tells = [](v1::EntryKind kind) { return kind != v1::ENTRY_KIND_REQUEST_RECEIVED; };
  const Files files = Export(1, log_->view(), tells);
  const audit::AuditReport report = Audit(files);
  ASSERT_FALSE(report.wrong) << TextOf(*report.wrong);
  EXPECT_EQ(report.erased, 150);
  EXPECT_THAT(report.first_erased, testing::ElementsAre(0, 2, 4, 6, 8));
  // Neither the words nor the salt that would let them be guessed.
  for (const auto& [path, bytes] : files) {
    EXPECT_THAT(bytes, testing::Not(testing::HasSubstr("request of T"))) << path;
    for (const int64_t index : {0, 2, 256}) {
      EXPECT_THAT(bytes, testing::Not(testing::HasSubstr(store_.ReadEntry(index)->salt))) << path;
    }
  }
  const audit::AuditReport nothing =
      Audit(Export(1, log_->view(), [](v1::EntryKind) { return false; }));
  EXPECT_FALSE(nothing.wrong);
  EXPECT_EQ(nothing.erased, 300);
}

TEST_F(Exporting, OfAnEarlierMomentIsNotDisturbedByWhatComesAfter) {
  for (const int64_t size : {255, 256, 257, 400, 511}) {
    GrowTo(size);
    const LogView then = log_->view();
    const Files before = Export(1);
    GrowTo(size + 1);
    EXPECT_EQ(Export(1, then), before);
    ExpectSound(Export(1, then), size);
  }
}

TEST_F(Exporting, KeepsFullFilesAsTheyWereWhileTheLogGrows) {
  GrowTo(600);
  const Files before = Export(1);
  GrowTo(900);
  const Files after = Export(1);
  for (const auto& [path, bytes] : before) {
    if (path.find(".p/") == std::string::npos && path != "checkpoint") {
      EXPECT_EQ(after.at(path), bytes) << path;
    }
  }
  // Later files over earlier ones are an export too: what is partial has another name then.
  Files both = after;
  both.insert(before.begin(), before.end());
  ExpectSound(both, 900);
}

TEST_F(Exporting, GoesOnFromTheMiddleOfABundle) {
  GrowTo(600);
  const Files all = Export(1);
  Files some;
  LogExport exporting(&store_, log_->view(), TellsAll);
  const auto take = [&](v1::ExportLogResponse file) { some[file.path()] = file.data(); };
  EXPECT_EQ(*exporting.Write(300, 1, take), 512);
  EXPECT_EQ(some, (Files{{"tile/entries/001", all.at("tile/entries/001")},
                         {"content/001", all.at("content/001")},
                         {"tile/0/001", all.at("tile/0/001")}}));
  some.clear();
  EXPECT_EQ(*exporting.Write(600, 1, take), -1);
  EXPECT_TRUE(some.contains("checkpoint"));
}

TEST_F(Exporting, RefusesToBeginOutsideTheLog) {
  GrowTo(3);
  LogExport exporting(&store_, log_->view(), TellsAll);
  for (const int64_t from : {int64_t{-1}, int64_t{4}, std::numeric_limits<int64_t>::max()}) {
    const auto next = exporting.Write(from, 1, [](const v1::ExportLogResponse&) {});
    EXPECT_EQ(ReasonOf(next.status()), v1::REASON_FIELD_INVALID) << from;
    EXPECT_EQ(DetailOf(next.status()).violations(0).field(), "from_index");
  }
}

TEST_F(Exporting, ShowsTheAuditorWhichFileHasATurnedByte) {
  GrowTo(600);
  const Files files = Export(2);
  const TempFolder folder;
  for (const auto& [path, bytes] : files) audit::WriteBytes(folder.File(path), bytes);
  ASSERT_FALSE(AuditFolder(folder).wrong);
  for (const auto& [path, bytes] : files) {
    for (const size_t place : {size_t{0}, bytes.size() / 2, bytes.size() - 1}) {
      std::string bad = bytes;
      bad[place] = static_cast<char>(bad[place] ^ 0x20);
      audit::WriteBytes(folder.File(path), bad);
      const audit::AuditReport report = AuditFolder(folder);
      ASSERT_TRUE(report.wrong) << path << " byte " << place;
      const audit::Finding& wrong = *report.wrong;
      if (path == "checkpoint") {
        EXPECT_EQ(wrong.kind, audit::Finding::Kind::kCheckpoint) << TextOf(wrong);
      } else if (path.starts_with("tile/entries/") || path.starts_with("content/")) {
        const int64_t bundle = path.find("/002.p/") != std::string::npos ? 2
                               : path.ends_with("/001")                  ? 1
                                                                         : 0;
        EXPECT_EQ(wrong.kind, audit::Finding::Kind::kEntry) << TextOf(wrong);
        EXPECT_EQ(wrong.first / 256, bundle) << path << ": " << TextOf(wrong);
        EXPECT_EQ(wrong.last / 256, bundle) << path << ": " << TextOf(wrong);
      } else {
        EXPECT_EQ(wrong.kind, audit::Finding::Kind::kTile) << TextOf(wrong);
        EXPECT_EQ(wrong.tile, path) << TextOf(wrong);
      }
    }
    audit::WriteBytes(folder.File(path), bytes);
  }
  EXPECT_FALSE(AuditFolder(folder).wrong);
}

// A store that lost something since the log was opened.
class LossyStore : public FakeRecordStore {
 public:
  bool without_tiles = false;
  int64_t without_entry = -1;

  absl::StatusOr<std::optional<TileRow>> ReadTile(int level, int64_t index) override {
    if (without_tiles) return std::optional<TileRow>();
    return FakeRecordStore::ReadTile(level, index);
  }
  absl::Status ScanEntries(int64_t from, bool descending,
                           const std::function<bool(const EntryRow&)>& row) override {
    return FakeRecordStore::ScanEntries(from, descending, [&](const EntryRow& entry) {
      return entry.index == without_entry || row(entry);
    });
  }
};

TEST(ExportOfADamagedStore, StopsAtWhatIsMissing) {
  LossyStore store;
  const auto log = *EvidenceLog::Open(&store, ExampleOptions());
  RecordDraft many;
  for (int i = 0; i < 300; ++i) many.entries.push_back(ExampleNote("note").entries[0]);
  ASSERT_TRUE(AppendTo(*log, many).ok());
  const auto written = [&](int64_t from) {
    return LogExport(&store, log->view(), TellsAll)
        .Write(from, 1, [](const v1::ExportLogResponse&) {})
        .status();
  };
  EXPECT_TRUE(written(0).ok());
  store.without_tiles = true;
  EXPECT_EQ(ReasonOf(written(0)), v1::REASON_LOG_DAMAGED);
  EXPECT_TRUE(written(256).ok());
  store.without_tiles = false;
  for (const int64_t index : {256, 270, 299}) {
    store.without_entry = index;
    EXPECT_EQ(ReasonOf(written(256)), v1::REASON_LOG_DAMAGED) << index;
    EXPECT_TRUE(written(0).ok());
  }
}

}  // namespace
}  // namespace tracegate
