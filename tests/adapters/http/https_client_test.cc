#include "adapters/http/https_client.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <latch>
#include <thread>

#include "protos/tracegate/failure.h"
#include "tests/adapters/http/https_fixture.h"

namespace tracegate {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr size_t kBytesMax = 1 << 20;
constexpr char kAsked[] = "registry 'sinarm'";

class HttpsClientTest : public ::testing::Test, public HttpsFixture {
 protected:
  absl::StatusOr<HttpAnswer> Get(const std::string& path = "/", size_t bytes_max = kBytesMax) {
    HttpsClient client({Config().ca_file(), "", ""}, bytes_max);
    return Send(client, path);
  }
  absl::StatusOr<HttpAnswer> Send(HttpsClient& client, const std::string& path = "/") {
    return client.Send(kAsked, {.url = *HttpsUrl::Parse(server().url() + path)}, Watch());
  }

  // What is said of an answer that is none, and that it names no place.
  void ExpectUnavailable(const absl::StatusOr<HttpAnswer>& answer, const std::string& what) {
    EXPECT_EQ(DetailOf(answer.status()).reason(), v1::REASON_REGISTRY_UNAVAILABLE)
        << answer.status();
    EXPECT_THAT(std::string(answer.status().message()), HasSubstr(what));
    EXPECT_THAT(std::string(answer.status().message()), Not(HasSubstr("127.0.0.1")));
  }
};

TEST_F(HttpsClientTest, AsksAndReadsWhatIsAnswered) {
  Serve([](const Request& request, Reply& reply) {
    reply.Whole(418, "Application/JSON ; charset=utf-8", request.method + request.body,
                "Link: <a>; rel=next\r\nLink: <b>\r\nRetry-After: 7\r\n");
  });
  HttpsClient client({Config().ca_file(), "", ""}, kBytesMax);
  const auto answer = client.Send(
      kAsked,
      {.url = *HttpsUrl::Parse(server().url() + "/a?b"), .headers = {"X-A: 1"}, .body = "{}"},
      Watch());
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_EQ(answer->status, 418);
  EXPECT_EQ(answer->content_type, "application/json");
  EXPECT_EQ(answer->body, "POST{}");
  EXPECT_THAT(answer->links, ::testing::ElementsAre("<a>; rel=next", "<b>"));
  EXPECT_EQ(answer->retry_after, absl::Seconds(7));
  EXPECT_EQ(server().requests()[0].target, "/a?b");
  EXPECT_EQ(server().requests()[0].headers.at("x-a"), "1");
}

TEST_F(HttpsClientTest, KeepsItsConnectionAndNoneOfTheRequestBefore) {
  Serve([](const Request&, Reply& reply) { reply.Json("{}"); });
  HttpsClient client({Config().ca_file(), "", ""}, kBytesMax);
  const HttpRequest first{
      .url = *HttpsUrl::Parse(server().url() + "/1"), .headers = {"X-A: 1"}, .body = "{}"};
  ASSERT_TRUE(client.Send(kAsked, first, Watch()).ok());
  ASSERT_TRUE(Send(client, "/2").ok());
  EXPECT_EQ(server().connections(), 1);
  EXPECT_EQ(server().requests()[1].method, "GET");
  EXPECT_EQ(server().requests()[1].headers.count("x-a"), 0u);
}

TEST_F(HttpsClientTest, ConnectsAgainWhereAKeptConnectionHasEnded) {
  Serve([](const Request&, Reply& reply) {
    reply.Json("{}");
    reply.Close();
  });
  HttpsClient client({Config().ca_file(), "", ""}, kBytesMax);
  ASSERT_TRUE(Send(client).ok());
  ASSERT_TRUE(Send(client).ok());
  EXPECT_EQ(server().connections(), 2);
}

TEST_F(HttpsClientTest, BelievesNoCertificateOfAnotherCa) {
  Serve([](const Request&, Reply& reply) { reply.Json("{}"); });
  HttpsClient client({Write("other.pem", Minted::Root("BR").pem()), "", ""}, kBytesMax);
  ExpectUnavailable(Send(client), "ca_file does not vouch for");
  EXPECT_TRUE(server().requests().empty());
}

TEST_F(HttpsClientTest, BelievesNoCertificateOutOfItsTime) {
  mint.not_after = absl::Now() - absl::Hours(1);
  Serve([](const Request&, Reply& reply) { reply.Json("{}"); });
  ExpectUnavailable(Get(), "out of its time");
}

TEST_F(HttpsClientTest, BelievesNoCertificateForAnotherName) {
  mint.ip_addresses = {"127.0.0.2"};
  Serve([](const Request&, Reply& reply) { reply.Json("{}"); });
  ExpectUnavailable(Get(), "for another name");
}

TEST_F(HttpsClientTest, SaysThatItsOwnFilesCannotBeRead) {
  Serve([](const Request&, Reply& reply) { reply.Json("{}"); });
  HttpsClient no_ca({Write("no.pem", "no certificate"), "", ""}, kBytesMax);
  ExpectUnavailable(Send(no_ca), "ca_file is not readable");
  HttpsClient no_pair({Config().ca_file(), Write("no.pem", "none"), Write("no.key", "none")},
                      kBytesMax);
  ExpectUnavailable(Send(no_pair), "certificate_file and key_file");
}

TEST_F(HttpsClientTest, FollowsNoRedirect) {
  Serve([](const Request&, Reply& reply) {
    reply.Whole(302, "text/plain", "", "Location: /elsewhere\r\n");
  });
  EXPECT_EQ(Get()->status, 302);
  EXPECT_EQ(server().requests().size(), 1u);
}

TEST_F(HttpsClientTest, AsksNoProxyOfTheEnvironment) {
  Serve([](const Request&, Reply& reply) { reply.Json("{}"); });
  setenv("https_proxy", "http://127.0.0.1:1", 1);
  const auto answer = Get();
  unsetenv("https_proxy");
  EXPECT_TRUE(answer.ok()) << answer.status();
}

TEST_F(HttpsClientTest, CutsOffALongAnswerWhileItIsRead) {
  std::atomic<bool> sent_all = false;
  Serve([&](const Request& request, Reply& reply) {
    constexpr size_t kBytes = size_t{100} << 20;
    const std::string chunk(1 << 20, ' ');
    reply.Send("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n" +
               (request.target == "/told" ? "Content-Length: " + std::to_string(kBytes) + "\r\n"
                                          : std::string("Connection: close\r\n")) +
               "\r\n");
    size_t sent = 0;
    while (sent < kBytes && reply.Send(chunk)) sent += chunk.size();
    sent_all = sent == kBytes;
  });
  ExpectUnavailable(Get("/told"), "answers more than 1048576 bytes");
  ExpectUnavailable(Get("/untold"), "answers more than 1048576 bytes");
  EndServer();
  EXPECT_FALSE(sent_all);
}

TEST_F(HttpsClientTest, TakesAnAnswerOfJustTheBoundAndNotOneByteMore) {
  Serve(
      [](const Request& request, Reply& reply) { reply.Whole(200, "text/plain", request.target); });
  EXPECT_TRUE(Get("/234", 4).ok());
  ExpectUnavailable(Get("/2345", 4), "answers more than 4 bytes");
}

TEST_F(HttpsClientTest, CutsOffEndlessHeaders) {
  Serve([](const Request&, Reply& reply) {
    reply.Send("HTTP/1.1 200 OK\r\n");
    while (reply.Send("X-Filler: " + std::string(1000, 'x') + "\r\n")) {
    }
  });
  ExpectUnavailable(Get(), "answers more than");
}

TEST_F(HttpsClientTest, TakesNoHalfAnswer) {
  Serve([](const Request& request, Reply& reply) {
    if (request.target == "/half")
      reply.Send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{\"a\"");
    reply.Close();
  });
  ExpectUnavailable(Get("/half"), "broke off");
  ExpectUnavailable(Get("/none"), "broke off");
}

TEST_F(HttpsClientTest, TakesNoAnswerOfAConnectionThatWasReset) {
  Serve([](const Request&, Reply& reply) {
    reply.Send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{\"a\"");
    reply.Reset();
  });
  ExpectUnavailable(Get(), "broke off");
}

TEST_F(HttpsClientTest, SaysThatNobodyAnswers) {
  Serve([](const Request&, Reply&) {});
  const HttpRequest request{.url = *HttpsUrl::Parse(server().url())};
  HttpsClient client({Config().ca_file(), "", ""}, kBytesMax);
  EndServer();
  ExpectUnavailable(client.Send(kAsked, request, Watch()), "accepts no connection");
}

TEST_F(HttpsClientTest, GivesUpAtTheDeadlineWhileNothingComes) {
  Serve([](const Request&, Reply& reply) { reply.Hang(); });
  HttpsClient client({Config().ca_file(), "", ""}, kBytesMax);
  const auto answer = client.Send(kAsked, {.url = *HttpsUrl::Parse(server().url())},
                                  Watch(absl::Milliseconds(300)));
  EXPECT_EQ(DetailOf(answer.status()).reason(), v1::REASON_DEADLINE_EXCEEDED) << answer.status();
}

TEST_F(HttpsClientTest, GivesUpAtTheDeadlineWhileBytesComeSlowly) {
  Serve([](const Request&, Reply& reply) {
    reply.Send("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n");
    while (reply.Send(" ")) absl::SleepFor(absl::Milliseconds(5));
  });
  HttpsClient client({Config().ca_file(), "", ""}, kBytesMax);
  const auto answer = client.Send(kAsked, {.url = *HttpsUrl::Parse(server().url())},
                                  Watch(absl::Milliseconds(300)));
  EXPECT_EQ(DetailOf(answer.status()).reason(), v1::REASON_DEADLINE_EXCEEDED) << answer.status();
}

TEST_F(HttpsClientTest, GivesUpWhenNobodyWaitsAnyMore) {
  std::latch asked(2);
  Serve([&](const Request&, Reply& reply) {
    asked.count_down();
    reply.Hang();
  });
  HttpsClient client({Config().ca_file(), "", ""}, kBytesMax);
  std::stop_source cancel;
  std::jthread canceller([&] {
    asked.arrive_and_wait();
    cancel.request_stop();
  });
  const auto answer = client.Send(kAsked, {.url = *HttpsUrl::Parse(server().url())},
                                  Watch(absl::Hours(1), cancel.get_token()));
  EXPECT_EQ(DetailOf(answer.status()).reason(), v1::REASON_CANCELLED) << answer.status();
}

TEST_F(HttpsClientTest, AnswersAfterACallThatWasGivenUp) {
  Serve([](const Request& request, Reply& reply) {
    if (request.target == "/hang") return reply.Hang();
    reply.Json("{}");
  });
  HttpsClient client({Config().ca_file(), "", ""}, kBytesMax);
  const HttpRequest hang{.url = *HttpsUrl::Parse(server().url() + "/hang")};
  EXPECT_FALSE(client.Send(kAsked, hang, Watch(absl::Milliseconds(200))).ok());
  EXPECT_TRUE(Send(client).ok());
}

}  // namespace
}  // namespace tracegate
