#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "gateway/evidence/receipt_check.h"
#include "gateway/identity/tls_floor.h"
#include "gateway/rpc/operations_log.h"
#include "tests/integration/liaison/state_gateway.h"
#include "tracegate/v1/trace.pb.h"

namespace tracegate {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::SizeIs;
using testing::StartsWith;

constexpr char kCreateTrace[] = "/tracegate.v1.TraceService/CreateTrace";
constexpr absl::Duration kTimeout = absl::Seconds(30);

constexpr char kMapping[] = R"(
source: weapon
record_number: id
serial_search: {column: serial}
fields:
  - {column: serial, to: firearm.serial_number}
  - {column: maker, to: firearm.manufacturer}
  - {column: holder, to: holder.name}
events:
  - source: event
    record_number: weapon_id
    order_by: nr
    kind_column: kind
    kind_codes: kinds
    fields:
      - {column: day, to: date, date_format: "%Y-%m-%d"}
      - {column: state, to: to_state}
      - {column: dealer, to: to_party.name}
code_tables:
  kinds:
    codes: {made: MANUFACTURE, sold: DOMESTIC_TRANSFER, exported: EXPORT, imported: IMPORT, stolen: THEFT}
)";

constexpr char kTables[] =
    "CREATE TABLE weapon (id TEXT PRIMARY KEY, serial TEXT, maker TEXT, holder TEXT);"
    "CREATE TABLE event (weapon_id TEXT, nr INTEGER, kind TEXT, day TEXT, state TEXT, dealer "
    "TEXT);";

// Of two Yugoslav pistols, Serbia as a successor knows that the one was stolen there, and that the other went to Germany,
// where it was stolen. Germany, whose import mark the first bears, has no record of it.
constexpr char kSerbia[] =
    "INSERT INTO weapon VALUES ('KG-1', '381260', 'Zastava', NULL), ('KG-2', '381261', 'Zastava', "
    "NULL);"
    "INSERT INTO event VALUES ('KG-1', 1, 'made', '1987-03-01', NULL, NULL),"
    " ('KG-1', 2, 'sold', '1989-05-02', NULL, 'Oruzje d.o.o.'), ('KG-1', 3, 'stolen', "
    "'1991-09-30', NULL, NULL),"
    " ('KG-2', 1, 'made', '1987-03-01', NULL, NULL),"
    " ('KG-2', 2, 'exported', '1988-04-03', 'DE', 'Waffen Brenner');";
constexpr char kGermany[] =
    "INSERT INTO weapon VALUES ('DE-9', '381261', 'Zastava', 'a private person');"
    "INSERT INTO event VALUES ('DE-9', 1, 'imported', '1988-04-20', NULL, NULL),"
    " ('DE-9', 2, 'stolen', '1993-01-17', NULL, NULL);";

std::string AgreementRow(const std::string& answering, const std::string& disclose,
                         const std::string& handling) {
  return "  - {id: BR-" + answering + ", asking_state: BR, answering_state: " + answering +
         ", legal_basis: BILATERAL, purposes: [CRIMINAL_INVESTIGATION], disclose: [" + disclose +
         "], handling: [" + handling + "], valid_from: 2020-01-01}\n";
}

v1::TraceRequest PistolOf(const std::string& serial, bool has_import_mark) {
  v1::TraceRequest request;
  v1::Firearm* weapon = request.mutable_item()->mutable_weapon();
  weapon->set_serial_number(serial);
  weapon->mutable_manufacturer()->set_verbatim("Crvena Zastava");
  weapon->mutable_country_of_manufacture()->set_verbatim("SFRJ");
  if (has_import_mark) {
    v1::Mark* mark = weapon->add_marks();
    mark->set_kind(v1::MARK_KIND_IMPORT);
    mark->set_text("DE 87");
  }
  request.add_grounds(v1::ILLICIT_GROUND_NATIONAL_LAW);
  request.set_legal_justification("Lei 10.826/2003, art. 16");
  request.mutable_recovery()->set_kind(v1::RECOVERY_KIND_SEIZED);
  request.mutable_recovery()->set_state("BR");
  request.set_intended_use(v1::INTENDED_USE_CRIMINAL_INVESTIGATION);
  request.set_confidentiality(v1::CONFIDENTIALITY_GUARANTEE_GIVEN);
  return request;
}

// What a trace came to, without what belongs to the run alone: ids, times, receipts.
v1::Trace Essence(v1::Trace trace) {
  trace.clear_trace_id();
  trace.clear_create_time();
  trace.clear_update_time();
  trace.clear_expire_time();
  trace.clear_revision();
  trace.clear_receipt();
  for (v1::Hop& hop : *trace.mutable_hops()) {
    hop.clear_ask_time();
    hop.clear_answer_time();
    hop.clear_remote_trace_id();
    hop.clear_receipt();
    if (hop.has_answer()) hop.mutable_answer()->clear_answer_time();
  }
  return trace;
}

// Brazil, Germany and Serbia.
class HubTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    ASSERT_TRUE(RequireTls13().ok());
    SetInfoLogged(false);
  }

  void SetUp() override {
    std::string name = (std::filesystem::temp_directory_path() / "tracegate-hub.XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    folder_ = name;
    for (const char* state : {"BR", "DE", "RS"}) roots_.emplace(state, Minted::Root(state));
    StartFederated();
    StartHub();
  }

  void TearDown() override {
    hub_.reset();
    brazil_.reset();
    germany_.reset();
    serbia_.reset();
    std::filesystem::remove_all(folder_);
  }

  std::unique_ptr<StateGateway> Start(const std::string& name, StateGateway::Options options) {
    options.folder = folder_ + "/" + name;
    std::filesystem::create_directory(options.folder);
    return std::make_unique<StateGateway>(roots_, options);
  }

  static StateGateway::Books BooksOf(const std::string& rows) {
    return {std::string(kTables) + rows, kMapping};
  }

  // A gateway a State; each answering one has its own agreement, and Brazil's has both.
  void StartFederated() {
    germany_ = Start(
        "DE", {.state = "DE", .books = {{"DE", BooksOf(kGermany)}}, .agreements = with_germany_});
    serbia_ = Start(
        "RS", {.state = "RS", .books = {{"RS", BooksOf(kSerbia)}}, .agreements = with_serbia_});
    brazil_ = Start("BR", {.state = "BR",
                           .books = {{"BR", BooksOf("")}},
                           .peers = {{"DE", germany_->address()}, {"RS", serbia_->address()}},
                           .agreements = with_germany_ + with_serbia_});
  }

  void StartHub() {
    hub_ = Start(
        "hub", {.state = "BR",
                .books = {{"BR", BooksOf("")}, {"DE", BooksOf(kGermany)}, {"RS", BooksOf(kSerbia)}},
                .agreements = with_germany_ + with_serbia_});
  }

  static v1::Trace Traced(const StateGateway& gateway, const v1::TraceRequest& request) {
    v1::CreateTraceRequest create;
    create.set_request_id("request-1");
    *create.mutable_request() = request;
    GatewayClient officer = gateway.ClientAs("policia-federal/registry");
    const auto reply = officer.CallRaw(kCreateTrace, create.SerializeAsString(), kTimeout);
    v1::Trace trace;
    EXPECT_TRUE(reply.ok()) << reply.status();
    if (!reply.ok()) return trace;
    EXPECT_TRUE(VerifyReply(*reply, gateway.verifier_key()).ok());
    EXPECT_TRUE(trace.ParseFromString(*reply));
    return trace;
  }

  // The trace as both tell it.
  v1::Trace TracedAlike(const v1::TraceRequest& request) {
    const v1::Trace federated = Essence(Traced(*brazil_, request));
    const v1::Trace hub = Essence(Traced(*hub_, request));
    EXPECT_EQ(federated.DebugString(), hub.DebugString());
    return hub;
  }

  static std::vector<std::string> Route(const v1::Trace& trace) {
    std::vector<std::string> states;
    for (const v1::Hop& hop : trace.hops()) {
      states.push_back(hop.to_state() + " " + v1::RouteReason_Name(hop.reason()).substr(13));
    }
    return states;
  }

  const std::string with_germany_ = AgreementRow("DE", "firearm, events.kind, events.date", "H2");
  const std::string with_serbia_ =
      AgreementRow("RS", "record_number, firearm, events.kind, events.to_state", "H1");
  std::string folder_;
  Roots roots_;
  std::unique_ptr<StateGateway> brazil_;
  std::unique_ptr<StateGateway> germany_;
  std::unique_ptr<StateGateway> serbia_;
  std::unique_ptr<StateGateway> hub_;
};

TEST_F(HubTest, FollowsAnImportMarkAndASuccessorAsThreeGatewaysDo) {
  const v1::Trace trace = TracedAlike(PistolOf("381260", /*has_import_mark=*/true));
  EXPECT_THAT(Route(trace), ElementsAre("BR OWN_REGISTRY", "DE IMPORT_MARK", "RS SUCCESSOR_STATE"));
  EXPECT_EQ(trace.state(), v1::TRACE_STATE_ANSWERED);
  EXPECT_EQ(trace.hops(1).answer().outcome(), v1::OUTCOME_NO_RECORD);
  EXPECT_EQ(trace.finding().outcome(), v1::OUTCOME_REPORTED_LOST_OR_STOLEN);
  EXPECT_TRUE(trace.finding().point_of_diversion().established());
  EXPECT_EQ(trace.finding().point_of_diversion().state(), "RS");
}

TEST_F(HubTest, FollowsAnAnswerAndTellsNoMoreThanThreeGatewaysDo) {
  const v1::Trace trace = TracedAlike(PistolOf("381261", /*has_import_mark=*/false));
  EXPECT_THAT(Route(trace),
              ElementsAre("BR OWN_REGISTRY", "RS SUCCESSOR_STATE", "DE NAMED_IN_ANSWER"));
  EXPECT_EQ(trace.finding().outcome(), v1::OUTCOME_REPORTED_LOST_OR_STOLEN);
  EXPECT_EQ(trace.finding().point_of_diversion().state(), "DE");
  const v1::Answer& serbia = trace.hops(1).answer();
  ASSERT_THAT(serbia.candidates(), SizeIs(1));
  EXPECT_EQ(serbia.candidates(0).record().record_number(), "KG-2");
  EXPECT_EQ(serbia.next_state(), "DE");
  EXPECT_THAT(serbia.handling().codes(), ElementsAre(v1::HANDLING_CODE_H1));
  const v1::Answer& germany = trace.hops(2).answer();
  ASSERT_THAT(germany.candidates(), SizeIs(1));
  EXPECT_EQ(germany.candidates(0).record().record_number(), "");
  EXPECT_FALSE(germany.candidates(0).record().has_holder());
  EXPECT_THAT(germany.withheld_fields(), Contains(StartsWith("holder")));
  EXPECT_THAT(germany.handling().codes(), ElementsAre(v1::HANDLING_CODE_H2));
}

TEST_F(HubTest, FindsNothingWhereThreeGatewaysFindNothing) {
  const v1::Trace trace = TracedAlike(PistolOf("999999", /*has_import_mark=*/true));
  EXPECT_EQ(trace.hops(0).answer().outcome(), v1::OUTCOME_NO_RECORD);
  EXPECT_FALSE(trace.finding().point_of_diversion().established());
}

}  // namespace
}  // namespace tracegate
