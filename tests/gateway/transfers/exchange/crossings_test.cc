#include "gateway/transfers/authorisations.h"
#include "gateway/transfers/deliveries.h"
#include "protos/tracegate/failure.h"
#include "tests/gateway/transfers/exchange/transfer_world.h"

namespace tracegate {
namespace {

// What passes between the gateways of two States beside questions on end use.
class CrossingsTest : public TransferFixture {
 protected:
  CrossingsTest() {
    world_.Agree(TransferAgreement("BR", "AT", v1::LEGAL_BASIS_ATT_8_3));
    world_.Agree(TransferAgreement("BR", "AT", v1::LEGAL_BASIS_ATT_7_6));
    world_.Start();
  }

  v1::TransferRecord LicenceTo(const std::string& destination, const std::string& number) const {
    v1::TransferRecord record = ExampleLicence();
    record.mutable_states()->set_importing(0, destination);
    record.mutable_states()->set_final_destination(destination);
    record.mutable_authorisation()->set_number(number);
    record.mutable_final_recipient()->set_name("Polícia Militar");
    return record;
  }

  static v1::ListAuthorizationsRequest Asking(v1::LegalBasis basis) {
    v1::ListAuthorizationsRequest request;
    request.set_legal_basis(basis);
    request.set_to_state("AT");
    request.set_confidentiality(v1::CONFIDENTIALITY_GUARANTEE_GIVEN);
    return request;
  }

  std::vector<std::string> Numbers(const v1::ListAuthorizationsRequest& request) {
    const auto list =
        Told<v1::ListAuthorizationsResponse>(brazil_, importer_, "ListAuthorizations", request);
    std::vector<std::string> numbers;
    for (const auto& one : list.authorisations()) {
      numbers.push_back(one.record().authorisation().number());
    }
    return numbers;
  }
};

TEST_F(CrossingsTest, TellsTheFinalDestinationOfItsOwnAuthorisationsAlone) {
  Record(austria_, exporter_, LicenceTo("BR", "AT-1"), "licence-0001");
  Record(austria_, exporter_, LicenceTo("UY", "AT-2"), "licence-0002");
  v1::TransferRecord unknown = LicenceTo("BR", "AT-3");
  unknown.mutable_states()->clear_final_destination();
  Record(austria_, exporter_, unknown, "licence-0003");
  v1::TransferRecord refused = LicenceTo("BR", "AT-4");
  refused.mutable_authorisation()->set_status(v1::AUTHORISATION_STATUS_DENIED);
  Record(austria_, exporter_, refused, "licence-0004");
  Record(austria_, exporter_, ExampleExport(), "export-0001");
  EXPECT_THAT(Numbers(Asking(v1::LEGAL_BASIS_ATT_8_3)), testing::ElementsAre("AT-1"));
  v1::ListAuthorizationsRequest denied = Asking(v1::LEGAL_BASIS_ATT_8_3);
  denied.add_statuses(v1::AUTHORISATION_STATUS_DENIED);
  EXPECT_THAT(Numbers(denied), testing::ElementsAre("AT-4"));
}

TEST_F(CrossingsTest, CutsAuthorisationsToWhatIsAgreed) {
  Record(austria_, exporter_, LicenceTo("BR", "AT-1"), "licence-0001");
  const auto list = Told<v1::ListAuthorizationsResponse>(brazil_, importer_, "ListAuthorizations",
                                                         Asking(v1::LEGAL_BASIS_ATT_8_3));
  ASSERT_EQ(list.authorisations_size(), 1);
  EXPECT_FALSE(list.authorisations(0).record().has_final_recipient());
  EXPECT_THAT(list.authorisations(0).withheld_fields(), testing::Contains("final_recipient"));
  EXPECT_TRUE(list.has_remote_receipt());
  EXPECT_EQ(austria_.Entries(v1::ENTRY_KIND_ANSWER_DISCLOSED).back().first.to_state(), "BR");
}

TEST_F(CrossingsTest, TellsOfAGivenAuthorisationThoseWhomItNames) {
  v1::TransferRecord through = LicenceTo("UY", "AT-1");
  through.mutable_states()->add_transit("BR");
  Record(austria_, exporter_, through, "licence-0001");
  Record(austria_, exporter_, LicenceTo("UY", "AT-2"), "licence-0002");
  v1::ListAuthorizationsRequest given = Asking(v1::LEGAL_BASIS_ATT_7_6);
  EXPECT_EQ(ReasonOf(Refused(brazil_, importer_, "ListAuthorizations", given)),
            v1::REASON_FIELD_REQUIRED);
  given.mutable_authorisation()->set_issuing_state("AT");
  given.mutable_authorisation()->set_number("AT-1");
  EXPECT_THAT(Numbers(given), testing::ElementsAre("AT-1"));
  // Whether there is one that does not concern it, it does not learn.
  given.mutable_authorisation()->set_number("AT-2");
  EXPECT_THAT(Numbers(given), testing::IsEmpty());
  given.mutable_authorisation()->set_number("AT-none");
  EXPECT_THAT(Numbers(given), testing::IsEmpty());
}

TEST_F(CrossingsTest, AsksForAuthorisationsOnlyUnderAnAgreement) {
  world_.AgreeNoMore();
  EXPECT_EQ(
      ReasonOf(Refused(brazil_, importer_, "ListAuthorizations", Asking(v1::LEGAL_BASIS_ATT_8_3))),
      v1::REASON_NO_AGREEMENT);
  EXPECT_TRUE(brazil_.Entries(v1::ENTRY_KIND_HOP_ASKED).empty());
}

v1::ConfirmReceiptRequest Confirmation(const std::string& id) {
  v1::ConfirmReceiptRequest request;
  request.set_request_id(id);
  request.mutable_authorisation()->set_issuing_state("AT");
  request.mutable_authorisation()->set_number("AT-77");
  *request.mutable_delivery() = ExampleDelivery(12);
  return request;
}

TEST_F(CrossingsTest, TellsTheExporterThatItArrived) {
  const v1::Transfer sent = Record(austria_, exporter_, ExampleExport(), "export-0001");
  const auto told =
      Told<v1::Transfer>(brazil_, importer_, "ConfirmReceipt", Confirmation("receipt-0001"));
  EXPECT_EQ(told.deliveries_size(), 1);
  EXPECT_FALSE(told.has_record());
  EXPECT_TRUE(told.transfer_id().empty());
  const v1::Transfer stored = Stored(austria_, exporter_, sent.transfer_id());
  ASSERT_EQ(stored.deliveries_size(), 1);
  EXPECT_EQ(stored.deliveries(0).confirming_agency().name(), "exercito");
  v1::ListTransfersRequest overdue;
  overdue.set_delivery_overdue(true);
  EXPECT_EQ(austria_.transfers_->stored()
                .List(exporter_, overdue, world_.timers_.Now())
                ->transfers_size(),
            0);
}

TEST_F(CrossingsTest, KeepsAReceiptBesideTheImportersOwnRecordToo) {
  Record(austria_, exporter_, ExampleExport(), "export-0001");
  v1::TransferRecord import = ExampleExport();
  import.set_kind(v1::TRANSFER_KIND_IMPORT);
  const v1::Transfer own = Record(brazil_, importer_, import, "import-0001");
  const auto told =
      Told<v1::Transfer>(brazil_, importer_, "ConfirmReceipt", Confirmation("receipt-0001"));
  EXPECT_EQ(told.transfer_id(), own.transfer_id());
  EXPECT_EQ(Stored(brazil_, importer_, own.transfer_id()).deliveries_size(), 1);
}

TEST_F(CrossingsTest, NotesWhatArrivedTwice) {
  const v1::Transfer sent = Record(austria_, exporter_, ExampleExport(), "export-0001");
  Told<v1::Transfer>(brazil_, importer_, "ConfirmReceipt", Confirmation("receipt-0001"));
  Told<v1::Transfer>(brazil_, importer_, "ConfirmReceipt", Confirmation("receipt-0001"));
  EXPECT_EQ(Stored(austria_, exporter_, sent.transfer_id()).deliveries_size(), 1);
  v1::ConfirmReceiptRequest by_id;
  by_id.set_request_id("receipt-0002");
  by_id.set_transfer_id(sent.transfer_id());
  *by_id.mutable_delivery() = ExampleDelivery(12);
  const auto twice = Told<v1::Transfer>(austria_, exporter_, "ConfirmReceipt", by_id);
  EXPECT_EQ(twice.deliveries_size(), 2);
  EXPECT_TRUE(std::any_of(twice.remarks().begin(), twice.remarks().end(), [](const auto& one) {
    return one.kind() == v1::RECORD_REMARK_KIND_ARRIVED_TWICE;
  }));
}

TEST_F(CrossingsTest, LearnsNothingOfTransfersThatDoNotConcernIt) {
  v1::TransferRecord elsewhere = ExampleExport();
  elsewhere.mutable_states()->set_importing(0, "UY");
  Record(austria_, exporter_, elsewhere, "export-0001");
  const absl::Status other =
      Refused(brazil_, importer_, "ConfirmReceipt", Confirmation("receipt-0001"));
  v1::ConfirmReceiptRequest none = Confirmation("receipt-0002");
  none.mutable_authorisation()->set_number("AT-none");
  const absl::Status missing = Refused(brazil_, importer_, "ConfirmReceipt", none);
  EXPECT_EQ(ReasonOf(other), ReasonOf(missing));
  EXPECT_EQ(other.message(), missing.message());
}

TEST_F(CrossingsTest, ConfirmsNothingThatTheExporterDidNotHear) {
  Record(austria_, exporter_, ExampleExport(), "export-0001");
  austria_.is_down_ = true;
  EXPECT_TRUE(absl::IsUnavailable(
      Refused(brazil_, importer_, "ConfirmReceipt", Confirmation("receipt-0001"))));
  austria_.is_down_ = false;
  Told<v1::Transfer>(brazil_, importer_, "ConfirmReceipt", Confirmation("receipt-0001"));
}

TEST_F(CrossingsTest, RemindsDailyOfWhatIsOverdue) {
  const v1::Transfer sent = Record(austria_, exporter_, ExampleExport(), "export-0001");
  EXPECT_TRUE(austria_.overdue_.empty());
  world_.Pass(absl::Hours(24));
  ASSERT_EQ(austria_.overdue_.size(), 1u);
  EXPECT_EQ(austria_.overdue_[0].what, "delivery");
  EXPECT_EQ(austria_.overdue_[0].document_id, sent.transfer_id());
  EXPECT_EQ(austria_.overdue_[0].due, "2024-06-20");
  Told<v1::Transfer>(brazil_, importer_, "ConfirmReceipt", Confirmation("receipt-0001"));
  world_.Pass(absl::Hours(24));
  EXPECT_EQ(austria_.overdue_.size(), 1u);
}

}  // namespace
}  // namespace tracegate
