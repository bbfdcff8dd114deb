#include "gateway/transfers/alerts.h"

#include "gateway/transfers/alert_follow_ups.h"
#include "protos/tracegate/failure.h"
#include "tests/gateway/transfers/exchange/transfer_world.h"

namespace tracegate {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

v1::RaiseDiversionAlertRequest Alert(const std::string& transfer_id) {
  v1::RaiseDiversionAlertRequest request;
  request.set_request_id("alert-0001");
  request.mutable_diversion()->set_kind(v1::DIVERSION_KIND_NOT_DELIVERED);
  request.mutable_diversion()->set_circumstances("the lorry was found empty");
  request.mutable_diversion()->set_transfer_id(transfer_id);
  *request.mutable_diversion()->add_items() = ExamplePistol("BKE 123");
  request.mutable_diversion()->add_parties()->set_name("a driver");
  return request;
}

// Alerts of diversion that Austria raises and Brazil hears of, each with what came of it.
class AlertsFixture : public TransferFixture {
 protected:
  AlertsFixture() {
    world_.Agree(TransferAgreement("BR", "AT", v1::LEGAL_BASIS_ATT_11));
    world_.Agree(TransferAgreement("AT", "BR", v1::LEGAL_BASIS_ATT_11));
  }

  // Of an Austrian export.
  v1::DiversionAlert Raised() {
    const v1::Transfer sent = Record(austria_, exporter_, ExampleExport(), "export-0001");
    return Told<v1::DiversionAlert>(austria_, exporter_, "RaiseDiversionAlert",
                                    Alert(sent.transfer_id()));
  }

  std::vector<v1::DiversionAlert> Listed(TransferGateway& gateway, const Caller& caller,
                                         const v1::ListAlertsRequest& request = {}) {
    const auto told = gateway.Call(caller, "ListAlerts", request);
    v1::ListAlertsResponse list;
    EXPECT_TRUE((*told)->ok()) << (*told)->status();
    if (!(*told)->ok()) return {};
    EXPECT_TRUE(list.ParseFromString(***told));
    return {list.alerts().begin(), list.alerts().end()};
  }

  static v1::FollowUpAlertRequest Word(const std::string& alert_id, const std::string& text,
                                       const std::string& request_id = "follow-up-0001") {
    v1::FollowUpAlertRequest request;
    request.set_request_id(request_id);
    request.set_alert_id(alert_id);
    request.mutable_follow_up()->set_text(text);
    request.mutable_follow_up()->add_measures(v1::DIVERSION_MEASURE_INVESTIGATION);
    return request;
  }

  static std::vector<std::string> Texts(const v1::DiversionAlert& alert) {
    std::vector<std::string> texts;
    for (const v1::AlertFollowUp& word : alert.follow_ups()) texts.push_back(word.text());
    return texts;
  }
};

class AlertsTest : public AlertsFixture {
 protected:
  AlertsTest() { world_.Start(); }

  // Austria's gateway ends and begins anew, and takes up what was left.
  void Restart() {
    austria_.transfers_->Drain();
    austria_.registries_.reset();
    austria_.log_.reset();
    austria_.transfers_.reset();
    austria_.Start();
    world_.Run();
  }
};

TEST_F(AlertsTest, TellsTheStatesOfATransferOfADiversion) {
  const v1::Transfer sent = Record(austria_, exporter_, ExampleExport(), "export-0001");
  v1::TransferRecord import = ExampleExport();
  import.set_kind(v1::TRANSFER_KIND_IMPORT);
  const v1::Transfer awaited = Record(brazil_, importer_, import, "import-0001");
  Told<v1::DiversionAlert>(austria_, exporter_, "RaiseDiversionAlert", Alert(sent.transfer_id()));
  world_.Run();
  const v1::Transfer there = Stored(brazil_, importer_, awaited.transfer_id());
  ASSERT_EQ(there.alerts_size(), 1);
  EXPECT_EQ(there.alerts(0).raising_agency().name(), "export-control");
  EXPECT_EQ(there.alerts(0).diversion().items_size(), 1);
  EXPECT_TRUE(there.alerts(0).diversion().parties().empty());  // no agreement tells of people
  const v1::Transfer here = Stored(austria_, exporter_, sent.transfer_id());
  ASSERT_EQ(here.alerts_size(), 1);
  EXPECT_TRUE(here.alerts(0).recipients(0).has_told_time());
  EXPECT_TRUE(here.alerts(0).recipients(0).has_remote_receipt());
}

TEST_F(AlertsTest, TellsAGatewayThatWasDownOnceItIsBack) {
  const v1::Transfer sent = Record(austria_, exporter_, ExampleExport(), "export-0001");
  brazil_.is_down_ = true;
  Told<v1::DiversionAlert>(austria_, exporter_, "RaiseDiversionAlert", Alert(sent.transfer_id()));
  world_.Run();
  EXPECT_EQ(
      Stored(austria_, exporter_, sent.transfer_id()).alerts(0).recipients(0).failure().reason(),
      v1::REASON_PEER_UNAVAILABLE);
  brazil_.is_down_ = false;
  world_.Pass(absl::Hours(1));
  EXPECT_TRUE(
      Stored(austria_, exporter_, sent.transfer_id()).alerts(0).recipients(0).has_told_time());
  EXPECT_EQ(brazil_.Entries(v1::ENTRY_KIND_REQUEST_RECEIVED).size(), 1u);
}

TEST_F(AlertsTest, TellsNobodyWithoutAnAgreement) {
  const v1::Transfer sent = Record(austria_, exporter_, ExampleExport(), "export-0001");
  world_.AgreeNoMore();
  const auto alert = Told<v1::DiversionAlert>(austria_, exporter_, "RaiseDiversionAlert",
                                              Alert(sent.transfer_id()));
  EXPECT_EQ(alert.recipients(0).failure().reason(), v1::REASON_NO_AGREEMENT);
  world_.Pass(absl::Hours(24));
  EXPECT_TRUE(brazil_.Entries(v1::ENTRY_KIND_REQUEST_RECEIVED).empty());
}

TEST_F(AlertsTest, AreListedByWhoeverRaisedThemOrWasTold) {
  const v1::DiversionAlert raised = Raised();
  ASSERT_THAT(Listed(austria_, exporter_), SizeIs(1));
  const auto there = Listed(brazil_, importer_);
  ASSERT_THAT(there, SizeIs(1));
  EXPECT_NE(there[0].alert_id(), raised.alert_id());
  EXPECT_EQ(there[0].raised_alert_id(), raised.alert_id());
  v1::ListAlertsRequest filter;
  filter.set_alert_id(raised.alert_id());
  EXPECT_THAT(Listed(brazil_, importer_, filter), IsEmpty());
  EXPECT_THAT(Listed(austria_, exporter_, filter), SizeIs(1));
  filter.clear_alert_id();
  filter.add_states("PT");
  EXPECT_THAT(Listed(austria_, exporter_, filter), IsEmpty());
  filter.add_states("BR");
  EXPECT_THAT(Listed(austria_, exporter_, filter), SizeIs(1));
}

TEST_F(AlertsTest, PageByPage) {
  for (int i = 0; i < 3; ++i) {
    v1::RaiseDiversionAlertRequest alert = Alert("");
    alert.set_request_id("alert-000" + std::to_string(i));
    alert.mutable_diversion()->clear_source();
    alert.add_to_states("BR");
    Told<v1::DiversionAlert>(austria_, exporter_, "RaiseDiversionAlert", alert);
  }
  v1::ListAlertsRequest request;
  request.set_page_size(2);
  const auto first = austria_.Call(exporter_, "ListAlerts", request);
  v1::ListAlertsResponse page;
  ASSERT_TRUE(page.ParseFromString(***first));
  EXPECT_EQ(page.alerts_size(), 2);
  request.set_page_token(page.next_page_token());
  EXPECT_THAT(Listed(austria_, exporter_, request), SizeIs(1));
}

TEST_F(AlertsTest, TellTheRaisingStateWhatCameOfIt) {
  const v1::DiversionAlert raised = Raised();
  const std::string id = Listed(brazil_, importer_)[0].alert_id();
  const auto said = Told<v1::DiversionAlert>(brazil_, importer_, "FollowUpAlert",
                                             Word(id, "the driver was heard"));
  EXPECT_THAT(Texts(said), ElementsAre("the driver was heard"));
  world_.Run();
  const auto here = Listed(austria_, exporter_);
  ASSERT_THAT(Texts(here[0]), ElementsAre("the driver was heard"));
  EXPECT_EQ(here[0].follow_ups(0).agency().state(), "BR");
  EXPECT_EQ(here[0].follow_ups(0).agency().name(), "exercito");
  EXPECT_THAT(here[0].follow_ups(0).measures(), ElementsAre(v1::DIVERSION_MEASURE_INVESTIGATION));
  // Brazil knows that it arrived, by Austria's proof.
  const v1::AlertFollowUp kept = Listed(brazil_, importer_)[0].follow_ups(0);
  ASSERT_EQ(kept.recipients_size(), 1);
  EXPECT_TRUE(kept.recipients(0).has_told_time());
  EXPECT_TRUE(kept.recipients(0).has_remote_receipt());
  // Said again under the same id it is said once.
  Told<v1::DiversionAlert>(brazil_, importer_, "FollowUpAlert", Word(id, "the driver was heard"));
  world_.Pass(absl::Hours(24));
  EXPECT_THAT(Texts(Listed(austria_, exporter_)[0]), SizeIs(1));
}

TEST_F(AlertsTest, TellWhoeverWasToldWhatTheRaisingStateFoundAndThatItIsClosed) {
  const v1::DiversionAlert raised = Raised();
  v1::FollowUpAlertRequest word = Word(raised.alert_id(), "all twelve were found");
  word.mutable_follow_up()->set_concluded(true);
  v1::ListAlertsRequest open;
  open.set_open_only(true);
  EXPECT_THAT(Listed(brazil_, importer_, open), SizeIs(1));
  Told<v1::DiversionAlert>(austria_, exporter_, "FollowUpAlert", word);
  world_.Run();
  EXPECT_THAT(Texts(Listed(brazil_, importer_)[0]), ElementsAre("all twelve were found"));
  EXPECT_THAT(Listed(brazil_, importer_, open), IsEmpty());
  EXPECT_THAT(Listed(austria_, exporter_, open), IsEmpty());
}

TEST_F(AlertsTest, TellWhatCameOfItToAGatewayThatWasDownAfterTheAlert) {
  brazil_.is_down_ = true;
  const v1::DiversionAlert raised = Raised();
  Told<v1::DiversionAlert>(austria_, exporter_, "FollowUpAlert",
                           Word(raised.alert_id(), "nothing yet"));
  world_.Run();
  brazil_.is_down_ = false;
  Restart();
  EXPECT_THAT(Texts(Listed(brazil_, importer_)[0]), IsEmpty());
  Restart();
  const auto there = Listed(brazil_, importer_);
  ASSERT_THAT(there, SizeIs(1));
  EXPECT_THAT(Texts(there[0]), ElementsAre("nothing yet"));
}

TEST_F(AlertsTest, GiveUpOnAGatewayThatNeverComesBack) {
  brazil_.is_down_ = true;
  const v1::DiversionAlert raised = Raised();
  Told<v1::DiversionAlert>(austria_, exporter_, "FollowUpAlert",
                           Word(raised.alert_id(), "nothing yet"));
  world_.Pass(absl::Hours(24 * 120));
  brazil_.is_down_ = false;
  world_.Pass(absl::Hours(24));
  EXPECT_THAT(Listed(brazil_, importer_), IsEmpty());
  const v1::DiversionAlert kept = Listed(austria_, exporter_)[0];
  EXPECT_FALSE(kept.recipients(0).has_told_time());
  EXPECT_TRUE(kept.recipients(0).has_failure());
}

TEST_F(AlertsTest, TellWhatCameOfItOnlyUnderAnAgreement) {
  const v1::DiversionAlert raised = Raised();
  world_.AgreeNoMore();
  const auto said = Told<v1::DiversionAlert>(austria_, exporter_, "FollowUpAlert",
                                             Word(raised.alert_id(), "a secret"));
  world_.Pass(absl::Hours(24));
  EXPECT_EQ(said.follow_ups(0).recipients(0).failure().reason(), v1::REASON_NO_AGREEMENT);
  EXPECT_THAT(Texts(Listed(brazil_, importer_)[0]), IsEmpty());
}

TEST_F(AlertsTest, TakeNoWordOfAStateThatWasNotTold) {
  const v1::DiversionAlert raised = Raised();
  const Caller portugal = ExampleCaller("PT", "gateway", Role::kPeer);
  v1::FollowUpAlertRequest forged = Word(raised.alert_id(), "it was never lost");
  forged.set_to_state("AT");
  forged.mutable_follow_up()->mutable_agency()->set_state("PT");
  forged.mutable_follow_up()->mutable_agency()->set_name("policia");
  EXPECT_EQ(ReasonOf(Refused(austria_, portugal, "FollowUpAlert", forged)),
            v1::REASON_DOCUMENT_NOT_FOUND);
  // Nor by the id of another document, nor in another State's name.
  forged.set_alert_id(Record(austria_, exporter_, ExampleExport(), "export-0009").transfer_id());
  EXPECT_EQ(ReasonOf(Refused(austria_, portugal, "FollowUpAlert", forged)),
            v1::REASON_DOCUMENT_NOT_FOUND);
  forged.mutable_follow_up()->mutable_agency()->set_state("BR");
  EXPECT_EQ(ReasonOf(Refused(austria_, portugal, "FollowUpAlert", forged)),
            v1::REASON_STATE_MISMATCH);
  EXPECT_THAT(Texts(Listed(austria_, exporter_)[0]), IsEmpty());
}

TEST_F(AlertsTest, NameWhatIsMissingOfAWord) {
  const v1::DiversionAlert raised = Raised();
  v1::FollowUpAlertRequest word = Word(raised.alert_id(), "");
  EXPECT_EQ(DetailOf(Refused(austria_, exporter_, "FollowUpAlert", word)).violations(0).field(),
            "follow_up.text");
  word = Word("", "found");
  EXPECT_EQ(DetailOf(Refused(austria_, exporter_, "FollowUpAlert", word)).violations(0).field(),
            "alert_id");
  word = Word(raised.alert_id(), "found");
  word.mutable_follow_up()->add_measures(v1::DIVERSION_MEASURE_UNSPECIFIED);
  EXPECT_EQ(DetailOf(Refused(austria_, exporter_, "FollowUpAlert", word)).violations(0).field(),
            "follow_up.measures");
  EXPECT_EQ(ReasonOf(Refused(brazil_, importer_, "FollowUpAlert", Word(raised.alert_id(), "x"))),
            v1::REASON_DOCUMENT_NOT_FOUND);
}

// Both States at one gateway.
class AlertsInOneHouse : public AlertsFixture {
 protected:
  AlertsInOneHouse() { world_.gateways_.clear(); }
};

TEST_F(AlertsInOneHouse, TellEachSideInItsOwnDocument) {
  TransferGateway& hub = world_.Add("hub", {"AT", "BR"});
  hub.Start();
  const v1::Transfer sent = Record(hub, exporter_, ExampleExport(), "export-0001");
  const auto raised =
      Told<v1::DiversionAlert>(hub, exporter_, "RaiseDiversionAlert", Alert(sent.transfer_id()));
  const auto there = Listed(hub, importer_);
  ASSERT_THAT(there, SizeIs(1));
  Told<v1::DiversionAlert>(hub, importer_, "FollowUpAlert", Word(there[0].alert_id(), "looked"));
  Told<v1::DiversionAlert>(hub, exporter_, "FollowUpAlert", Word(raised.alert_id(), "found"));
  EXPECT_THAT(Texts(Listed(hub, exporter_)[0]), ElementsAre("looked", "found"));
  EXPECT_THAT(Texts(Listed(hub, importer_)[0]), ElementsAre("looked", "found"));
}

}  // namespace
}  // namespace tracegate
