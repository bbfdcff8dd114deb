#include "gateway/rpc/hold_service.h"

#include <future>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "protos/tracegate/failure.h"
#include "tests/gateway/evidence/example_log.h"
#include "tests/gateway/evidence/fake_record_store.h"

namespace tracegate {
namespace {

using testing::ElementsAre;

// The log of Brazil's gateway, with a trace that Brazil asked and one that it was asked by Austria.
class HoldServiceTest : public testing::Test {
 protected:
  void SetUp() override {
    WriteBatch batch;
    for (const char* id : {"T1", "T2", "T3"}) {
      TraceRow& row = batch.traces.emplace_back();
      row.trace_id = id;
      row.request_id = id;
    }
    batch.traces[0].asking_state = "BR";
    batch.traces[1].asking_state = "AT";
    batch.traces[1].asked_state = "BR";
    batch.traces[2].asking_state = "AT";
    ASSERT_TRUE(store_.Commit(batch).ok());
    holds_ = *LegalHolds::Open(&store_, log_.get());
    ServeHolds(holds_.get(), &store_, &registries_, &handlers_);
  }

  template <typename Response, typename Request>
  absl::StatusOr<Response> Ask(const std::string& name, const Request& request,
                               const std::string& state) {
    Call call;
    call.method = "/tracegate.v1.EvidenceService/" + name;
    call.caller.state = state;
    call.caller.role = Role::kCompliance;
    call.caller.spiffe_id = "spiffe://example/" + state + "/compliance";
    std::promise<absl::StatusOr<std::string>> promise;
    (*handlers_.FindUnary(call.method))(call, request.SerializeAsString(),
                                        [&](auto reply) { promise.set_value(std::move(reply)); });
    const auto reply = promise.get_future().get();
    if (!reply.ok()) return reply.status();
    Response response;
    EXPECT_TRUE(response.ParseFromString(*reply));
    return response;
  }

  absl::Status Set(const std::string& trace_id, bool lifted = false,
                   const std::string& state = "BR") {
    v1::SetLegalHoldRequest request;
    request.mutable_hold()->set_hold_id("case 7");
    request.mutable_hold()->set_trace_id(trace_id);
    request.mutable_hold()->set_ground("order of a court");
    request.mutable_hold()->set_lifted(lifted);
    return Ask<v1::LegalHold>("SetLegalHold", request, state).status();
  }

  FakeRecordStore store_;
  std::unique_ptr<EvidenceLog> log_ = *EvidenceLog::Open(&store_, ExampleOptions());
  RegistryTable registries_{{"BR"}, {}};
  std::unique_ptr<LegalHolds> holds_;
  HandlerTable handlers_;
};

TEST_F(HoldServiceTest, RecordsAHoldBeforeItAnswers) {
  ASSERT_TRUE(Set("T1").ok());
  EXPECT_TRUE(holds_->Holds("T1"));
  const auto row = store_.ReadEntry(0);
  v1::EntryHeader header;
  v1::LegalHold hold;
  ASSERT_TRUE(header.ParseFromString(row->header) && hold.ParseFromString(row->content));
  EXPECT_EQ(header.kind(), v1::ENTRY_KIND_LEGAL_HOLD_CHANGED);
  EXPECT_EQ(header.actor(), "spiffe://example/BR/compliance");
  EXPECT_EQ(header.method(), "/tracegate.v1.EvidenceService/SetLegalHold");
  EXPECT_EQ(hold.ground(), "order of a court");
  ASSERT_TRUE(Set("T1", /*lifted=*/true).ok());
  EXPECT_FALSE(holds_->Holds("T1"));
}

TEST_F(HoldServiceTest, HoldsOnlyTracesThatTheStateAskedOrWasAsked) {
  EXPECT_TRUE(Set("T2").ok());
  EXPECT_EQ(ReasonOf(Set("T3")), v1::REASON_TRACE_NOT_FOUND);
  EXPECT_EQ(ReasonOf(Set("unknown")), v1::REASON_TRACE_NOT_FOUND);
  EXPECT_EQ(ReasonOf(Set("")), v1::REASON_FIELD_REQUIRED);
}

TEST_F(HoldServiceTest, ServesOnlyStatesOfThisGateway) {
  EXPECT_EQ(ReasonOf(Set("T2", false, "AT")), v1::REASON_STATE_MISMATCH);
  EXPECT_EQ(
      ReasonOf(Ask<v1::ListLegalHoldsResponse>("ListLegalHolds", v1::ListLegalHoldsRequest(), "AT")
                   .status()),
      v1::REASON_STATE_MISMATCH);
}

TEST_F(HoldServiceTest, RefusesToLiftWhatDoesNotStandAndWordsThatAreTooLong) {
  EXPECT_EQ(ReasonOf(Set("T1", /*lifted=*/true)), v1::REASON_FIELD_INVALID);
  v1::SetLegalHoldRequest request;
  request.mutable_hold()->set_hold_id(std::string(65, 'x'));
  EXPECT_EQ(ReasonOf(Ask<v1::LegalHold>("SetLegalHold", request, "BR").status()),
            v1::REASON_FIELD_TOO_LONG);
}

TEST_F(HoldServiceTest, ListsPageByPage) {
  ASSERT_TRUE(Set("T1").ok());
  ASSERT_TRUE(Set("T2").ok());
  v1::ListLegalHoldsRequest request;
  request.set_page_size(1);
  std::vector<std::string> traces;
  do {
    const auto list = Ask<v1::ListLegalHoldsResponse>("ListLegalHolds", request, "BR");
    ASSERT_TRUE(list.ok()) << list.status();
    for (const auto& hold : list->holds()) traces.push_back(hold.trace_id());
    request.set_page_token(list->next_page_token());
  } while (!request.page_token().empty());
  EXPECT_THAT(traces, ElementsAre("T1", "T2"));
  for (const char* token : {"3", "-1", "x"}) {
    request.set_page_token(token);
    EXPECT_EQ(ReasonOf(Ask<v1::ListLegalHoldsResponse>("ListLegalHolds", request, "BR").status()),
              v1::REASON_PAGE_TOKEN_INVALID);
  }
  request.set_page_size(501);
  EXPECT_EQ(ReasonOf(Ask<v1::ListLegalHoldsResponse>("ListLegalHolds", request, "BR").status()),
            v1::REASON_FIELD_INVALID);
}

TEST_F(HoldServiceTest, SaysOfADamagedLogWhyNothingIsHeld) {
  RefuseHolds(Failure(v1::REASON_LOG_READ_ONLY, "entry 7 is missing"), &handlers_);
  for (const absl::Status& status :
       {Set("T1"),
        Ask<v1::ListLegalHoldsResponse>("ListLegalHolds", v1::ListLegalHoldsRequest(), "BR")
            .status()}) {
    EXPECT_EQ(ReasonOf(status), v1::REASON_LOG_READ_ONLY);
    EXPECT_THAT(status.message(), testing::HasSubstr("entry 7"));
  }
  EXPECT_EQ(*store_.EntryCount(), 0);
}

}  // namespace
}  // namespace tracegate
