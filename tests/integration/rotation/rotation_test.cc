#include <gtest/gtest.h>

#include <atomic>
#include <cstdio>
#include <future>
#include <string>
#include <thread>
#include <vector>

#include "absl/time/clock.h"
#include "protos/tracegate/failure.h"
#include "tests/bench/loopback_fixture.h"

namespace tracegate {
namespace {

constexpr char kHealth[] = "/grpc.health.v1.Health/Check";
constexpr char kHealthWatch[] = "/grpc.health.v1.Health/Watch";
constexpr char kCheckpoint[] = "/tracegate.v1.EvidenceService/GetCheckpoint";
constexpr absl::Duration kTimeout = absl::Seconds(30);

// A whole gateway that goes on while its files change.
class Rotation : public LoopbackFixture {
 protected:
  absl::Status Call(const Credential& caller, const char* method = kCheckpoint) {
    return GatewayClient(gateway_->ClientOptions(caller)).CallRaw(method, "", kTimeout).status();
  }
};

TEST_F(Rotation, LosesNoCallWhileItsCertificateIsRenewedTwentyTimes) {
  constexpr int kRotations = 20;
  std::atomic<bool> over{false};
  std::atomic<int> calls{0};
  std::atomic<int> lost{0};
  std::vector<std::thread> callers;
  // One that keeps its connection, and one that makes a new one for each call.
  callers.emplace_back([&] {
    GatewayClient client(gateway_->ClientOptions(gateway_->peer()));
    while (!over) {
      ++calls;
      if (!client.CallRaw(kCheckpoint, "", kTimeout).ok()) ++lost;
    }
  });
  callers.emplace_back([&] {
    while (!over) {
      ++calls;
      if (!Call(gateway_->officer()).ok()) ++lost;
    }
  });
  const std::string first = gateway_->ShownCertificate();
  for (int i = 0; i < kRotations; ++i) {
    const std::string before = gateway_->ShownCertificate();
    gateway_->Renew();
    EXPECT_NE(gateway_->ShownCertificate(), before) << "rotation " << i;
  }
  over = true;
  for (std::thread& caller : callers) caller.join();
  EXPECT_EQ(lost, 0);
  std::printf("[          ] %d rotations, %d calls meanwhile, %d lost\n", kRotations, calls.load(),
              lost.load());
}

TEST_F(Rotation, EndsTheStreamOfARevokedCallerByItself) {
  GatewayClient revoked(gateway_->ClientOptions(gateway_->officer()));
  GatewayClient other(gateway_->ClientOptions(gateway_->peer()));
  std::promise<void> open;
  std::promise<void> other_open;
  std::atomic<bool> other_ended{false};
  auto ended = std::async(std::launch::async, [&] {
    return revoked.StreamRaw(kHealthWatch, "", kTimeout, [&](const std::string&) {
      open.set_value();
      return true;
    });
  });
  auto other_stream = std::async(std::launch::async, [&] {
    const auto status = other.StreamRaw(kHealthWatch, "", kTimeout, [&](const std::string&) {
      if (!other_ended) other_open.set_value();
      return !other_ended;
    });
    other_ended = true;
    return status;
  });
  open.get_future().wait();
  other_open.get_future().wait();
  gateway_->RevokeOfficer();
  const absl::Time revoked_at = absl::Now();
  const absl::Status status = ended.get();
  std::printf("[          ] a revoked caller's stream ended %.1f s after the CRL changed\n",
              absl::ToDoubleSeconds(absl::Now() - revoked_at));
  EXPECT_EQ(DetailOf(status).reason(), v1::REASON_CERTIFICATE_REVOKED) << status;
  // The open connection is of no more use, nor is a new one; nobody else is touched.
  EXPECT_EQ(DetailOf(revoked.CallRaw(kCheckpoint, "", kTimeout).status()).reason(),
            v1::REASON_CERTIFICATE_REVOKED);
  EXPECT_EQ(DetailOf(Call(gateway_->officer())).reason(), v1::REASON_CERTIFICATE_REVOKED);
  EXPECT_FALSE(other_ended);
  EXPECT_TRUE(Call(gateway_->peer()).ok());
  other_ended = true;
  gateway_->Stop();  // tells the other's stream, and ends it
  other_stream.wait();
}

TEST_F(Rotation, CutsTheConnectionOfARevokedCallerAndOfNobodyElse) {
  GatewayClient revoked(gateway_->ClientOptions(gateway_->officer()));
  GatewayClient other(gateway_->ClientOptions(gateway_->peer()));
  ASSERT_TRUE(revoked.CallRaw(kCheckpoint, "", kTimeout).ok());
  ASSERT_TRUE(other.CallRaw(kCheckpoint, "", kTimeout).ok());
  ASSERT_TRUE(revoked.connected());
  gateway_->RevokeOfficer();
  const absl::Time revoked_at = absl::Now();
  while (revoked.connected() && absl::Now() < revoked_at + kTimeout) {
    absl::SleepFor(absl::Milliseconds(20));
  }
  EXPECT_FALSE(revoked.connected());
  std::printf("[          ] a revoked caller's connection ended %.1f s after the CRL changed\n",
              absl::ToDoubleSeconds(absl::Now() - revoked_at));
  EXPECT_TRUE(other.connected());
  EXPECT_EQ(DetailOf(revoked.CallRaw(kCheckpoint, "", kTimeout).status()).reason(),
            v1::REASON_CERTIFICATE_REVOKED);  // over a new one
}

TEST_F(Rotation, KeepsWhatItHasWhereTheNewFileIsWrong) {
  const std::string sound = gateway_->configuration();
  gateway_->Reconfigure("states: [BR]\nnonsense: true\n");
  EXPECT_TRUE(Call(gateway_->peer()).ok());
  gateway_->Reconfigure(sound.substr(0, sound.size() / 2));
  EXPECT_TRUE(Call(gateway_->peer()).ok());
  EXPECT_TRUE(Call(gateway_->officer()).ok());
}

TEST_F(Rotation, BelievesNobodyOfAStateThatWasTakenOutOfTheTrust) {
  std::string without = gateway_->configuration();
  const size_t line = without.find("    - {state: PT");
  without.erase(line, without.find('\n', line) + 1 - line);
  const size_t agreement = without.find("  - id: PT-BR-2020");
  EXPECT_TRUE(Call(gateway_->peer()).ok());
  ASSERT_NE(agreement, std::string::npos);
  gateway_->Reconfigure(without);
  EXPECT_EQ(DetailOf(Call(gateway_->peer())).reason(), v1::REASON_CERTIFICATE_UNTRUSTED);
  EXPECT_TRUE(Call(gateway_->officer()).ok());
}

}  // namespace
}  // namespace tracegate
