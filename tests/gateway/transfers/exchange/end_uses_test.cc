#include "gateway/transfers/end_uses.h"

#include <algorithm>

#include "protos/tracegate/failure.h"
#include "tests/gateway/transfers/exchange/transfer_world.h"

namespace tracegate {
namespace {

v1::TransferRecord Licence() {
  v1::TransferRecord record = ExampleLicence();
  record.mutable_authorisation()->set_status(v1::AUTHORISATION_STATUS_PENDING);
  record.mutable_states()->set_final_destination("BR");
  record.mutable_final_recipient()->set_name("Polícia Militar");
  record.mutable_assessment()->set_conclusion(v1::ASSESSMENT_CONCLUSION_MAY_GO);
  *record.mutable_assessment()->mutable_date() = ExampleDate(2024, 1, 10);
  return record;
}

class EndUsesTest : public TransferFixture {
 protected:
  EndUsesTest() {
    world_.Agree(TransferAgreement("AT", "BR", v1::LEGAL_BASIS_ATT_8_1));
    world_.Start();
    licence_ = Record(austria_, exporter_, Licence(), "licence-0001");
  }

  v1::RequestEndUseRequest Question(const std::string& id = "end-use-0001") const {
    v1::RequestEndUseRequest request;
    request.set_request_id(id);
    request.mutable_question()->set_to_state("BR");
    request.mutable_question()->set_transfer_id(licence_.transfer_id());
    request.mutable_question()->add_wanted(v1::END_USE_DOCUMENT_KIND_END_USER_CERTIFICATE);
    request.mutable_question()->set_confidentiality(v1::CONFIDENTIALITY_GUARANTEE_GIVEN);
    return request;
  }

  // The exchange as the State asked has it, by the transfer that it keeps for it.
  v1::EndUse AskedOf(TransferGateway& gateway, const Caller& officer) {
    v1::ListTransfersRequest open;
    open.set_end_use_open(true);
    const auto list = gateway.transfers_->stored().List(officer, open, world_.timers_.Now());
    EXPECT_EQ(list->transfers_size(), 1);
    return list->transfers_size() == 1 ? list->transfers(0).end_uses(0) : v1::EndUse();
  }

  v1::AnswerEndUseRequest Answer(const std::string& end_use_id) const {
    v1::AnswerEndUseRequest request;
    request.set_request_id("answer-0001");
    request.set_end_use_id(end_use_id);
    v1::EndUseAnswer& answer = *request.mutable_answer();
    answer.set_outcome(v1::END_USE_OUTCOME_CONFIRMED);
    answer.set_end_use("border police");
    answer.add_end_users()->set_name("Polícia Federal");
    v1::EndUseDocument& document = *answer.add_documents();
    document.set_kind(v1::END_USE_DOCUMENT_KIND_END_USER_CERTIFICATE);
    document.set_reference("CUF 12/2024");
    document.set_content("abc");
    document.set_media_type("text/plain");
    return request;
  }

  v1::Transfer licence_;
};

TEST_F(EndUsesTest, TravelsToTheImporterAndComesBackAnswered) {
  const auto asked = Told<v1::EndUse>(austria_, exporter_, "RequestEndUse", Question());
  EXPECT_EQ(asked.state(), v1::END_USE_STATE_ASKED);
  const v1::EndUse there = AskedOf(brazil_, importer_);
  EXPECT_EQ(there.question().requesting_agency().name(), "export-control");
  Told<v1::EndUse>(brazil_, importer_, "AnswerEndUse", Answer(there.end_use_id()));
  const auto answered = Told<v1::EndUse>(austria_, exporter_, "RequestEndUse", Question());
  EXPECT_EQ(answered.state(), v1::END_USE_STATE_ANSWERED);
  EXPECT_EQ(answered.answer().outcome(), v1::END_USE_OUTCOME_CONFIRMED);
  EXPECT_EQ(answered.answer().responding_agency().name(), "exercito");
  EXPECT_EQ(answered.answer().documents(0).content(), "abc");
  EXPECT_EQ(answered.answer().documents(0).sha256(),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_TRUE(answered.has_remote_receipt());
}

TEST_F(EndUsesTest, TellsEachSideWhatIsAgreedAndNothingElse) {
  Told<v1::EndUse>(austria_, exporter_, "RequestEndUse", Question());
  const v1::EndUse there = AskedOf(brazil_, importer_);
  EXPECT_EQ(there.question().subject().lines_size(), 1);
  EXPECT_FALSE(there.question().subject().has_final_recipient());
  EXPECT_FALSE(there.question().subject().has_assessment());
  Told<v1::EndUse>(brazil_, importer_, "AnswerEndUse", Answer(there.end_use_id()));
  const auto answered = Told<v1::EndUse>(austria_, exporter_, "RequestEndUse", Question());
  EXPECT_TRUE(answered.answer().end_users().empty());
  EXPECT_THAT(answered.answer().withheld_fields(), testing::ElementsAre("end_users"));
  EXPECT_EQ(answered.answer().end_use(), "border police");
  for (const auto& [header, content] : brazil_.Entries(v1::ENTRY_KIND_ANSWER_DISCLOSED)) {
    if (header.to_state() != "AT") continue;
    EXPECT_EQ(content.find("Polícia Federal"), std::string::npos);
    EXPECT_FALSE(header.agreement_id().empty());
  }
  for (const auto& [header, content] : austria_.Entries(v1::ENTRY_KIND_HOP_ASKED)) {
    EXPECT_EQ(content.find("Polícia Militar"), std::string::npos);
  }
}

TEST_F(EndUsesTest, KeepsAPendingImportThatNoReportCounts) {
  Told<v1::EndUse>(austria_, exporter_, "RequestEndUse", Question());
  const v1::EndUse there = AskedOf(brazil_, importer_);
  const v1::Transfer pending = Stored(brazil_, importer_, there.transfer_id());
  EXPECT_EQ(pending.record().kind(), v1::TRANSFER_KIND_IMPORT);
  EXPECT_EQ(pending.record().authorisation().status(), v1::AUTHORISATION_STATUS_PENDING);
  EXPECT_EQ(pending.record().authorisation().number(), "AT-77");
}

TEST_F(EndUsesTest, WaitsForAGatewayThatIsDownAndAsksItOnce) {
  brazil_.is_down_ = true;
  const auto waiting = Told<v1::EndUse>(austria_, exporter_, "RequestEndUse", Question());
  EXPECT_EQ(waiting.state(), v1::END_USE_STATE_WAITING);
  world_.Pass(absl::Hours(24 * 7));
  brazil_.is_down_ = false;
  world_.Pass(absl::Hours(1));
  const v1::EndUse there = AskedOf(brazil_, importer_);
  Told<v1::EndUse>(brazil_, importer_, "AnswerEndUse", Answer(there.end_use_id()));
  world_.Pass(absl::Hours(1));
  const v1::Transfer licence = Stored(austria_, exporter_, licence_.transfer_id());
  ASSERT_EQ(licence.end_uses_size(), 1);
  EXPECT_EQ(licence.end_uses(0).state(), v1::END_USE_STATE_ANSWERED);
  // However often it was put, it is recorded as leaving once.
  EXPECT_EQ(austria_.Entries(v1::ENTRY_KIND_HOP_ASKED).size(), 1u);
}

TEST_F(EndUsesTest, GoesOnAfterARestart) {
  brazil_.is_down_ = true;
  Told<v1::EndUse>(austria_, exporter_, "RequestEndUse", Question());
  austria_.transfers_->Drain();
  austria_.registries_.reset();
  austria_.log_.reset();
  austria_.transfers_.reset();
  brazil_.is_down_ = false;
  austria_.Start();
  world_.Run();
  EXPECT_EQ(AskedOf(brazil_, importer_).question().to_state(), "BR");
}

TEST_F(EndUsesTest, SetsTheAssessmentUpForReviewOnceAnAnswerCameIn) {
  EXPECT_FALSE(Stored(austria_, exporter_, licence_.transfer_id()).reassess());
  world_.Pass(absl::Seconds(1));
  Told<v1::EndUse>(austria_, exporter_, "RequestEndUse", Question());
  Told<v1::EndUse>(brazil_, importer_, "AnswerEndUse",
                   Answer(AskedOf(brazil_, importer_).end_use_id()));
  Told<v1::EndUse>(austria_, exporter_, "RequestEndUse", Question());
  EXPECT_TRUE(Stored(austria_, exporter_, licence_.transfer_id()).reassess());
  v1::AmendTransferRequest amendment;
  amendment.set_request_id("amend-0001");
  amendment.set_transfer_id(licence_.transfer_id());
  amendment.set_amends_revision(1);
  amendment.set_amendment(v1::AMENDMENT_KIND_CHANGE);
  amendment.set_reason("granted after the answer");
  *amendment.mutable_record() = licence_.record();
  world_.Pass(absl::Seconds(1));
  Told<v1::Transfer>(austria_, exporter_, "AmendTransfer", amendment);
  EXPECT_FALSE(Stored(austria_, exporter_, licence_.transfer_id()).reassess());
}

TEST_F(EndUsesTest, RemindsBothSidesOfAnAnswerThatIsOverdue) {
  v1::RequestEndUseRequest question = Question();
  *question.mutable_question()->mutable_due_date() = ExampleDate(2026, 5, 30);
  Told<v1::EndUse>(austria_, exporter_, "RequestEndUse", question);
  world_.Pass(absl::Hours(24));
  EXPECT_TRUE(brazil_.overdue_.empty());
  world_.Pass(absl::Hours(72));
  ASSERT_FALSE(brazil_.overdue_.empty());
  EXPECT_EQ(brazil_.overdue_[0].what, "end_use");
  EXPECT_EQ(brazil_.overdue_[0].document_id, AskedOf(brazil_, importer_).end_use_id());
  EXPECT_FALSE(austria_.overdue_.empty());
}

TEST_F(EndUsesTest, AsksNobodyWithoutAnAgreement) {
  world_.AgreeNoMore();
  EXPECT_EQ(ReasonOf(Refused(austria_, exporter_, "RequestEndUse", Question())),
            v1::REASON_NO_AGREEMENT);
  EXPECT_TRUE(austria_.Entries(v1::ENTRY_KIND_HOP_ASKED).empty());
  EXPECT_TRUE(brazil_.Entries(v1::ENTRY_KIND_REQUEST_RECEIVED).empty());
}

TEST_F(EndUsesTest, TellsNoAnswerOnceTheAgreementHasEnded) {
  Told<v1::EndUse>(austria_, exporter_, "RequestEndUse", Question());
  Told<v1::EndUse>(brazil_, importer_, "AnswerEndUse",
                   Answer(AskedOf(brazil_, importer_).end_use_id()));
  const size_t told = brazil_.Entries(v1::ENTRY_KIND_ANSWER_DISCLOSED).size();
  world_.AgreeNoMore();
  world_.Pass(absl::Hours(24));
  EXPECT_EQ(brazil_.Entries(v1::ENTRY_KIND_ANSWER_DISCLOSED).size(), told);
  EXPECT_FALSE(Stored(austria_, exporter_, licence_.transfer_id()).end_uses(0).has_answer());
}

TEST_F(EndUsesTest, RefusesAQuestionThatIsNone) {
  v1::RequestEndUseRequest request = Question();
  request.mutable_question()->set_to_state("PT");
  EXPECT_EQ(DetailOf(Refused(austria_, exporter_, "RequestEndUse", request)).violations(0).field(),
            "question.to_state");
  request = Question();
  request.mutable_question()->clear_confidentiality();
  EXPECT_EQ(ReasonOf(Refused(austria_, exporter_, "RequestEndUse", request)),
            v1::REASON_FIELD_REQUIRED);
  request = Question();
  request.mutable_question()->set_transfer_id("01ARZ3NDEKTSV4RRFFQ69G5FAV");
  EXPECT_EQ(ReasonOf(Refused(austria_, exporter_, "RequestEndUse", request)),
            v1::REASON_DOCUMENT_NOT_FOUND);
  Told<v1::EndUse>(austria_, exporter_, "RequestEndUse", Question());
  request = Question();
  request.mutable_question()->set_text("another question");
  EXPECT_EQ(ReasonOf(Refused(austria_, exporter_, "RequestEndUse", request)),
            v1::REASON_REQUEST_ID_REUSED);
}

TEST_F(EndUsesTest, TakesOneAnswerAndOnlyFromTheStateAsked) {
  const auto asked = Told<v1::EndUse>(austria_, exporter_, "RequestEndUse", Question());
  v1::AnswerEndUseRequest answer = Answer(asked.end_use_id());
  EXPECT_EQ(ReasonOf(Refused(austria_, exporter_, "AnswerEndUse", answer)),
            v1::REASON_DOCUMENT_STATE);
  answer = Answer(AskedOf(brazil_, importer_).end_use_id());
  answer.mutable_answer()->mutable_documents(0)->set_sha256(std::string(64, '0'));
  EXPECT_EQ(DetailOf(Refused(brazil_, importer_, "AnswerEndUse", answer)).violations(0).field(),
            "answer.documents[0].sha256");
  answer.mutable_answer()->mutable_documents(0)->clear_sha256();
  answer.mutable_answer()->set_outcome(v1::END_USE_OUTCOME_REFUSED);
  EXPECT_EQ(DetailOf(Refused(brazil_, importer_, "AnswerEndUse", answer)).violations(0).field(),
            "answer.legal_ground");
  answer = Answer(AskedOf(brazil_, importer_).end_use_id());
  Told<v1::EndUse>(brazil_, importer_, "AnswerEndUse", answer);
  answer.set_request_id("answer-0002");
  EXPECT_EQ(ReasonOf(Refused(brazil_, importer_, "AnswerEndUse", answer)),
            v1::REASON_DOCUMENT_STATE);
}

TEST_F(EndUsesTest, AsksAStateOnTheWayWhetherItObjects) {
  world_.Agree(TransferAgreement("AT", "BR", v1::LEGAL_BASIS_FIREARMS_PROTOCOL_10));
  v1::TransferRecord through = Licence();
  through.mutable_states()->set_importing(0, "UY");
  through.mutable_states()->set_final_destination("UY");
  through.mutable_states()->add_transit("BR");
  through.mutable_authorisation()->set_number("AT-78");
  through.mutable_authorisation()->set_status(v1::AUTHORISATION_STATUS_GRANTED);
  const v1::Transfer licence = Record(austria_, exporter_, through, "licence-0002");
  const auto missing = [](const v1::Transfer& transfer) {
    return std::count_if(transfer.remarks().begin(), transfer.remarks().end(), [](const auto& one) {
      return one.kind() == v1::RECORD_REMARK_KIND_CLEARANCE_MISSING &&
             one.text().find("BR") != std::string::npos;
    });
  };
  EXPECT_EQ(missing(licence), 1);
  v1::RequestEndUseRequest question = Question();
  question.mutable_question()->set_transfer_id(licence.transfer_id());
  Told<v1::EndUse>(austria_, exporter_, "RequestEndUse", question);
  const v1::EndUse there = AskedOf(brazil_, importer_);
  EXPECT_TRUE(there.question().transit());
  EXPECT_EQ(Stored(brazil_, importer_, there.transfer_id()).record().kind(),
            v1::TRANSFER_KIND_TRANSIT);
  // Leave is given in writing.
  v1::AnswerEndUseRequest answer = Answer(there.end_use_id());
  EXPECT_EQ(DetailOf(Refused(brazil_, importer_, "AnswerEndUse", answer)).violations(0).field(),
            "answer.no_objection.reference");
  answer.mutable_answer()->mutable_no_objection()->set_reference("NOTA 7/2026");
  answer.mutable_answer()->mutable_no_objection()->set_tacit(true);
  EXPECT_EQ(DetailOf(Refused(brazil_, importer_, "AnswerEndUse", answer)).violations(0).field(),
            "answer.no_objection.tacit");
  answer.mutable_answer()->mutable_no_objection()->set_tacit(false);
  Told<v1::EndUse>(brazil_, importer_, "AnswerEndUse", answer);
  const auto heard = Told<v1::EndUse>(austria_, exporter_, "RequestEndUse", question);
  EXPECT_EQ(heard.answer().no_objection().kind(), v1::CLEARANCE_KIND_TRANSIT_NO_OBJECTION);
  EXPECT_EQ(heard.answer().no_objection().state(), "BR");
  // What leaves under that licence is not missing it any more.
  through.set_basis(v1::TRANSFER_BASIS_ACTUAL);
  EXPECT_EQ(missing(Record(austria_, exporter_, through, "export-0002")), 0);
}

TEST_F(EndUsesTest, AsksAStateOnTheWayUnderTheFirearmsProtocolOrABilateralAgreementAlone) {
  v1::TransferRecord through = Licence();
  through.mutable_states()->set_importing(0, "UY");
  through.mutable_states()->set_final_destination("UY");
  through.mutable_states()->add_trans_shipment("BR");
  through.mutable_authorisation()->set_number("AT-78");
  const v1::Transfer licence = Record(austria_, exporter_, through, "licence-0002");
  v1::RequestEndUseRequest question = Question();
  question.mutable_question()->set_transfer_id(licence.transfer_id());
  EXPECT_EQ(ReasonOf(Refused(austria_, exporter_, "RequestEndUse", question)),
            v1::REASON_NO_AGREEMENT);
  EXPECT_TRUE(brazil_.Entries(v1::ENTRY_KIND_REQUEST_RECEIVED).empty());
  world_.Agree(TransferAgreement("AT", "BR", v1::LEGAL_BASIS_BILATERAL));
  Told<v1::EndUse>(austria_, exporter_, "RequestEndUse", question);
  EXPECT_TRUE(AskedOf(brazil_, importer_).question().transit());
}

TEST_F(EndUsesTest, LeavesNoObjectionToStatesOnTheWay) {
  Told<v1::EndUse>(austria_, exporter_, "RequestEndUse", Question());
  v1::AnswerEndUseRequest answer = Answer(AskedOf(brazil_, importer_).end_use_id());
  answer.mutable_answer()->mutable_no_objection()->set_reference("NOTA 7/2026");
  EXPECT_EQ(DetailOf(Refused(brazil_, importer_, "AnswerEndUse", answer)).violations(0).field(),
            "answer.no_objection");
}

TEST_F(EndUsesTest, WaitsOnceTheAgreementsQuotaIsUsedUp) {
  world_.AgreeNoMore();
  config::v1::Agreement agreement = TransferAgreement("AT", "BR", v1::LEGAL_BASIS_ATT_8_1);
  agreement.mutable_quota()->set_per_day(1);
  world_.Agree(agreement);
  Told<v1::EndUse>(austria_, exporter_, "RequestEndUse", Question());
  // The same question is no new one.
  EXPECT_EQ(Told<v1::EndUse>(austria_, exporter_, "RequestEndUse", Question()).state(),
            v1::END_USE_STATE_ASKED);
  const auto second = Question("end-use-0002");
  EXPECT_EQ(Told<v1::EndUse>(austria_, exporter_, "RequestEndUse", second).state(),
            v1::END_USE_STATE_WAITING);
  world_.Pass(absl::Hours(25));
  EXPECT_EQ(Told<v1::EndUse>(austria_, exporter_, "RequestEndUse", second).state(),
            v1::END_USE_STATE_ASKED);
}

TEST_F(EndUsesTest, SaysThatTheOtherGatewayDidNotTakeIt) {
  Told<v1::EndUse>(austria_, exporter_, "RequestEndUse", Question());
  EXPECT_EQ(AskedOf(brazil_, importer_).state(), v1::END_USE_STATE_ASKED);
  // A peer speaks for its own State's agencies alone.
  v1::RequestEndUseRequest forged = Question("forged-0001");
  forged.mutable_question()->clear_transfer();
  forged.mutable_question()->mutable_authorisation()->set_issuing_state("AT");
  forged.mutable_question()->mutable_authorisation()->set_number("AT-77");
  forged.mutable_question()->mutable_requesting_agency()->set_state("AT");
  forged.mutable_question()->mutable_requesting_agency()->set_name("export-control");
  const Caller other = ExampleCaller("PT", "gateway", Role::kPeer);
  EXPECT_EQ(ReasonOf(Refused(brazil_, other, "RequestEndUse", forged)), v1::REASON_STATE_MISMATCH);
}

// Both States at one gateway: the same exchange, without a border to cross on the wire.
class EndUsesInOneHouse : public TransferFixture {
 protected:
  EndUsesInOneHouse() {
    world_.Agree(TransferAgreement("AT", "BR", v1::LEGAL_BASIS_ATT_8_1));
    world_.gateways_.clear();
  }
};

TEST_F(EndUsesInOneHouse, PassesTheAnswerOnAsAgreed) {
  TransferGateway& hub = world_.Add("hub", {"AT", "BR"});
  world_.Start();
  const v1::Transfer licence = Record(hub, exporter_, Licence(), "licence-0001");
  v1::RequestEndUseRequest question;
  question.set_request_id("end-use-0001");
  question.mutable_question()->set_to_state("BR");
  question.mutable_question()->set_transfer_id(licence.transfer_id());
  question.mutable_question()->set_confidentiality(v1::CONFIDENTIALITY_GUARANTEE_GIVEN);
  Told<v1::EndUse>(hub, exporter_, "RequestEndUse", question);
  v1::ListTransfersRequest open;
  open.set_end_use_open(true);
  const auto list = hub.transfers_->stored().List(importer_, open, world_.timers_.Now());
  ASSERT_EQ(list->transfers_size(), 1);
  v1::AnswerEndUseRequest answer;
  answer.set_request_id("answer-0001");
  answer.set_end_use_id(list->transfers(0).end_uses(0).end_use_id());
  answer.mutable_answer()->set_outcome(v1::END_USE_OUTCOME_NOT_CONFIRMED);
  answer.mutable_answer()->add_end_users()->set_name("nobody");
  Told<v1::EndUse>(hub, importer_, "AnswerEndUse", answer);
  const auto answered = Told<v1::EndUse>(hub, exporter_, "RequestEndUse", question);
  EXPECT_EQ(answered.answer().outcome(), v1::END_USE_OUTCOME_NOT_CONFIRMED);
  EXPECT_TRUE(answered.answer().end_users().empty());
}

}  // namespace
}  // namespace tracegate
