#include "gateway/daemon/metrics.h"

#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <string>

#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string Scrape(int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<in_port_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const int client = socket(AF_INET, SOCK_STREAM, 0);
  std::string text;
  if (connect(client, reinterpret_cast<sockaddr*>(&address), sizeof(address)) == 0) {
    const std::string request = "GET /metrics HTTP/1.0\r\n\r\n";
    send(client, request.data(), request.size(), MSG_NOSIGNAL);
    char buffer[4096];
    for (ssize_t got = 0; (got = recv(client, buffer, sizeof(buffer), 0)) > 0;) {
      text.append(buffer, static_cast<size_t>(got));
    }
  }
  close(client);
  return text;
}

TEST(Metrics, TellsGaugesOfOneNameTogether) {
  const auto metrics = Metrics::Serve(
      "127.0.0.1:0",
      {{"tracegate_registry_rests", "Not asked now.", [] { return 1; }, {{"registry", "de"}}},
       {"tracegate_registry_rests", "Not asked now.", [] { return 0; }, {{"registry", "rs"}}}});
  ASSERT_TRUE(metrics.ok()) << metrics.status();
  EXPECT_THAT(Scrape((*metrics)->port()),
              HasSubstr("# TYPE tracegate_registry_rests gauge\n"
                        "tracegate_registry_rests{registry=\"de\"} 1\n"
                        "tracegate_registry_rests{registry=\"rs\"} 0\n"));
}

TEST(Metrics, TellsFiguresAsTheyAreWhenAskedAndWhenCertificatesEnd) {
  int64_t traces = 3;
  auto metrics = Metrics::Serve(
      "127.0.0.1:0", {{"tracegate_open_traces", "Traces not yet ended.", [&] { return traces; }}});
  ASSERT_TRUE(metrics.ok()) << metrics.status();
  EXPECT_THAT(Scrape((*metrics)->port()), HasSubstr("\ntracegate_open_traces 3\n"));
  traces = 4;
  Expiry good{.key = "identity.certificate_chain",
              .file = "gateway.pem",
              .name = "CN=gateway",
              .until = absl::FromUnixSeconds(1900000000),
              .note = ""};
  Expiry ended = good;
  ended.key = "identity.trust[0].crl";
  ended.standing = ExpiryStanding::kEnded;
  Expiry unchecked{.key = "identity.trust[1].no_revocation",
                   .file = "",
                   .name = "PT",
                   .until = std::nullopt,
                   .note = ""};
  (*metrics)->SetExpiries({good, ended, unchecked});
  const std::string text = Scrape((*metrics)->port());
  EXPECT_THAT(text, HasSubstr("\ntracegate_open_traces 4\n"));
  EXPECT_THAT(text,
              HasSubstr("tracegate_certificate_end_timestamp_seconds{"
                        "key=\"identity.certificate_chain\",name=\"CN=gateway\"} 1900000000"));
  EXPECT_THAT(text, HasSubstr("tracegate_certificate_unsound{"
                              "key=\"identity.trust[0].crl\",name=\"CN=gateway\"} 1"));
  EXPECT_THAT(text, HasSubstr("tracegate_certificate_unsound{"
                              "key=\"identity.certificate_chain\",name=\"CN=gateway\"} 0"));
  EXPECT_THAT(text, Not(HasSubstr("seconds{key=\"identity.trust[1]")));
}

TEST(Metrics, SaysThatTheAddressIsTaken) {
  const auto first = Metrics::Serve("127.0.0.1:0", {});
  ASSERT_TRUE(first.ok());
  const auto second = Metrics::Serve("127.0.0.1:" + std::to_string((*first)->port()), {});
  EXPECT_EQ(DetailOf(second.status()).reason(), v1::REASON_CONFIG_INVALID);
  EXPECT_THAT(std::string(second.status().message()), HasSubstr("metrics.listen"));
}

}  // namespace
}  // namespace tracegate
