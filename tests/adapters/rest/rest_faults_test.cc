// What an adapter of an API owes where the API, or the way to it, is not as it should be.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <latch>
#include <thread>

#include "absl/time/clock.h"
#include "tests/adapters/rest/rest_registry.h"

namespace tracegate {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class RestFaultsTest : public RestRegistryTest {
 protected:
  // How a search ends that is answered like this.
  absl::Status Outcome(Handler handler) {
    adapter_.reset();
    Serve(std::move(handler));
    Open();
    return Find(Spelled({"S1"})).status();
  }
  absl::Status OutcomeOf(const std::string& json) {
    return Outcome([json](const Request&, Reply& reply) { reply.Json(json); });
  }
  static v1::Reason ReasonOf(const absl::Status& status) { return DetailOf(status).reason(); }
};

TEST_F(RestFaultsTest, AnAnswerThatIsNoJsonIsNone) {
  for (const char* garbage : {"<html>no</html>", "{\"treff\":[", "", "{\"treff\":[]}x",
                              "{\"treff\":[],\"x\":\"\xE5\"}"}) {
    const absl::Status status = OutcomeOf(garbage);
    EXPECT_EQ(ReasonOf(status), v1::REASON_REGISTRY_UNAVAILABLE) << garbage;
    EXPECT_THAT(std::string(status.message()), HasSubstr("no JSON in UTF-8"));
    EXPECT_THAT(std::string(status.message()), Not(HasSubstr("html")));
  }
}

TEST_F(RestFaultsTest, AnAnswerThatDoesNotSayItIsJsonIsNone) {
  const auto typed = [&](const std::string& type) {
    return Outcome([type](const Request&, Reply& reply) { reply.Whole(200, type, Hits({})); });
  };
  EXPECT_EQ(ReasonOf(typed("text/html")), v1::REASON_REGISTRY_UNAVAILABLE);
  EXPECT_EQ(ReasonOf(typed("application/jsonx")), v1::REASON_REGISTRY_UNAVAILABLE);
  EXPECT_TRUE(typed("application/hal+json;v=1").ok());
}

TEST_F(RestFaultsTest, AChangedSchemaIsNamedByTheMappingsKey) {
  for (const auto& [json, key] :
       {std::pair{R"({"hits":[]})", "source"}, std::pair{R"({"treff":{}})", "source"},
        std::pair{R"([])", "source"}, std::pair{R"({"treff":["N-1"]})", "record_number"},
        std::pair{R"({"treff":[{"nr":1,"serienummer":"S1"}]})", "record_number"},
        std::pair{R"({"treff":[{"id":1,"serie":"S1"},{"id":2}]})", "serial_search.column"},
        std::pair{R"({"treff":[{"id":1,"serienummer":"S1","bevegelser":{}}]})",
                  "events[0].source"}}) {
    const absl::Status status = OutcomeOf(json);
    ASSERT_EQ(ReasonOf(status), v1::REASON_REGISTRY_MISMATCH) << json << status;
    EXPECT_EQ(DetailOf(status).violations(0).field(), key) << json;
  }
  EXPECT_TRUE(OutcomeOf(R"({"treff":[{"id":1,"serienummer":"S1"},{"id":2}]})").ok())
      << "one record may lack what others have";
}

TEST_F(RestFaultsTest, StatusesHaveTheirReasons) {
  for (const auto& [status, reason] :
       {std::pair{400, v1::REASON_REGISTRY_MISMATCH}, std::pair{404, v1::REASON_REGISTRY_MISMATCH},
        std::pair{401, v1::REASON_REGISTRY_UNAVAILABLE},
        std::pair{403, v1::REASON_REGISTRY_UNAVAILABLE},
        std::pair{307, v1::REASON_REGISTRY_UNAVAILABLE}, std::pair{429, v1::REASON_REGISTRY_BUSY},
        std::pair{500, v1::REASON_REGISTRY_UNAVAILABLE},
        std::pair{503, v1::REASON_REGISTRY_BUSY}}) {
    EXPECT_EQ(ReasonOf(Outcome([status = status](const Request&, Reply& reply) {
                reply.Whole(status, "application/json", Hits({}));
              })),
              reason)
        << status;
  }
}

TEST_F(RestFaultsTest, NothingFoundMayBeSaidInOtherWays) {
  EXPECT_TRUE(Outcome([](const Request&, Reply& reply) { reply.Whole(204, "", ""); }).ok());
  adapter_.reset();
  ServeBodies({});
  auto config = Rest();
  config.mutable_find()->set_nothing_is_404(true);
  Open(config);
  EXPECT_THAT(Found(Spelled({"S1"})), IsEmpty());
}

TEST_F(RestFaultsTest, AHangingApiIsGivenUpAtTheDeadline) {
  Serve([](const Request&, Reply& reply) { reply.Hang(); });
  Open();
  const auto answer = Find(Spelled({"S1"}), {absl::Now() + absl::Milliseconds(300), {}});
  EXPECT_EQ(ReasonOf(answer.status()), v1::REASON_DEADLINE_EXCEEDED);
  EXPECT_THAT(told(), IsEmpty()) << "how long a caller waits is no trouble of the registry's";
}

TEST_F(RestFaultsTest, ACallThatNobodyWaitsForEnds) {
  std::latch asked(2);
  Serve([&](const Request&, Reply& reply) {
    asked.count_down();
    reply.Hang();
  });
  Open();
  std::stop_source cancel;
  std::jthread canceller([&] {
    asked.arrive_and_wait();
    cancel.request_stop();
  });
  const auto answer = Find(Spelled({"S1"}), {.cancelled = cancel.get_token()});
  EXPECT_EQ(ReasonOf(answer.status()), v1::REASON_CANCELLED);
}

TEST_F(RestFaultsTest, DestroyingTheAdapterEndsWhatIsInFlightAndWhatWaits) {
  std::latch asked(3);
  Serve([&](const Request&, Reply& reply) {
    asked.count_down();
    reply.Hang();
  });
  Open();
  std::mutex mutex;
  std::vector<v1::Reason> reasons;
  for (int i = 0; i < 4; ++i) {
    adapter_->Find({}, Spelled({"S1"}), [&](const auto& answer) {
      const std::lock_guard lock(mutex);
      reasons.push_back(ReasonOf(answer.status()));
    });
  }
  asked.arrive_and_wait();
  adapter_.reset();
  EXPECT_THAT(reasons, ElementsAre(v1::REASON_CANCELLED, v1::REASON_CANCELLED, v1::REASON_CANCELLED,
                                   v1::REASON_CANCELLED));
}

TEST_F(RestFaultsTest, CallsPastTheQueueAreRefusedWithAHint) {
  std::latch asked(3);
  Serve([&](const Request&, Reply& reply) {
    asked.count_down();
    reply.Hang();
  });
  Open();
  std::stop_source cancel;
  std::latch ended(6);
  for (int i = 0; i < 2; ++i) {
    adapter_->Find({.cancelled = cancel.get_token()}, Spelled({"S1"}),
                   [&](const auto&) { ended.count_down(); });
  }
  asked.arrive_and_wait();
  for (int i = 0; i < 4; ++i) {
    adapter_->Find({.cancelled = cancel.get_token()}, Spelled({"S1"}),
                   [&](const auto&) { ended.count_down(); });
  }
  const auto refused = Find(Spelled({"S1"}));
  EXPECT_EQ(ReasonOf(refused.status()), v1::REASON_OVERLOADED);
  EXPECT_TRUE(DetailOf(refused.status()).has_retry_after());
  cancel.request_stop();
  ended.wait();
}

TEST_F(RestFaultsTest, TroubleIsToldOnceUntilItIsAnother) {
  std::atomic<int> status = 500;
  Serve([&](const Request&, Reply& reply) { reply.Whole(status, "application/json", Hits({})); });
  Open();
  for (const int next : {500, 500, 403, 200, 200, 403}) {
    status = next;
    Find(Spelled({"S1"})).IgnoreError();
  }
  EXPECT_THAT(told(), ElementsAre(HasSubstr("(HTTP 500)"), HasSubstr("(HTTP 403)"),
                                  HasSubstr("(HTTP 403)")));
}

TEST_F(RestFaultsTest, ItWorksAgainOnceTheApiDoes) {
  std::atomic<bool> well = false;
  Serve([&](const Request&, Reply& reply) {
    if (!well) return reply.Reset();
    reply.Json(Hits({Numbered(1)}));
  });
  Open();
  EXPECT_EQ(ReasonOf(Find(Spelled({"S1"})).status()), v1::REASON_REGISTRY_UNAVAILABLE);
  EXPECT_EQ(ReasonOf(Health()), v1::REASON_REGISTRY_UNAVAILABLE);
  well = true;
  EXPECT_THAT(Found(Spelled({"S1"})), ElementsAre("1"));
  EXPECT_TRUE(Health().ok());
}

TEST_F(RestFaultsTest, RequestsOutOfTheirBoundsAreNotAsked) {
  ServeBodies({});
  Open();
  EXPECT_EQ(ReasonOf(Find(Spelled({"S1"}, 51)).status()), v1::REASON_FIELD_INVALID);
  EXPECT_EQ(ReasonOf(Find(Spelled({})).status()), v1::REASON_FIELD_REQUIRED);
  EXPECT_EQ(ReasonOf(GetRecord("").status()), v1::REASON_FIELD_INVALID);
  EXPECT_THAT(Targets(), IsEmpty());
}

}  // namespace
}  // namespace tracegate
