#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "absl/synchronization/notification.h"
#include "gateway/evidence/receipt_check.h"
#include "gateway/storage/sqlite_record_store.h"
#include "protos/tracegate/failure.h"
#include "protos/tracegate/field_bytes.h"
#include "tests/integration/import/registry_fixture.h"
#include "tracegate/v1/trace.pb.h"

namespace tracegate {
namespace {

using testing::ElementsAre;

constexpr char kImport[] = "/tracegate.v1.TraceService/ImportTraces";
constexpr absl::Duration kTimeout = absl::Seconds(60);

class ImportRpc : public RegistryFixture {
 protected:
  struct Import {
    absl::Status status;
    std::vector<std::string> replies;

    v1::ImportTracesResponse Response(size_t index) const {
      v1::ImportTracesResponse response;
      EXPECT_TRUE(index < replies.size() && response.ParseFromString(replies[index]));
      return response;
    }
  };

  static std::string Item(const std::string& request_id, const std::string& serial) {
    v1::ImportTracesRequest item;
    *item.mutable_trace() = RequestFor(request_id, serial);
    return item.SerializeAsString();
  }

  Import Run(const Credential& caller, const std::vector<std::string>& items) {
    GatewayClient client(gateway_->ClientOptions(caller));
    Import import;
    size_t sent = 0;
    import.status = client.ExchangeRaw(
        kImport, kTimeout,
        [&]() -> std::optional<std::string> {
          if (sent == items.size()) return std::nullopt;
    return items[sent++];
  },
        [&](const std::string& reply) {
    import.replies.push_back(reply);
    return true;
        });
  return import;
}

// Request id, or the reason of the failure, of each reply.
static std::vector<std::string>
Outcomes(const Import& import) {
  std::vector<std::string> outcomes;
  for (size_t i = 0; i < import.replies.size(); ++i) {
    const auto response = import.Response(i);
    outcomes.push_back(response.request_id() + " " +
                       (response.has_failure()
                            ? ReasonName(response.failure().reason())
                            : v1::TraceState_Name(response.trace().state()).substr(12)));
  }
  return outcomes;
}

static std::string TraceBytes(const std::string& reply) {
  return std::string(*FieldBytes(reply, v1::ImportTracesResponse::kTraceFieldNumber));
}
};  // namespace

TEST_F(ImportRpc, AnswersEachItemInOrderWithItsTraceOrItsFailure) {
  const auto import =
      Run(gateway_->officer(),
          {Item("batch-0001", BenchSerial(1)), Item("batch-0002", "RASPADO"), "\xff\xff",
           Item("short", BenchSerial(2)), Item("batch-0001", BenchSerial(3)),
           std::string((1 << 20) + 1, 'x'), Item("batch-0003", BenchSerial(1))});
  EXPECT_TRUE(import.status.ok()) << import.status;
  EXPECT_THAT(Outcomes(import),
              ElementsAre("batch-0001 ANSWERED", "batch-0002 QUALITY_GATE", " MALFORMED_MESSAGE",
                          "short FIELD_INVALID", "batch-0001 REQUEST_ID_REUSED",
                          " MESSAGE_TOO_LARGE", "batch-0003 ANSWERED"));
  EXPECT_EQ(import.Response(1).failure().violations(0).field(),
            "request.item.weapon.serial_number");
  for (const size_t answered : {size_t{0}, size_t{6}}) {
    const std::string trace = TraceBytes(import.replies[answered]);
    const absl::Status holds = VerifyReply(trace, gateway_->verifier_key());
    EXPECT_TRUE(holds.ok()) << holds;
    std::string changed = trace;
    ++changed[4];  // in the trace's id
    EXPECT_FALSE(VerifyReply(changed, gateway_->verifier_key()).ok());
  }
  const auto first = import.Response(0).trace();
  const auto same = import.Response(6).trace();
  ASSERT_EQ(same.remarks_size(), first.remarks_size() + 1);
  EXPECT_EQ(same.remarks().rbegin()->kind(), v1::REMARK_KIND_TRACED_BEFORE);
  EXPECT_THAT(same.remarks().rbegin()->message(), testing::HasSubstr(first.trace_id()));
}

TEST_F(ImportRpc, RecordsEachItemAsTheCreateTraceThatItIsAndEachRefusal) {
  const std::string item = Item("batch-0001", BenchSerial(1));
  const std::string refused = Item("batch-0002", "RASPADO");
  ASSERT_TRUE(Run(gateway_->officer(), {item, refused}).status.ok());
  gateway_->Stop();
  auto store = SqliteRecordStore::Open({.file = gateway_->records_file()});
  ASSERT_TRUE(store.ok()) << store.status();
  std::vector<std::string> told;
  ASSERT_TRUE((*store)
                  ->ScanEntries(0, false,
                                [&](const EntryRow& row) {
                                  v1::EntryHeader header;
                                  EXPECT_TRUE(header.ParseFromString(row.header));
                                  const auto& method = header.method();
                                  if (method.empty() ||
                                      header.kind() == v1::ENTRY_KIND_HOP_ANSWERED) {
                                    return true;
                                  }
                                  told.push_back(method.substr(method.rfind('/') + 1) + " " +
                                                 v1::EntryKind_Name(header.kind()).substr(11) +
                                                 " " + header.reason());
                                  if (header.kind() == v1::ENTRY_KIND_REQUEST_RECEIVED) {
                                    EXPECT_EQ(row.content, *FieldBytes(item, 1));
                                  }
                                  if (header.kind() == v1::ENTRY_KIND_CALL_REFUSED) {
                                    EXPECT_EQ(row.content, refused);
                                  }
                                  return true;
                                })
                  .ok());
  EXPECT_THAT(told, testing::UnorderedElementsAre("CreateTrace REQUEST_RECEIVED ",
                                                  "CreateTrace ANSWER_DISCLOSED ",
                                                  "ImportTraces CALL_REFUSED QUALITY_GATE"));
}

TEST_F(ImportRpc, GivesTheSameBytesAgain) {
  std::vector<std::string> items;
  for (int i = 0; i < 20; ++i)
    items.push_back(Item("batch-" + std::to_string(1000 + i), BenchSerial(i)));
  const auto first = Run(gateway_->officer(), items);
  const auto second = Run(gateway_->officer(), items);
  EXPECT_TRUE(second.status.ok()) << second.status;
  EXPECT_EQ(first.replies.size(), items.size());
  EXPECT_EQ(first.replies, second.replies);
}

TEST_F(ImportRpc, IsRefusedToAPeer) {
  const auto import = Run(gateway_->peer(), {Item("batch-0001", BenchSerial(1))});
  EXPECT_EQ(DetailOf(import.status).reason(), v1::REASON_ROLE_NOT_ALLOWED) << import.status;
  EXPECT_TRUE(import.replies.empty());
}

TEST_F(ImportRpc, WaitsForACallerThatIsSlowToReadAndLosesNothing) {
  constexpr int kItems = 1000;
  // All that a client sends ahead; what a gateway holds of a caller that sends more, item_stream_test says.
  constexpr int kSentUnread = GatewayClient::kAheadMax - 1;
  GatewayClient client(gateway_->ClientOptions(gateway_->officer()));
  absl::Notification enough_sent;
  std::atomic<int> sent = 0;
  int told = 0;
  const auto status = client.ExchangeRaw(
      kImport, kTimeout,
      [&]() -> std::optional<std::string> {
        if (sent == kSentUnread) enough_sent.Notify();
        if (sent == kItems) return std::nullopt;
        const int number = sent++;
        return Item("batch-" + std::to_string(10000 + number), BenchSerial(number));
      },
      [&](const std::string& reply) {
        if (told == 0) enough_sent.WaitForNotificationWithTimeout(kTimeout);
        v1::ImportTracesResponse response;
        EXPECT_TRUE(response.ParseFromString(reply));
        EXPECT_EQ(response.request_id(), "batch-" + std::to_string(10000 + told++));
        return true;
      });
  EXPECT_TRUE(status.ok()) << status;
  EXPECT_EQ(told, kItems);
}

TEST_F(ImportRpc, EndsAsDrainingWhereTheGatewayStops) {
  GatewayClient client(gateway_->ClientOptions(gateway_->officer()));
  absl::Notification stopped;
  std::thread stopper;
  int sent = 0;
  const auto status = client.ExchangeRaw(
      kImport, kTimeout,
      [&]() -> std::optional<std::string> {
        if (sent++ == 0) return Item("batch-0001", BenchSerial(1));
        stopped.WaitForNotificationWithTimeout(kTimeout);  // an officer who is in no hurry
        return std::nullopt;
      },
      [&](const std::string&) {
        stopper = std::thread([&] {
          gateway_->Stop();
          stopped.Notify();
        });
        return true;
      });
  if (stopper.joinable()) stopper.join();
  EXPECT_EQ(DetailOf(status).reason(), v1::REASON_DRAINING) << status;
}

TEST_F(ImportRpc, IsCutWhereTheCallerIsRevoked) {
  GatewayClient client(gateway_->ClientOptions(gateway_->officer()));
  constexpr int kSentMax =
      1'000'000;  // far more than are taken until the gateway looks at its callers again
  int sent = 0;
  const auto status = client.ExchangeRaw(
      kImport, kTimeout,
      [&]() -> std::optional<std::string> {
        if (sent == 1) gateway_->RevokeOfficer();  // the gateway follows the file by itself
        if (++sent == kSentMax) return std::nullopt;
        return Item("batch-0001", BenchSerial(1));
      },
      [](const std::string&) { return true; });
  EXPECT_EQ(DetailOf(status).reason(), v1::REASON_CERTIFICATE_REVOKED) << status;
}

}  // namespace tracegate
}  // namespace tracegate
