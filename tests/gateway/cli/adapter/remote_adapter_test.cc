// The example adapter of the manual as a program that runs by itself, tried as whoever writes one tries it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <future>
#include <memory>
#include <mutex>
#include <string>

#include "absl/time/clock.h"
#include "adapters/catalog.h"
#include "adapters/plugin/child_process.h"
#include "gateway/cli/adapter_commands.h"
#include "gateway/cli/record_registries.h"
#include "gateway/daemon/configuration.h"
#include "tests/gateway/cli/command_run.h"
#include "tests/gateway/identity/minted_pki.h"
#include "tests/gateway/storage/temp_folder.h"

namespace tracegate {
namespace {

using testing::HasSubstr;

constexpr char kExamples[] = TRACEGATE_SOURCE_DIR "/docs/examples/adapters/";
constexpr char kGateway[] = "spiffe://br.example/gateway/peer";

class RemoteAdapter : public testing::Test {
 protected:
  RemoteAdapter() {
    const Minted adapter = adapters_.Leaf("spiffe://br.example/adapter/peer", {"adapter.example"});
    Write("adapter.pem", adapter.pem());
    Write("adapter.key", adapter.key_pem());
    Write("adapters.pem", adapters_.pem());
    Write("br.pem", state_.pem());
  }

  std::string Write(const std::string& name, const std::string& text) {
    std::ofstream(folder_.File(name), std::ios::binary) << text;
    return folder_.File(name);
  }

  // Runs the example, for the gateway of that id alone.
  void Run(const std::string& caller) {
    const auto variable = [this](const std::string& name, const std::string& file) {
      return name + "=" + folder_.File(file);
    };
    auto started = ChildProcess::Start(
        {.arguments = {"/usr/bin/node", "node/adapter.js", "weapons.csv"},
         .folder = kExamples,
         .environment = {"ADAPTER_LISTEN=127.0.0.1:0", "ADAPTER_CALLER=" + caller,
                         variable("ADAPTER_CERTIFICATE", "adapter.pem"),
                         variable("ADAPTER_KEY", "adapter.key"),
                         variable("ADAPTER_CALLER_CA", "br.pem")}});
    ASSERT_TRUE(started.ok()) << started.status();
    adapter_ = *std::move(started);
    const std::string said = FirstLine();
    ASSERT_THAT(said, HasSubstr("listening at 127.0.0.1:"));
    address_ = said.substr(said.rfind(' ') + 1);
  }

  // Of the adapter's, without its end; what it has said where it says no line.
  std::string FirstLine() const {
    constexpr int kPatienceMs = 60'000;
    std::string line;
    pollfd ready{.fd = adapter_->output(), .events = POLLIN, .revents = 0};
    for (char c = 0; poll(&ready, 1, kPatienceMs) == 1 && read(ready.fd, &c, 1) == 1;) {
      if (c == '\n') break;
      line += c;
    }
    return line;
  }

  // The configuration of a gateway that has that certificate, and a bundle of BR alone.
  std::string Configure(const Minted& gateway, const std::string& state = "BR") {
    Write("gateway.pem", gateway.pem());
    Write("gateway.key", gateway.key_pem());
    return Write("gateway.yaml", R"yaml(
states: [BR]
server: {listen: "127.0.0.1:0"}
identity:
  certificate_chain: gateway.pem
  private_key: gateway.key
  trust: [{state: BR, trust_domain: br.example, bundle: br.pem, no_revocation: true}]
storage: {sqlite: {file: records.db}}
evidence: {origin: br.example/log, signing_key: not-here.key}
registries:
  - name: afar
    state: )yaml" + state + R"yaml(
    plugin: {address: ")yaml" + address_ +
                                     R"yaml(", roots: adapters.pem, tls_name: adapter.example}
)yaml");
  }

  // The first thing that is told of the adapter when that gateway asks it.
  std::string TroubleOf(const Minted& gateway) {
    const std::string config = Configure(gateway);
    const auto registries = RecordRegistries(config, "afar");
    const auto trust = LoadOwnTrust(config, absl::Now());
    EXPECT_TRUE(registries.ok() && trust.ok()) << trust.status();
    if (!registries.ok() || !trust.ok()) return "";
    std::promise<std::string> told;
    std::once_flag once;
    AdapterSurroundings surroundings{.peer_trust = *trust, .clock = absl::Now};
    surroundings.tell_trouble = [&](const std::string&, const std::string& trouble) {
      std::call_once(once, [&] { told.set_value(trouble); });
    };
    const auto adapter = BuildAdapter(registries->front(), surroundings);
    EXPECT_TRUE(adapter.ok()) << adapter.status();
    if (!adapter.ok()) return "";
    (*adapter)->Health({}, [](const absl::Status& status) { EXPECT_FALSE(status.ok()); });
    auto trouble = told.get_future();
    const auto waited = trouble.wait_for(std::chrono::minutes(2));
    return waited == std::future_status::ready ? trouble.get() : "";
  }

  const TempFolder folder_;
  const Minted state_ = Minted::Root("BR");
  const Minted adapters_ = Minted::Root("BR adapters");
  std::unique_ptr<ChildProcess> adapter_;
  std::string address_ = "127.0.0.1:1";  // of nobody until it runs
};

TEST_F(RemoteAdapter, PassesEveryCaseAndNeedsNoKeyOfTheLog) {
  Run(kGateway);
  if (HasFatalFailure()) return;
  const std::string config = Configure(state_.Leaf(kGateway, {"gateway.example"}));
  const CommandRun run = RunCommand(&AddAdapterCommands, {"adapter", "test", config, "--known",
                                                          std::string(kExamples) + "known.yaml"});
  EXPECT_EQ(run.exit, kExitOk) << run.said << run.complained;
  EXPECT_THAT(run.said, HasSubstr("21 passed, 0 failed, 0 skipped"));
}

TEST_F(RemoteAdapter, NeedsABundleOfItsState) {
  const std::string config = Configure(state_.Leaf(kGateway, {"gateway.example"}), "PT");
  const CommandRun run = RunCommand(&AddAdapterCommands, {"adapter", "test", config});
  EXPECT_EQ(run.exit, kExitUsage);
  EXPECT_THAT(run.complained, HasSubstr("plugin.address: is asked with this gateway's certificate, "
                                        "which needs a bundle of PT in identity.trust"));
}

TEST_F(RemoteAdapter, IsNotAskedByAnotherOfThatCa) {
  Run("spiffe://br.example/other/peer");
  if (HasFatalFailure()) return;
  EXPECT_THAT(TroubleOf(state_.Leaf(kGateway, {"gateway.example"})),
              HasSubstr("the adapter is gone"));
}

TEST_F(RemoteAdapter, IsNotAskedByAnotherCasGatewayOfThatName) {
  Run(kGateway);
  if (HasFatalFailure()) return;
  EXPECT_THAT(TroubleOf(Minted::Root("BR").Leaf(kGateway, {"gateway.example"})),
              HasSubstr("the adapter is gone"));
}

}  // namespace
}  // namespace tracegate
