#include <filesystem>
#include <memory>
#include <string>

#include "gateway/evidence/audit/export_folder.h"
#include "gateway/evidence/audit/log_audit.h"
#include "gateway/evidence/audit/tile_path.h"
#include "gateway/evidence/evidence_log.h"
#include "gateway/evidence/note_signer.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "protos/tracegate/failure.h"
#include "tests/gateway/evidence/audit/exporter.h"
#include "tests/gateway/evidence/example_log.h"
#include "tests/gateway/storage/sqlite_place.h"

namespace tracegate::audit {
namespace {

using Kind = Finding::Kind;
using testing::HasSubstr;

// A log of `size` entries that the real writer made, exported.
struct Exported {
  explicit Exported(int64_t size) {
    SqlitePlace place;
    const auto store = place.Open();
    StandingClock clock;
    const auto log = *EvidenceLog::Open(store.get(), ExampleOptions(clock));
    while (log->size() + 2 <= size) {
      *clock.now_us += 1000;
      EXPECT_TRUE(AppendTo(*log, ExampleDraft("T" + std::to_string(log->size()))).ok());
    }
    while (log->size() < size) EXPECT_TRUE(AppendTo(*log, ExampleNote("note")).ok());
    entries = EntriesOf(*store);
    checkpoint = log->checkpoint();
    keys = *ParseVerifierKeys({log->verifier_key()});
  }

  std::vector<EntryRow> entries;
  std::string checkpoint;
  std::vector<VerifierKey> keys;
};

class ExportAudit : public testing::Test {
 protected:
  void Write(const Exported& log) {
    keys_ = log.keys;
    ExportTo(Path(""), log.entries, log.checkpoint);
  }

  std::string Path(const std::string& name) const { return folder_.File("export") + "/" + name; }

  AuditReport Audit() {
    const auto source = ExportFolder::Open(Path(""));
    EXPECT_TRUE(source.ok()) << source.status();
    auto report = AuditLog(**source, keys_);
    EXPECT_TRUE(report.ok()) << report.status();
    return *std::move(report);
  }

  // Runs `expect` on what is found with each byte of a file turned by `mask`, every `step` bytes.
  template <typename Expect>
  void ForTurnedBytes(const std::string& name, size_t step, char mask, Expect expect) {
    const std::string good = ReadBytes(Path(name));
    ASSERT_FALSE(good.empty()) << name;
    for (size_t i = 0; i < good.size(); i += step) {
      std::string bad = good;
      bad[i] = static_cast<char>(bad[i] ^ mask);
      WriteBytes(Path(name), bad);
      const AuditReport report = Audit();
      ASSERT_TRUE(report.wrong) << name << " byte " << i;
      expect(*report.wrong, i);
    }
    WriteBytes(Path(name), good);
  }

  TempFolder folder_;
  std::vector<VerifierKey> keys_;
};

// Where the item that has byte `i` of a bundle stands; `bytes_of` is each item's length.
template <typename BytesOf>
int64_t ItemAt(const std::vector<EntryRow>& entries, size_t i, BytesOf bytes_of) {
  int64_t index = 0;
  for (const EntryRow& entry : entries) {
    const size_t length = bytes_of(entry);
    if (i < length) return index;
    i -= length;
    ++index;
  }
  return -1;
}

TEST_F(ExportAudit, FindsNothingWrongInWhatTheWriterWrote) {
  for (const int64_t size : {1, 2, 7, 255, 256, 257, 600}) {
    const Exported log(size);
    std::filesystem::remove_all(Path(""));
    Write(log);
    const AuditReport report = Audit();
    ASSERT_FALSE(report.wrong) << TextOf(*report.wrong);
    EXPECT_EQ(report.proven->tree_size, size);
    EXPECT_EQ(report.entries, size);
    EXPECT_EQ(report.checkpoints, 1);
    EXPECT_TRUE(report.contents_checked);
    EXPECT_EQ(report.erased, 0);
    EXPECT_LE(report.first_time_us, report.last_time_us);
  }
}

TEST_F(ExportAudit, NamesWhatHasATurnedByteAnywhere) {
  const Exported log(9);
  Write(log);
  for (const char mask : {'\x01', '\x80'}) {
    ForTurnedBytes("tile/entries/000.p/9", 1, mask, [&](const Finding& wrong, size_t i) {
      const int64_t index =
          ItemAt(log.entries, i, [](const auto& entry) { return 2 + entry.header.size(); });
      EXPECT_EQ(wrong.kind, Kind::kEntry) << TextOf(wrong);
      EXPECT_EQ(wrong.first, index) << TextOf(wrong) << " byte " << i;
      EXPECT_EQ(wrong.last, index) << TextOf(wrong) << " byte " << i;
    });
    ForTurnedBytes("content/000.p/9", 1, mask, [&](const Finding& wrong, size_t i) {
      const int64_t index = ItemAt(log.entries, i, [](const auto& entry) {
        return 1 + entry.salt.size() + 4 + entry.content.size();
      });
      EXPECT_EQ(wrong.kind, Kind::kEntry) << TextOf(wrong);
      EXPECT_EQ(wrong.first, index) << TextOf(wrong) << " byte " << i;
      EXPECT_EQ(wrong.last, index) << TextOf(wrong) << " byte " << i;
    });
    ForTurnedBytes("tile/0/000.p/9", 1, mask, [&](const Finding& wrong, size_t i) {
      EXPECT_EQ(wrong.kind, Kind::kTile) << TextOf(wrong);
      EXPECT_THAT(wrong.what, HasSubstr("in place " + std::to_string(i / 32) + " "));
    });
    ForTurnedBytes("checkpoint", 1, mask, [&](const Finding& wrong, size_t) {
      EXPECT_EQ(wrong.kind, Kind::kCheckpoint) << TextOf(wrong);
    });
  }
  EXPECT_FALSE(Audit().wrong);
}

TEST_F(ExportAudit, NamesTheTileOfAnyLevel) {
  const Exported log(600);
  Write(log);
  for (const std::string name : {"tile/0/000", "tile/0/001", "tile/0/002.p/88", "tile/1/000.p/2"}) {
    ForTurnedBytes(name, 1021, 1, [&](const Finding& wrong, size_t) {
      EXPECT_EQ(wrong.kind, Kind::kTile);
      EXPECT_EQ(wrong.tile, name) << TextOf(wrong);
    });
  }
}

TEST_F(ExportAudit, NamesTheEntryInALaterBundle) {
  const Exported log(600);
  Write(log);
  ForTurnedBytes("tile/entries/001", 997, 1, [&](const Finding& wrong, size_t i) {
    const std::vector<EntryRow> second(log.entries.begin() + 256, log.entries.end());
    EXPECT_EQ(wrong.first,
              256 + ItemAt(second, i, [](const auto& e) { return 2 + e.header.size(); }));
    EXPECT_EQ(wrong.last, wrong.first) << TextOf(wrong);
  });
}

TEST_F(ExportAudit, FindsAForgedEntryWithItsTileMadeToFit) {
  Exported log(9);
  v1::EntryHeader header;
  header.ParseFromString(log.entries[4].header);
  header.set_actor("spiffe://br.example/nobody/registry");
  log.entries[4].header = header.SerializeAsString();
  Write(log);
  const AuditReport report = Audit();
  ASSERT_TRUE(report.wrong);
  EXPECT_EQ(report.wrong->kind, Kind::kEntry);
  EXPECT_LE(report.wrong->first, 4);
  EXPECT_GE(report.wrong->last, 4);
}

TEST_F(ExportAudit, FindsAnyTurnedByteWithoutTiles) {
  const Exported log(9);
  Write(log);
  std::filesystem::remove_all(Path("tile/0"));
  EXPECT_FALSE(Audit().wrong);
  EXPECT_FALSE(Audit().tiles);
  ForTurnedBytes("tile/entries/000.p/9", 1, 1, [&](const Finding& wrong, size_t i) {
    EXPECT_EQ(wrong.kind, Kind::kEntry) << TextOf(wrong) << " byte " << i;
  });
}

TEST_F(ExportAudit, SaysThatContentsAreNotChecked) {
  Write(Exported(9));
  std::filesystem::remove_all(Path("content"));
  const AuditReport report = Audit();
  EXPECT_FALSE(report.wrong);
  EXPECT_FALSE(report.contents_checked);
}

TEST_F(ExportAudit, CountsWhatWasErasedAndNamesTheFirst) {
  Exported log(9);
  for (const size_t index : {0, 2, 3, 4, 6, 8}) {
    log.entries[index].salt.clear();
    log.entries[index].content.clear();
  }
  Write(log);
  const AuditReport report = Audit();
  EXPECT_FALSE(report.wrong);
  EXPECT_EQ(report.erased, 6);
  EXPECT_THAT(report.first_erased, testing::ElementsAre(0, 2, 3, 4, 6));
}

TEST_F(ExportAudit, RefusesAnErasureThatLeftSaltOrContent) {
  Exported log(9);
  const EntryRow good = log.entries[3];
  log.entries[3].salt.clear();
  Write(log);
  EXPECT_EQ(TextOf(*Audit().wrong), "entry 3 has a salt that is not 32 bytes");
  log.entries[3] = good;
  log.entries[3].content.clear();
  Write(log);
  EXPECT_EQ(TextOf(*Audit().wrong), "entry 3 has a content of another length than its header says");
}

TEST_F(ExportAudit, NamesFilesThatAreMissingOrOfAnotherLength) {
  const Exported log(600);
  for (const std::string name : {"tile/entries/000", "tile/entries/002.p/88", "content/001",
                                 "tile/0/001", "tile/1/000.p/2"}) {
    Write(log);
    std::filesystem::remove(Path(name));
    ASSERT_TRUE(Audit().wrong) << name;
    EXPECT_THAT(TextOf(*Audit().wrong), HasSubstr(name));
  }
  for (const std::string name : {"tile/entries/000", "tile/entries/002.p/88", "content/001",
                                 "tile/0/001", "tile/1/000.p/2"}) {
    Write(log);
    WriteBytes(Path(name), ReadBytes(Path(name)) + "x");
    EXPECT_TRUE(Audit().wrong) << name;
    Write(log);
    const std::string good = ReadBytes(Path(name));
    WriteBytes(Path(name), good.substr(0, good.size() - 1));
    EXPECT_TRUE(Audit().wrong) << name;
  }
  Write(log);
  EXPECT_FALSE(Audit().wrong);
}

TEST_F(ExportAudit, BelievesNoOtherKey) {
  Write(Exported(9));
  const auto other = NoteSigner::FromPem("registry.example/log", Ed25519Pem(std::string(32, 'x')));
  keys_ = *ParseVerifierKeys({(*other)->verifier_key()});
  ASSERT_TRUE(Audit().wrong);
  EXPECT_EQ(Audit().wrong->kind, Kind::kCheckpoint);
  EXPECT_FALSE(Audit().proven);
}

TEST_F(ExportAudit, NeedsAFolderWithACheckpoint) {
  EXPECT_EQ(DetailOf(ExportFolder::Open(Path("nothing")).status()).reason(),
            v1::REASON_CONFIG_INVALID);
}

TEST(TilePaths, AreThoseOfTheSpecification) {
  EXPECT_EQ(TilePath(0, 1234067, 256), "tile/0/x001/x234/067");
  EXPECT_EQ(TilePath(3, 0, 5), "tile/3/000.p/5");
  EXPECT_EQ(BundlePath(999, 256), "tile/entries/999");
  EXPECT_EQ(BundlePath(1000, 1), "tile/entries/x001/000.p/1");
  EXPECT_EQ(ContentPath(42, 255), "content/042.p/255");
}

TEST(TilePaths, WidthsAreThoseOfTheSpecification) {
  // Its example: a tree of 70,000.
  EXPECT_EQ(TileWidthAt(272, 70'000), 256);
  EXPECT_EQ(TileWidthAt(273, 70'000), 112);
  EXPECT_EQ(TileWidthAt(274, 70'000), 0);
  EXPECT_EQ(TileWidthAt(1, 70'000 / 256), 17);
  EXPECT_EQ(TileWidthAt(0, 256), 256);
  EXPECT_EQ(TileWidthAt(1, 256), 0);
}

}  // namespace
}  // namespace tracegate::audit
