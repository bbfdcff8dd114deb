#include "gateway/daemon/checkpoint_stamps.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "absl/time/clock.h"
#include "gateway/evidence/time_stamp/time_stamp_verifier.h"
#include "gateway/rpc/operations_log.h"
#include "tests/gateway/evidence/example_log.h"
#include "tests/gateway/evidence/fake_record_store.h"
#include "tests/gateway/evidence/time_stamp/loopback_http.h"
#include "tests/gateway/evidence/time_stamp/minted_token.h"

namespace tracegate {
namespace {

constexpr absl::Duration kPatience = absl::Seconds(30);

// A log, and an authority that stamps what it is asked to.
class CheckpointStamps : public testing::Test {
 protected:
  void SetUp() override {
    SetInfoLogged(false);
    std::string name =
        (std::filesystem::temp_directory_path() / "tracegate-stamps.XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    folder_ = name;
    std::ofstream(folder_ + "/tsa.pem") << root_.pem();
    config_.set_url(http_.address() + "/stamp");
    config_.set_tsa_bundle(folder_ + "/tsa.pem");
    config_.mutable_interval()->set_seconds(1);
    config_.mutable_grace()->set_seconds(60);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::vector<v1::TimeStampedCheckpoint> Stamps() {
    std::vector<v1::TimeStampedCheckpoint> stamps;
    EXPECT_TRUE(store_
                    .ScanEntries(0, false,
                                 [&](const EntryRow& row) {
                                   v1::EntryHeader header;
                                   header.ParseFromString(row.header);
                                   if (header.kind() == v1::ENTRY_KIND_CHECKPOINT_TIME_STAMPED) {
                                     stamps.emplace_back().ParseFromString(row.content);
                                   }
                                   return true;
                                 })
                    .ok());
    return stamps;
  }

  void AwaitStamps(size_t count) {
    const absl::Time until = absl::Now() + kPatience;
    while (Stamps().size() < count && absl::Now() < until) absl::SleepFor(absl::Milliseconds(10));
    ASSERT_EQ(Stamps().size(), count);
  }

  const Minted root_ = Minted::Root("TSA");
  const MintedAuthority authority_{root_.Issue(StamperMint())};
  LoopbackHttp http_{[this](const LoopbackHttp::Request& request) {
    return HttpAnswer("200 OK", "application/timestamp-reply", authority_.Answer(request.body));
  }};
  std::string folder_;
  config::v1::TimeStamping config_;
  FakeRecordStore store_;
  std::unique_ptr<EvidenceLog> log_ = *EvidenceLog::Open(&store_, ExampleOptions());
  OwnEntries own_{log_.get(), "spiffe://br.example/gateway/peer", "BR"};
};

TEST_F(CheckpointStamps, RecordsATokenThatHoldsForEachNewCheckpointAndNoOther) {
  ASSERT_TRUE(AppendTo(*log_, ExampleNote("first")).ok());
  const auto stamper = BeginStamping(config_, log_.get(), &own_);
  ASSERT_TRUE(stamper.ok()) << stamper.status();
  AwaitStamps(1);
  const auto stamp = Stamps()[0];
  const auto verified = VerifyTimeStamp(stamp.checkpoint(), stamp.token(), root_.pem());
  ASSERT_TRUE(verified.ok()) << verified.status();
  EXPECT_EQ(stamp.time().seconds(), absl::ToUnixSeconds(verified->gen_time));
  EXPECT_EQ(stamp.authority(), verified->authority);
  EXPECT_EQ(log_->OpenOwn(stamp.checkpoint())->tree_size, 1);
  // The stamp's own entry is nothing to be stamped: intervals pass, and nobody is asked.
  absl::SleepFor(absl::Milliseconds(2500));
  EXPECT_EQ(http_.requests(), 1);
  ASSERT_TRUE(AppendTo(*log_, ExampleNote("second")).ok());
  AwaitStamps(2);
  EXPECT_EQ(log_->OpenOwn(Stamps()[1].checkpoint())->tree_size, 3);
}

TEST_F(CheckpointStamps, NamesTheKeyOfTheConfigurationThatIsWrong) {
  const auto field_of = [](const config::v1::TimeStamping& config) {
    return DetailOf(CheckTimeStamping(config)).violations(0).field();
  };
  EXPECT_TRUE(CheckTimeStamping(config_).ok());
  auto wrong = config_;
  wrong.set_url("ftp://tsa.example/");
  EXPECT_EQ(field_of(wrong), "evidence.time_stamping.url");
  wrong = config_;
  wrong.set_tsa_bundle(folder_ + "/none.pem");
  EXPECT_EQ(field_of(wrong), "evidence.time_stamping.tsa_bundle");
  std::ofstream(folder_ + "/empty.pem") << "no certificate here\n";
  wrong.set_tsa_bundle(folder_ + "/empty.pem");
  EXPECT_EQ(field_of(wrong), "evidence.time_stamping.tsa_bundle");
  wrong = config_;
  wrong.set_policy("not an oid");
  EXPECT_EQ(field_of(wrong), "evidence.time_stamping.policy");
}

}  // namespace
}  // namespace tracegate
