#include "gateway/liaison/link_finder.h"

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "protos/tracegate/failure.h"
#include "tests/gateway/storage/sqlite_place.h"
#include "tests/gateway/tracing/example_trace.h"

namespace tracegate {
namespace {

using testing::ElementsAre;
using testing::SizeIs;

// Brazil's store, in which open traces stand.
class LinkFinderTest : public testing::Test {
 protected:
  void Add(const std::string& id, const std::string& serial, const std::string& asking = "BR",
           const std::string& asked = "") {
    v1::Trace trace;
    trace.set_trace_id(id);
    *trace.mutable_request() = ExampleRequest(asking);
    trace.mutable_request()->mutable_item()->mutable_weapon()->set_serial_number(serial);
    WriteBatch batch;
    TraceRow& row = batch.traces.emplace_back();
    row.trace_id = id;
    row.agency = asking + "/agency";
    row.request_id = "request-" + id;
    row.asking_state = asking;
    row.asked_state = asked;
    row.serial_number = serial;
    row.body = trace.SerializeAsString();
    ASSERT_TRUE(store_->Commit(batch).ok());
  }

  // A transfer of that State, in the one consignment of this test, with these weapons of the example's maker.
  void AddTransfer(const std::string& id, const std::string& state,
                   const std::vector<std::string>& serials, const v1::Party& recipient = {}) {
    v1::Transfer transfer;
    *transfer.mutable_record()->mutable_final_recipient() = recipient;
    transfer.set_transfer_id(id);
    transfer.mutable_recording_agency()->set_state(state);
    transfer.mutable_revision()->set_number(1);
    transfer.mutable_record()->set_consignment("AWB 1");
    v1::TransferLine& line = *transfer.mutable_record()->add_lines();
    for (const std::string& serial : serials) {
      v1::Item& item = *line.add_items();
      item = ExampleRequest("BR").item();
      item.mutable_weapon()->set_serial_number(serial);
    }
    WriteBatch batch;
    batch.documents.push_back(TransferRowOf(transfer));
    ASSERT_TRUE(store_->Commit(batch).ok());
  }

  static v1::FindLinksRequest From(const std::string& trace_id) {
    v1::FindLinksRequest request;
    request.set_trace_id(trace_id);
    request.set_intended_use(v1::INTENDED_USE_CRIMINAL_INVESTIGATION);
    request.set_justification("two finds in one week");
    return request;
  }

  std::vector<std::string> Linked(const v1::FindLinksRequest& request) {
    std::vector<std::string> ids;
    const auto found = finder_.Find(officer_, request);
    EXPECT_TRUE(found.ok()) << found.status();
    if (!found.ok()) return ids;
    for (const v1::Link& link : found->links()) ids.push_back(link.to_end().trace_id());
    return ids;
  }

  v1::Reason Refusal(const v1::FindLinksRequest& request) {
    const auto found = finder_.Find(officer_, request);
    return found.ok() ? v1::REASON_UNSPECIFIED : DetailOf(found.status()).reason();
  }

  const Caller officer_ = ExampleCaller("BR", "policia-federal", Role::kLiaison);
  SqlitePlace place_;
  const std::unique_ptr<SqliteRecordStore> store_ = place_.Open();
  const RegistryTable registries_{{"BR"}, {}};
  LinkFinder finder_{store_.get(), &registries_};
};

TEST_F(LinkFinderTest, FindsTracesOfTheSameWeaponAndOfNeighboursStrongestFirst) {
  Add("T1", "ABC123");
  Add("T2", "ABC129");
  Add("T3", "ABC123", "AT", "BR");
  Add("T4", "KX5512");
  EXPECT_THAT(Linked(From("T1")), ElementsAre("T3", "T2"));
  auto same = From("T1");
  same.add_kinds(v1::LINK_KIND_SAME_ITEM);
  EXPECT_THAT(Linked(same), ElementsAre("T3"));
  auto near = From("T1");
  near.set_serial_distance_max(5);
  EXPECT_THAT(Linked(near), ElementsAre("T3"));
}

TEST_F(LinkFinderTest, LooksOnlyAtWhatTheCallersStateAskedOrWasAsked) {
  Add("T1", "ABC123");
  Add("T2", "ABC123", "AT", "DE");
  EXPECT_THAT(Linked(From("T1")), ElementsAre());
  EXPECT_EQ(Refusal(From("T2")), v1::REASON_TRACE_NOT_FOUND);
  EXPECT_EQ(Refusal(From("T9")), v1::REASON_TRACE_NOT_FOUND);
}

TEST_F(LinkFinderTest, StartsFromAnItemThatIsNotTraced) {
  Add("T1", "ABC123");
  v1::FindLinksRequest request = From("");
  *request.mutable_item() = ExampleRequest().item();
  EXPECT_THAT(Linked(request), ElementsAre("T1"));
}

TEST_F(LinkFinderTest, GoesOnWhereThePageBeforeEnded) {
  Add("T0", "ABC100");
  for (int i = 1; i <= 5; ++i) Add("T" + std::to_string(i), "ABC10" + std::to_string(i));
  auto request = From("T0");
  request.set_page_size(2);
  std::vector<std::string> ids;
  for (int page = 0; page < 5; ++page) {
    const auto found = finder_.Find(officer_, request);
    ASSERT_TRUE(found.ok()) << found.status();
    for (const v1::Link& link : found->links()) ids.push_back(link.to_end().trace_id());
    request.set_page_token(found->next_page_token());
    if (request.page_token().empty()) break;
  }
  EXPECT_THAT(ids, ElementsAre("T1", "T2", "T3", "T4", "T5"));
}

TEST_F(LinkFinderTest, LooksBeyondOneReadOfTheStore) {
  Add("T00000", "ABC123");
  for (int i = 1; i <= 250; ++i)
    Add("U" + std::to_string(10000 + i), "KX" + std::to_string(i * 50));
  Add("S", "ABC123");
  EXPECT_THAT(Linked(From("T00000")), ElementsAre("S"));
}

TEST_F(LinkFinderTest, FindsTheTransferThatAWeaponTravelledIn) {
  Add("T1", "ABC123");
  Add("T2", "ABC 199");  // traced too, and beside it in the consignment
  Add("T3", "KX777");
  AddTransfer("X1", "BR", {"ABC-123", "ABC 199"});
  AddTransfer("X2", "BR", {"KX1"});
  AddTransfer("X3", "PT", {"ABC-123"});  // another State's record
  auto request = From("T1");
  request.add_kinds(v1::LINK_KIND_SAME_ITEM);
  const auto same = finder_.Find(officer_, request);
  ASSERT_TRUE(same.ok()) << same.status();
  ASSERT_EQ(same->links_size(), 1);
  EXPECT_EQ(same->links(0).to_end().transfer_id(), "X1");
  request.clear_kinds();
  request.add_kinds(v1::LINK_KIND_SAME_CONSIGNMENT);
  EXPECT_THAT(Linked(request), ElementsAre("T2"));
}

TEST_F(LinkFinderTest, FindsTheTracesOfWeaponsOfATransfer) {
  Add("T1", "ABC123");
  Add("T2", "KX777");
  AddTransfer("X1", "BR", {"ABC-123"});
  AddTransfer("X2", "BR", {"XY1"});
  auto request = From("");
  request.set_transfer_id("X1");
  request.add_kinds(v1::LINK_KIND_SAME_ITEM);
  EXPECT_THAT(Linked(request), ElementsAre("T1"));
  request.clear_kinds();
  request.add_kinds(v1::LINK_KIND_SAME_CONSIGNMENT);
  const auto beside = finder_.Find(officer_, request);
  ASSERT_EQ(beside->links_size(), 1);
  EXPECT_EQ(beside->links(0).to_end().transfer_id(), "X2");
  AddTransfer("X4", "PT", {"ABC-123"});
  request.set_transfer_id("X4");
  EXPECT_EQ(Refusal(request), v1::REASON_DOCUMENT_NOT_FOUND);
}

TEST_F(LinkFinderTest, FindsWhatElseWentToTheSameRecipient) {
  Add("T1", "ABC123");
  v1::Party recipient;
  recipient.set_name("Armeria del Sur S.A.");
  recipient.set_state("UY");
  AddTransfer("X1", "BR", {"ABC-123"}, recipient);
  recipient.set_name("ARMERIA DEL SUR SA");
  AddTransfer("X2", "BR", {"KX1"}, recipient);
  recipient.set_name("another");
  AddTransfer("X3", "BR", {"KX2"}, recipient);
  auto request = From("T1");
  request.add_kinds(v1::LINK_KIND_SAME_CONSIGNEE);
  const auto from_weapon = finder_.Find(officer_, request);
  ASSERT_EQ(from_weapon->links_size(), 1);
  EXPECT_EQ(from_weapon->links(0).to_end().transfer_id(), "X2");
  EXPECT_EQ(from_weapon->links(0).basis().find("Sur"), std::string::npos);
  request.set_transfer_id("X2");
  const auto from_transfer = finder_.Find(officer_, request);
  ASSERT_EQ(from_transfer->links_size(), 1);
  EXPECT_EQ(from_transfer->links(0).to_end().transfer_id(), "X1");
}

struct Mistake {
  v1::Reason reason;
  std::function<void(v1::FindLinksRequest*)> make;
};

TEST_F(LinkFinderTest, RefusesWhatIsMissingOrWrong) {
  Add("T1", "ABC123");
  const std::vector<Mistake> mistakes = {
      {v1::REASON_FIELD_REQUIRED, [](auto* r) { r->clear_start(); }},
      {v1::REASON_FIELD_INVALID, [](auto* r) { r->mutable_item(); }},
      {v1::REASON_DOCUMENT_NOT_FOUND, [](auto* r) { r->set_transfer_id("X1"); }},
      {v1::REASON_FIELD_INVALID, [](auto* r) { r->add_kinds(v1::LINK_KIND_UNSPECIFIED); }},
      {v1::REASON_FIELD_INVALID, [](auto* r) { r->set_serial_distance_max(1001); }},
      {v1::REASON_FIELD_INVALID, [](auto* r) { r->set_serial_distance_max(-1); }},
      {v1::REASON_FIELD_REQUIRED, [](auto* r) { r->clear_intended_use(); }},
      {v1::REASON_FIELD_REQUIRED, [](auto* r) { r->clear_justification(); }},
      {v1::REASON_FIELD_INVALID, [](auto* r) { r->set_page_size(201); }},
      {v1::REASON_PAGE_TOKEN_INVALID, [](auto* r) { r->set_page_token("AAAA"); }},
  };
  for (size_t i = 0; i < mistakes.size(); ++i) {
    auto request = From("T1");
    mistakes[i].make(&request);
    EXPECT_EQ(Refusal(request), mistakes[i].reason) << i;
  }
  auto edge = From("T1");
  edge.set_serial_distance_max(1000);
  edge.set_page_size(200);
  EXPECT_EQ(Refusal(edge), v1::REASON_UNSPECIFIED);
}

TEST_F(LinkFinderTest, RefusesATokenOfAnotherQuestion) {
  Add("T0", "ABC100");
  Add("T1", "ABC101");
  Add("T2", "ABC102");
  auto request = From("T0");
  request.set_page_size(1);
  request.set_page_token(finder_.Find(officer_, request)->next_page_token());
  EXPECT_THAT(Linked(request), SizeIs(1));
  request.add_kinds(v1::LINK_KIND_SAME_ITEM);
  EXPECT_EQ(Refusal(request), v1::REASON_PAGE_TOKEN_INVALID);
}

TEST_F(LinkFinderTest, IsForStatesServedHere) {
  Add("T1", "ABC123", "AT");
  const Caller austrian = ExampleCaller("AT", "bundeskriminalamt", Role::kLiaison);
  EXPECT_EQ(DetailOf(finder_.Find(austrian, From("T1")).status()).reason(),
            v1::REASON_STATE_MISMATCH);
}

}  // namespace
}  // namespace tracegate
