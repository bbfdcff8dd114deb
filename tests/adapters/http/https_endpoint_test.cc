#include "adapters/http/https_endpoint.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "protos/tracegate/failure.h"
#include "tests/adapters/http/https_fixture.h"

namespace tracegate {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class HttpsEndpointTest : public ::testing::Test, public HttpsFixture {
 protected:
  void Open(const config::v1::HttpsServer& config) {
    auto endpoint = HttpsEndpoint::Create("sinarm", "rest.server", config);
    ASSERT_TRUE(endpoint.ok()) << endpoint.status();
    endpoint_ = *std::move(endpoint);
    client_ = endpoint_->NewClient();
  }
  absl::StatusOr<HttpAnswer> Ask(absl::Duration time = absl::Seconds(60)) {
    return endpoint_->Ask(*client_, {.url = *endpoint_->At("/x")}, Watch(time));
  }
  // The CONFIG_INVALID that a configuration is refused with.
  std::string Refused(const config::v1::HttpsServer& config) {
    const absl::Status status = HttpsEndpoint::Create("sinarm", "rest.server", config).status();
    EXPECT_EQ(DetailOf(status).reason(), v1::REASON_CONFIG_INVALID) << status;
    const auto detail = DetailOf(status);
    return detail.violations().empty() ? "" : detail.violations(0).field();
  }
  config::v1::HttpsServer OAuth() {
    auto config = Config();
    auto* oauth = config.mutable_oauth();
    oauth->set_token_url(server().url() + "/token");
    oauth->set_client_id("gate way");
    oauth->set_client_secret_file(Write("secret", "s+cret\n"));
    oauth->set_scope("weapons.read");
    return config;
  }
  size_t Asked(const std::string& target) {
    size_t count = 0;
    for (const Request& request : server().requests()) count += request.target == target ? 1 : 0;
    return count;
  }

  std::unique_ptr<HttpsEndpoint> endpoint_;
  std::unique_ptr<HttpsClient> client_;
};

TEST_F(HttpsEndpointTest, ShowsItsApiKeyAsTheFileHasItNow) {
  Serve([](const Request&, Reply& reply) { reply.Json("{}"); });
  auto config = Config();
  config.mutable_api_key()->set_header("X-Api-Key");
  config.mutable_api_key()->set_key_file(Write("key", "first\n"));
  Open(config);
  ASSERT_TRUE(Ask().ok());
  Write("key", "second\n");
  ASSERT_TRUE(Ask().ok());
  EXPECT_EQ(server().requests()[0].headers.at("x-api-key"), "first");
  EXPECT_EQ(server().requests()[1].headers.at("x-api-key"), "second");
  Write("key", "two\nlines\n");
  const auto answer = Ask();
  EXPECT_EQ(DetailOf(answer.status()).reason(), v1::REASON_REGISTRY_UNAVAILABLE);
  EXPECT_THAT(std::string(answer.status().message()), HasSubstr("one line"));
  EXPECT_THAT(std::string(answer.status().message()), Not(HasSubstr("lines\n")));
}

TEST_F(HttpsEndpointTest, ShowsItsCertificate) {
  clients = Minted::Root("DE");
  Serve([](const Request&, Reply& reply) { reply.Json("{}"); });
  Open(Config());
  EXPECT_EQ(DetailOf(Ask().status()).reason(), v1::REASON_REGISTRY_UNAVAILABLE);
  const Minted own = clients->Issue(Mint{});
  auto config = Config();
  config.set_certificate_file(Write("own.pem", own.pem()));
  config.set_key_file(Write("own.key", own.key_pem()));
  Open(config);
  EXPECT_TRUE(Ask().ok()) << Ask().status();
}

TEST_F(HttpsEndpointTest, FetchesATokenOnceAndShowsIt) {
  Serve([](const Request& request, Reply& reply) {
    if (request.target != "/token") return reply.Json("{}");
    reply.Json(R"({"access_token":"t1","token_type":"bearer","expires_in":3600})");
  });
  Open(OAuth());
  ASSERT_TRUE(Ask().ok());
  ASSERT_TRUE(Ask().ok());
  const auto requests = server().requests();
  ASSERT_EQ(requests.size(), 3u);
  EXPECT_EQ(requests[0].method, "POST");
  EXPECT_EQ(requests[0].body, "grant_type=client_credentials&scope=weapons.read");
  // `gate%20way:s%2Bcret`, RFC 6749, 2.3.1.
  EXPECT_EQ(requests[0].headers.at("authorization"), "Basic Z2F0ZSUyMHdheTpzJTJCY3JldA==");
  EXPECT_EQ(requests[1].headers.at("authorization"), "Bearer t1");
  EXPECT_EQ(requests[2].headers.at("authorization"), "Bearer t1");
}

TEST_F(HttpsEndpointTest, FetchesATokenAnewOnceItsTimeIsUp) {
  Serve([](const Request& request, Reply& reply) {
    if (request.target != "/token") return reply.Json("{}");
    reply.Json(R"({"access_token":"t1","token_type":"Bearer","expires_in":"0"})");
  });
  Open(OAuth());
  ASSERT_TRUE(Ask().ok());
  ASSERT_TRUE(Ask().ok());
  EXPECT_EQ(Asked("/token"), 2u);
}

TEST_F(HttpsEndpointTest, FetchesATokenAnewOnceWhereItIsRefused) {
  std::atomic<int> tokens = 0;
  Serve([&](const Request& request, Reply& reply) {
    if (request.target == "/token") {
      return reply.Json("{\"access_token\":\"t" + std::to_string(++tokens) +
                        "\",\"token_type\":\"Bearer\",\"expires_in\":3600}");
    }
    if (request.headers.at("authorization") == "Bearer t2") return reply.Json("{}");
    reply.Whole(401, "text/plain", "");
  });
  Open(OAuth());
  EXPECT_TRUE(Ask().ok()) << Ask().status();
  EXPECT_EQ(Asked("/token"), 2u);
}

TEST_F(HttpsEndpointTest, GivesUpWhereEveryTokenIsRefused) {
  Serve([](const Request& request, Reply& reply) {
    if (request.target != "/token") return reply.Whole(401, "text/plain", "");
    reply.Json(R"({"access_token":"t1","token_type":"Bearer"})");
  });
  Open(OAuth());
  EXPECT_EQ(DetailOf(Ask().status()).reason(), v1::REASON_REGISTRY_UNAVAILABLE);
  EXPECT_EQ(Asked("/x"), 2u);
}

TEST_F(HttpsEndpointTest, AsksNothingWithoutAToken) {
  for (const auto& [status, body] :
       {std::pair{400, R"({"error":"invalid_client"})"}, std::pair{500, ""},
        std::pair{200, "<html>"}, std::pair{200, R"({"access_token":"t"})"},
        std::pair{200, R"({"access_token":"a\nb","token_type":"Bearer"})"},
        std::pair{200, R"(["access_token"])"}, std::pair{302, ""}}) {
    Serve([status = status, body = body](const Request&, Reply& reply) {
      reply.Whole(status, "application/json", body);
    });
    Open(OAuth());
    const auto answer = Ask();
    EXPECT_EQ(DetailOf(answer.status()).reason(), v1::REASON_REGISTRY_UNAVAILABLE) << body;
    EXPECT_THAT(std::string(answer.status().message()), HasSubstr("token endpoint")) << body;
    EXPECT_THAT(std::string(answer.status().message()), Not(HasSubstr("s+cret")));
    EXPECT_EQ(Asked("/x"), 0u);
    client_.reset();
    EndServer();
  }
}

TEST_F(HttpsEndpointTest, SaysThatTheTokenEndpointIsDown) {
  Serve([](const Request&, Reply& reply) { reply.Json("{}"); });
  auto config = OAuth();
  {
    LoopbackHttps gone([](const Request&, Reply&) {}, root().Issue(LoopbackMint()));
    config.mutable_oauth()->set_token_url(gone.url() + "/token");
  }
  Open(config);
  EXPECT_THAT(std::string(Ask().status().message()),
              HasSubstr("the token endpoint of registry 'sinarm' accepts no connection"));
}

TEST_F(HttpsEndpointTest, LeavesABusyRegistryAloneForAsLongAsItSays) {
  for (const int status : {429, 503}) {
    Serve([&](const Request&, Reply& reply) {
      reply.Whole(status, "text/plain", "", "Retry-After: 120\r\n");
    });
    Open(Config());
    for (int i = 0; i < 2; ++i) {
      const auto detail = DetailOf(Ask().status());
      EXPECT_EQ(detail.reason(), v1::REASON_REGISTRY_BUSY);
      EXPECT_GT(detail.retry_after().seconds(), 100);
      EXPECT_LE(detail.retry_after().seconds(), 120);
    }
    EXPECT_EQ(server().requests().size(), 1u) << "the second question was not asked";
    client_.reset();
    EndServer();
  }
}

TEST_F(HttpsEndpointTest, HintsAtATimeWhereABusyRegistryDoesNot) {
  Serve([](const Request&, Reply& reply) {
    reply.Whole(503, "text/plain", "", "Retry-After: -1\r\n");
  });
  Open(Config());
  EXPECT_GT(DetailOf(Ask().status()).retry_after().seconds(), 0);
}

TEST_F(HttpsEndpointTest, SaysWhatKeepsItFromAsking) {
  for (const auto& [status, what] :
       {std::pair{401, "does not let this gateway ask (HTTP 401)"},
        std::pair{403, "does not let this gateway ask (HTTP 403)"},
        std::pair{302, "a redirect, which is not followed (HTTP 302)"}}) {
    Serve([status = status](const Request&, Reply& reply) {
      reply.Whole(status, "text/plain", "who are you", "Location: https://other.example/\r\n");
    });
    Open(Config());
    const auto answer = Ask();
    EXPECT_EQ(DetailOf(answer.status()).reason(), v1::REASON_REGISTRY_UNAVAILABLE);
    EXPECT_THAT(std::string(answer.status().message()), HasSubstr(what));
    client_.reset();
    EndServer();
  }
}

TEST_F(HttpsEndpointTest, RefusesACallThatWouldWaitBeyondItsTime) {
  Serve([](const Request&, Reply& reply) { reply.Json("{}"); });
  auto config = Config();
  config.set_requests_per_second(1);
  Open(config);
  ASSERT_TRUE(Ask().ok());
  const auto detail = DetailOf(Ask(absl::Milliseconds(1)).status());
  EXPECT_THAT(detail.reason(),
              ::testing::AnyOf(v1::REASON_OVERLOADED, v1::REASON_DEADLINE_EXCEEDED));
  EXPECT_EQ(server().requests().size(), 1u);
  EXPECT_TRUE(Ask().ok()) << "one that can wait does";
}

TEST_F(HttpsEndpointTest, TellsWhetherItCanBeAsked) {
  std::atomic<int> status = 200;
  Serve([&](const Request&, Reply& reply) { reply.Whole(status, "text/plain", ""); });
  auto config = Config();
  Open(config);
  EXPECT_TRUE(endpoint_->Health(*client_, Watch()).ok());
  status = 404;
  EXPECT_TRUE(endpoint_->Health(*client_, Watch()).ok())
      << "nothing is at the base, but it answers";
  status = 500;
  EXPECT_EQ(DetailOf(endpoint_->Health(*client_, Watch())).reason(),
            v1::REASON_REGISTRY_UNAVAILABLE);
  config.set_health_path("/health?x");
  Open(config);
  status = 404;
  EXPECT_EQ(DetailOf(endpoint_->Health(*client_, Watch())).reason(), v1::REASON_REGISTRY_MISMATCH);
  status = 204;
  EXPECT_TRUE(endpoint_->Health(*client_, Watch()).ok());
  EXPECT_EQ(server().requests().back().target, "/health?x");
}

TEST_F(HttpsEndpointTest, SaysWhatAStatusMeansForAQuestion) {
  const auto reason = [](int status) {
    HttpAnswer answer;
    answer.status = status;
    const absl::Status checked = CheckSuccess("registry 'x'", answer);
    return checked.ok() ? v1::REASON_UNSPECIFIED : DetailOf(checked).reason();
  };
  for (const int good : {200, 201, 204}) EXPECT_EQ(reason(good), v1::REASON_UNSPECIFIED);
  for (const int passing : {408, 425, 500, 502, 504}) {
    EXPECT_EQ(reason(passing), v1::REASON_REGISTRY_UNAVAILABLE) << passing;
  }
  for (const int final : {400, 404, 405, 415, 422}) {
    EXPECT_EQ(reason(final), v1::REASON_REGISTRY_MISMATCH) << final;
  }
}

TEST_F(HttpsEndpointTest, RefusesAConfigurationThatCannotBeMeant) {
  Serve([](const Request&, Reply&) {});
  const auto changed = [&](const std::function<void(config::v1::HttpsServer*)>& change) {
    auto config = OAuth();
    change(&config);
    return Refused(config);
  };
  EXPECT_EQ(changed([](auto* c) { c->set_base_url("http://registry.example"); }),
            "rest.server.base_url");
  EXPECT_EQ(changed([](auto* c) { c->set_base_url("https://registry.example/?x"); }),
            "rest.server.base_url");
  EXPECT_EQ(changed([](auto* c) { c->clear_ca_file(); }), "rest.server.ca_file");
  EXPECT_EQ(changed([](auto* c) { c->set_ca_file("/nowhere/ca.pem"); }), "rest.server.ca_file");
  EXPECT_EQ(changed([&](auto* c) { c->set_certificate_file(c->ca_file()); }),
            "rest.server.key_file");
  EXPECT_EQ(changed([](auto* c) { c->set_requests_per_second(-1); }),
            "rest.server.requests_per_second");
  EXPECT_EQ(changed([](auto* c) { c->set_answer_bytes_max((64 << 20) + 1); }),
            "rest.server.answer_bytes_max");
  EXPECT_EQ(changed([](auto* c) { c->set_health_path("health"); }), "rest.server.health_path");
  EXPECT_EQ(changed([](auto* c) { c->mutable_oauth()->set_token_url("http://x/"); }),
            "rest.server.oauth.token_url");
  EXPECT_EQ(changed([](auto* c) { c->mutable_oauth()->clear_client_id(); }),
            "rest.server.oauth.client_id");
  EXPECT_EQ(
      changed([&](auto* c) { c->mutable_oauth()->set_client_secret_file(Write("empty", " \n")); }),
      "rest.server.oauth.client_secret_file");
  EXPECT_EQ(changed([](auto* c) { c->mutable_api_key()->set_header("X Key"); }),
            "rest.server.api_key.header");
  EXPECT_EQ(changed([](auto* c) { c->mutable_api_key()->set_header("X-Key"); }),
            "rest.server.api_key.key_file");
}

}  // namespace
}  // namespace tracegate
