#include "adapters/rest/rest_pages.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/adapters/rest/rest_registry.h"

namespace tracegate {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

class RestPagesTest : public RestRegistryTest {
 protected:
  void OpenPaged(const std::string& yaml) {
    auto config = Rest();
    const absl::Status read =
        ParseYamlMessage(yaml, "pages.yaml", config.mutable_find()->mutable_pages());
    ASSERT_TRUE(read.ok()) << read;
    Open(config);
  }
};

TEST_F(RestPagesTest, FollowTheLinkInTheAnswer) {
  ServeBodies({{"/vaapen?serie=S1", Hits({Numbered(1)}, R"(,"neste":"/mer?side=b")")},
               {"/mer?side=b", Hits({Numbered(2)}, R"(,"neste":"?side=c")")},
               {"/mer?side=c", Hits({Numbered(3)}, R"(,"neste":null)")}});
  OpenPaged("next_link: neste");
  EXPECT_THAT(Found(Spelled({"S1"})), ElementsAre("1", "2", "3"));
}

TEST_F(RestPagesTest, FollowTheLinkHeader) {
  Serve([](const Request& request, Reply& reply) {
    if (request.target == "/vaapen?serie=S1") {
      return reply.Json(Hits({Numbered(1)}),
                        "Link: </a>; rel=prev\r\nLink: </b>; rel=\"next\"\r\n");
    }
    reply.Json(Hits({Numbered(2)}), "Link: </a>; rel=prev\r\n");
  });
  OpenPaged("link_header: true");
  EXPECT_THAT(Found(Spelled({"S1"})), ElementsAre("1", "2"));
}

TEST_F(RestPagesTest, CountUpUntilOneHasNoRecords) {
  ServeBodies({{"/vaapen?serie=S1", Hits({Numbered(1)})},
               {"/vaapen?serie=S1&side=1", Hits({Numbered(2)})},
               {"/vaapen?serie=S1&side=2", Hits({})}});
  OpenPaged("numbers: {parameter: side, second: 1}");
  EXPECT_THAT(Found(Spelled({"S1"})), ElementsAre("1", "2"));
}

TEST_F(RestPagesTest, GoOnFromACursor) {
  ServeBodies({{"/vaapen?serie=S1", Hits({Numbered(1)}, R"(,"meta":{"c":"a/b="})")},
               {"/vaapen?serie=S1&etter=a%2Fb%3D", Hits({Numbered(2)}, R"(,"meta":{"c":""})")}});
  OpenPaged("cursor: {parameter: etter, at: /meta/c}");
  EXPECT_THAT(Found(Spelled({"S1"})), ElementsAre("1", "2"));
}

TEST_F(RestPagesTest, EndAtTheirBoundAndTheCandidatesAreNotAll) {
  Serve([](const Request&, Reply& reply) {
    reply.Json(Hits({Numbered(1)}, R"(,"neste":"/vaapen?serie=S1")"));
  });
  OpenPaged("{next_link: neste, pages_max: 3}");
  const auto response = Find(Spelled({"S1"}));
  ASSERT_TRUE(response.ok()) << response.status();
  EXPECT_EQ(response->records().records_size(), 1);
  EXPECT_TRUE(response->records().more());
  EXPECT_THAT(Targets(), SizeIs(3));
}

TEST_F(RestPagesTest, AreNotReadOnceThereAreCandidatesEnough) {
  Serve([](const Request&, Reply& reply) {
    reply.Json(Hits({Numbered(1), Numbered(2)}, R"(,"neste":"/x")"));
  });
  OpenPaged("next_link: neste");
  EXPECT_TRUE(Find(Spelled({"S1"}, 1))->records().more());
  EXPECT_THAT(Targets(), SizeIs(1));
}

TEST_F(RestPagesTest, LeadToNoOtherServer) {
  for (const char* link : {"https://127.0.0.2/x", "//elsewhere.example/x", "http://127.0.0.1/x"}) {
    Serve([link](const Request&, Reply& reply) {
      reply.Json(Hits({Numbered(1)}, ",\"neste\":\"" + std::string(link) + "\""));
    });
    OpenPaged("next_link: neste");
    const auto response = Find(Spelled({"S1"}));
    EXPECT_EQ(DetailOf(response.status()).reason(), v1::REASON_REGISTRY_MISMATCH) << link;
    EXPECT_THAT(std::string(response.status().message()), HasSubstr("next page"));
    adapter_.reset();
    EndServer();
  }
}

}  // namespace
}  // namespace tracegate
