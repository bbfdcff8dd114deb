#include "gateway/evidence/time_stamp/http_time_stamp_authority.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <thread>

#include "gateway/evidence/time_stamp/time_stamp.h"
#include "tests/gateway/evidence/time_stamp/loopback_http.h"
#include "tests/gateway/evidence/time_stamp/stamped_note.h"

namespace tracegate {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kReply[] = "application/timestamp-reply";
constexpr absl::Duration kLong = absl::Seconds(20);

std::unique_ptr<HttpTimeStampAuthority> AuthorityAt(const std::string& url,
                                                    const std::string& tls_ca_file = "") {
  auto authority = HttpTimeStampAuthority::Create({.url = url, .tls_ca_file = tls_ca_file});
  EXPECT_TRUE(authority.ok()) << authority.status();
  return authority.ok() ? *std::move(authority) : nullptr;
}

absl::StatusOr<std::string> AskAt(const std::string& url, absl::Duration timeout = kLong) {
  return AuthorityAt(url)->Ask("request", timeout);
}

// What is said of a server that answers so.
std::string RefusalOf(const std::string& answer) {
  LoopbackHttp server([&](const LoopbackHttp::Request&) { return answer; });
  const auto refused = AskAt(server.address());
  EXPECT_EQ(refused.status().code(), absl::StatusCode::kUnavailable) << refused.status();
  EXPECT_THAT(refused.status().message(), HasSubstr("127.0.0.1"));
  return std::string(refused.status().message());
}

TEST(HttpTimeStampAuthorityTest, PostsTheRequestAndGivesTheAnswersBytes) {
  LoopbackHttp::Request seen;
  const std::string body("bytes\0 of any kind\xff", 19);
  LoopbackHttp server([&](const LoopbackHttp::Request& request) {
    seen = request;
    return HttpAnswer("200 OK", kReply, body);
  });
  const std::string query("\x30\x00\xff", 3);
  const auto authority = AuthorityAt(server.address());
  const auto answer = authority->Ask(query, kLong);
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_EQ(*answer, body);
  EXPECT_EQ(seen.body, query);
  EXPECT_THAT(seen.head, AllOf(HasSubstr("POST /stamp HTTP/1.1\r\n"),
                               HasSubstr("Content-Type: application/timestamp-query\r\n"),
                               HasSubstr("Content-Length: 3")));
  EXPECT_TRUE(authority->Ask(query, kLong).ok()) << "it can be asked again";
}

TEST(HttpTimeStampAuthorityTest, TakesTheTypeInAnyCaseAndWithAParameter) {
  for (const char* type : {"Application/TimeStamp-Reply", "application/timestamp-reply ; q=1"}) {
    LoopbackHttp server(
        [&](const LoopbackHttp::Request&) { return HttpAnswer("200 OK", type, "x"); });
    EXPECT_TRUE(AskAt(server.address()).ok()) << type;
  }
}

TEST(HttpTimeStampAuthorityTest, RefusesAnotherStatusOrType) {
  EXPECT_THAT(RefusalOf(HttpAnswer("500 Broken", kReply, "x")), HasSubstr("answered HTTP 500"));
  EXPECT_THAT(RefusalOf(HttpAnswer("204 Nothing", kReply, "")), HasSubstr("answered HTTP 204"));
  EXPECT_THAT(RefusalOf(HttpAnswer("200 OK", "text/html", "x")), HasSubstr("'text/html'"));
  EXPECT_THAT(RefusalOf(HttpAnswer("200 OK", "application/timestamp-query", "x")),
              HasSubstr("content type"));
  EXPECT_THAT(RefusalOf("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx"),
              HasSubstr("content type ''"));
}

TEST(HttpTimeStampAuthorityTest, RefusesWhatIsNoHttp) {
  EXPECT_THAT(RefusalOf("bytes and no head"), HasSubstr("could not be asked"));
  EXPECT_THAT(RefusalOf(HttpAnswer("200 OK", kReply, "cut short").substr(0, 100)),
              HasSubstr("could not be asked"));
}

TEST(HttpTimeStampAuthorityTest, FollowsNoRedirect) {
  LoopbackHttp elsewhere(
      [&](const LoopbackHttp::Request&) { return HttpAnswer("200 OK", kReply, "x"); });
  EXPECT_THAT(RefusalOf("HTTP/1.1 302 Found\r\nLocation: " + elsewhere.address() +
                        "\r\nContent-Length: 0\r\n\r\n"),
              HasSubstr("answered HTTP 302"));
  EXPECT_EQ(elsewhere.requests(), 0);
}

TEST(HttpTimeStampAuthorityTest, TakesAnAnswerUpToItsBoundAndNoByteMore) {
  LoopbackHttp server([&](const LoopbackHttp::Request&) {
    return HttpAnswer("200 OK", kReply, std::string(kTimeStampBytesMax, 'x'));
  });
  EXPECT_TRUE(AskAt(server.address()).ok());
  const std::string too_large(kTimeStampBytesMax + 1, 'x');
  EXPECT_THAT(RefusalOf(HttpAnswer("200 OK", kReply, too_large)),
              HasSubstr("more than 65536 bytes"));
  EXPECT_THAT(
      RefusalOf(std::string("HTTP/1.1 200 OK\r\nContent-Type: ") + kReply + "\r\n\r\n" + too_large),
      HasSubstr("more than 65536 bytes"));
  std::string head = "HTTP/1.1 200 OK\r\n";
  for (int i = 0; i < 100; ++i) head += "X-Filler: " + std::string(1000, 'x') + "\r\n";
  EXPECT_THAT(RefusalOf(head + "\r\n"), HasSubstr("more than 65536 bytes"));
}

TEST(HttpTimeStampAuthorityTest, GivesUpASlowAuthorityInTime) {
  LoopbackHttp server([&](const LoopbackHttp::Request&) { return std::nullopt; });
  const absl::Time start = absl::Now();
  const auto refused = AskAt(server.address(), absl::Milliseconds(100));
  EXPECT_LT(absl::Now() - start, absl::Seconds(5));
  EXPECT_EQ(refused.status().code(), absl::StatusCode::kUnavailable);
  EXPECT_THAT(refused.status().message(), HasSubstr("timed out"));
}

TEST(HttpTimeStampAuthorityTest, SaysThatNobodyListens) {
  const auto refused = AskAt(DeadAddress());
  EXPECT_EQ(refused.status().code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(DetailOf(refused.status()).reason(), v1::REASON_PEER_UNAVAILABLE);
  EXPECT_THAT(
      refused.status().message(),
      AllOf(HasSubstr("time-stamp authority 127.0.0.1 could not be asked"), HasSubstr("connect")));
}

TEST(HttpTimeStampAuthorityTest, TakesNoProxyFromTheEnvironment) {
  for (const char* name : {"http_proxy", "all_proxy", "ALL_PROXY"}) {
    setenv(name, DeadAddress().c_str(), 1);
  }
  LoopbackHttp server(
      [&](const LoopbackHttp::Request&) { return HttpAnswer("200 OK", kReply, "x"); });
  EXPECT_TRUE(AskAt(server.address()).ok());
  for (const char* name : {"http_proxy", "all_proxy", "ALL_PROXY"}) unsetenv(name);
}

TEST(HttpTimeStampAuthorityTest, IsCancelledWhileItHangsAndForGood) {
  LoopbackHttp server([&](const LoopbackHttp::Request&) { return std::nullopt; });
  const auto authority = AuthorityAt(server.address());
  std::thread canceller([&] {
    server.AwaitRequest();
    authority->Cancel();
  });
  const absl::Time start = absl::Now();
  EXPECT_EQ(authority->Ask("request", absl::Minutes(5)).status().code(),
            absl::StatusCode::kCancelled);
  EXPECT_LT(absl::Now() - start, absl::Seconds(2));
  canceller.join();
  EXPECT_EQ(authority->Ask("request", absl::Minutes(5)).status().code(),
            absl::StatusCode::kCancelled);
  EXPECT_EQ(server.requests(), 1);
}

TEST(HttpTimeStampAuthorityTest, RefusesAnAddressThatIsNone) {
  for (const char* url : {"", "tsa.example", "ftp://tsa.example/", "file:///etc/passwd", "http://",
                          "http://user:secret@tsa.example/", "http://tsa.example:99999/"}) {
    const auto authority = HttpTimeStampAuthority::Create({.url = url});
    EXPECT_EQ(DetailOf(authority.status()).reason(), v1::REASON_CONFIG_INVALID) << url;
    EXPECT_EQ(FieldOf(authority.status()), "time_stamp.url") << url;
    EXPECT_THAT(authority.status().message(), Not(HasSubstr("secret")));
  }
  const auto authority = HttpTimeStampAuthority::Create(
      {.url = "http://tsa.example/", .connect_timeout = absl::ZeroDuration()});
  EXPECT_EQ(FieldOf(authority.status()), "time_stamp.connect_timeout");
  EXPECT_EQ(AuthorityAt("https://tsa.example:8443/stamp")->host(), "tsa.example");
}

// An authority behind TLS, with a certificate of a CA of its own.
class HttpsTimeStampAuthorityTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = (std::filesystem::temp_directory_path() / "tracegate-tsa.XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    folder_ = name;
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  static Minted ServerOf(const Minted& root, const std::string& ip) {
    Mint mint;
    mint.ip_addresses = {ip};
    return root.Issue(mint);
  }

  std::string CaFile(const Minted& ca) {
    std::string path = folder_ + "/ca.crt";
    std::ofstream(path) << ca.pem();
    return path;
  }

  absl::StatusOr<std::string> AskBehind(const Minted& server_certificate,
                                        const std::string& ca_file) {
    LoopbackHttp server(
        [&](const LoopbackHttp::Request&) { return HttpAnswer("200 OK", kReply, "x"); },
        server_certificate);
    auto answer = AuthorityAt(server.address(), ca_file)->Ask("request", kLong);
    EXPECT_EQ(server.requests(), answer.ok() ? 1 : 0) << "nothing is sent before TLS is verified";
    return answer;
  }

  const Minted root_ = Minted::Root("BR");
  std::string folder_;
};

TEST_F(HttpsTimeStampAuthorityTest, IsAskedWhereItsCertificateIsOfTheOwnCa) {
  const auto answer = AskBehind(ServerOf(root_, "127.0.0.1"), CaFile(root_));
  EXPECT_TRUE(answer.ok()) << answer.status();
}

TEST_F(HttpsTimeStampAuthorityTest, IsRefusedOfAnotherCaOrNameAndWithoutAFile) {
  const Minted server = ServerOf(root_, "127.0.0.1");
  for (const auto& refused : {AskBehind(server, ""), AskBehind(server, CaFile(Minted::Root("BR"))),
                              AskBehind(server, folder_ + "/missing.crt"),
                              AskBehind(ServerOf(root_, "127.0.0.2"), CaFile(root_))}) {
    EXPECT_EQ(refused.status().code(), absl::StatusCode::kUnavailable);
    EXPECT_THAT(refused.status().message(), HasSubstr("certificate"));
  }
}

}  // namespace
}  // namespace tracegate
