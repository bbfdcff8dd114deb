#ifndef TRACEGATE_TESTS_ADAPTERS_HTTP_HTTPS_FIXTURE_H_
#define TRACEGATE_TESTS_ADAPTERS_HTTP_HTTPS_FIXTURE_H_

#include <atomic>
#include <fstream>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>

#include "absl/time/clock.h"
#include "adapters/call_watch.h"
#include "tests/adapters/http/loopback_https.h"
#include "tests/gateway/identity/minted_pki.h"
#include "tests/gateway/storage/temp_folder.h"
#include "tracegate/config/v1/https_registry.pb.h"

namespace tracegate {

// A registry's server with a certificate of its own CA, and what a gateway is configured with to ask it.
class HttpsFixture {
 public:
  using Request = LoopbackHttps::Request;
  using Reply = LoopbackHttps::Reply;
  using Handler = LoopbackHttps::Handler;

  // Before Serve.
  Mint mint = LoopbackMint();
  std::optional<Minted> clients;

  void Serve(Handler handler) {
    server_ = std::make_unique<LoopbackHttps>(std::move(handler), root_.Issue(mint), clients);
  }

  // The least that is needed.
  config::v1::HttpsServer Config() {
    config::v1::HttpsServer config;
    config.set_base_url(server_->url());
    config.set_ca_file(Write("ca.pem", root_.pem()));
    return config;
  }

  std::string Write(const std::string& name, const std::string& text) {
    std::ofstream(folder_.File(name), std::ios::binary) << text;
    return folder_.File(name);
  }

  LoopbackHttps& server() { return *server_; }
  void EndServer() { server_.reset(); }
  const Minted& root() const { return root_; }

  CallWatch Watch(absl::Duration time = absl::Seconds(60), std::stop_token cancelled = {}) {
    return {"sinarm", absl::Now() + time, std::move(cancelled), &closing_};
  }
  std::atomic<bool>& closing() { return closing_; }

 private:
  TempFolder folder_;
  const Minted root_ = Minted::Root("BR");
  std::atomic<bool> closing_ = false;
  std::unique_ptr<LoopbackHttps> server_;
};

}  // namespace tracegate

#endif  // TRACEGATE_TESTS_ADAPTERS_HTTP_HTTPS_FIXTURE_H_
