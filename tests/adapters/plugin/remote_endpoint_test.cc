#include "adapters/plugin/remote_endpoint.h"

#include <gmock/gmock.h>
#include <grpcpp/generic/async_generic_service.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <mutex>

#include "adapters/plugin/plugin_adapter.h"
#include "tests/adapters/eventually.h"
#include "tests/adapters/registry_calls.h"
#include "tests/gateway/identity/minted_pki.h"

namespace tracegate {
namespace {

// Answers Describe, and everything else with an empty message.
class Call : public grpc::ServerGenericBidiReactor {
 public:
  explicit Call(const std::string& method) {
    adapter::v1::DescribeResponse description;
    description.set_name("remote");
    description.add_states("DE");
    description.add_search_fields(adapter::v1::SEARCH_FIELD_SERIAL_NUMBER);
    const std::string bytes =
        method.ends_with("/Describe") ? description.SerializeAsString() : std::string();
    const grpc::Slice slice(bytes.data(), bytes.size());
    reply_ = grpc::ByteBuffer(&slice, 1);
    StartWriteAndFinish(&reply_, {}, grpc::Status::OK);
  }
  void OnDone() override { delete this; }

 private:
  grpc::ByteBuffer reply_;
};

class Service : public grpc::CallbackGenericService {
  grpc::ServerGenericBidiReactor* CreateReactor(
      grpc::GenericCallbackServerContext* context) override {
    return new Call(context->method());
  }
};

// An adapter that runs by itself and takes no caller but one of the gateway's CA.
class RemoteEndpointTest : public ::testing::Test, public RegistryCalls {
 protected:
  RemoteEndpointTest() {
    const Minted leaf = adapter_ca_.Leaf("spiffe://de.example/adapter", {"adapter.example"});
    grpc::SslServerCredentialsOptions options(
        GRPC_SSL_REQUEST_AND_REQUIRE_CLIENT_CERTIFICATE_AND_VERIFY);
    options.pem_root_certs = gateway_ca_.pem();
    options.pem_key_cert_pairs.push_back({leaf.key_pem(), leaf.pem()});
    grpc::ServerBuilder builder;
    builder.RegisterCallbackGenericService(&service_);
    builder.AddListeningPort("127.0.0.1:0", grpc::SslServerCredentials(options), &port_);
    server_ = builder.BuildAndStart();
    Show(gateway_ca_);
  }
  ~RemoteEndpointTest() override {
    adapter_.reset();
    server_->Shutdown();
  }

  // From now on the gateway has a certificate of that CA.
  void Show(const Minted& ca) {
    const Minted leaf = ca.Leaf("spiffe://de.example/gateway");
    const std::lock_guard lock(mutex_);
    shown_ = {leaf.pem(), leaf.key_pem()};
  }

  void Connect(const std::string& roots, const std::string& tls_name) {
    PluginSupervisor::Options process;
    process.endpoint = std::make_unique<RemoteEndpoint>(
        RemoteEndpoint::Options{"127.0.0.1:" + std::to_string(port_), tls_name, roots, [this] {
                                  const std::lock_guard lock(mutex_);
                                  return shown_;
                                }});
    process.tell = [this](const std::string& line) {
      const std::lock_guard lock(mutex_);
      told_ += line + "\n";
    };
    process.look_period = absl::Milliseconds(10);
    process.pause_first = absl::Milliseconds(1);
    adapter_ =
        std::make_unique<PluginAdapter>(PluginAdapter::Options{"remote", "DE"}, std::move(process));
  }

  bool IsTold(const std::string& words) {
    return Eventually([&] {
      const std::lock_guard lock(mutex_);
      return told_.find(words) != std::string::npos;
    });
  }

  const Minted adapter_ca_ = Minted::Root("DE adapters");
  const Minted gateway_ca_ = Minted::Root("DE");
  Service service_;
  int port_ = 0;
  std::unique_ptr<grpc::Server> server_;
  std::mutex mutex_;
  OwnCertificate shown_;  // guarded by mutex_
  std::string told_;      // guarded by mutex_
};

TEST_F(RemoteEndpointTest, AsksAnAdapterThatItKnowsByItsCaAndName) {
  Connect(adapter_ca_.pem(), "adapter.example");
  EXPECT_TRUE(Eventually([this] { return Health().ok(); }));
}

TEST_F(RemoteEndpointTest, AsksNothingOfOneOfAnotherCa) {
  Connect(gateway_ca_.pem(), "adapter.example");
  EXPECT_TRUE(absl::IsUnavailable(Health()));
  EXPECT_TRUE(IsTold("the adapter is gone"));
  EXPECT_TRUE(absl::IsUnavailable(Health()));
}

TEST_F(RemoteEndpointTest, AsksNothingOfOneOfAnotherName) {
  Connect(adapter_ca_.pem(), "other.example");
  EXPECT_TRUE(absl::IsUnavailable(Health()));
  EXPECT_TRUE(IsTold("the adapter is gone"));
  EXPECT_TRUE(absl::IsUnavailable(Health()));
}

TEST_F(RemoteEndpointTest, ShowsTheCertificateThatTheGatewayHasNow) {
  Connect(adapter_ca_.pem(), "adapter.example");
  ASSERT_TRUE(Eventually([this] { return Health().ok(); }));
  Show(adapter_ca_);  // not one that the adapter takes
  EXPECT_TRUE(IsTold("this gateway has a new certificate"));
  EXPECT_TRUE(Eventually([this] { return absl::IsUnavailable(Health()); }));
  Show(gateway_ca_);
  EXPECT_TRUE(Eventually([this] { return Health().ok(); }));
}

}  // namespace
}  // namespace tracegate
