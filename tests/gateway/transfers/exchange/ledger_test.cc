#include "gateway/transfers/ledger.h"

#include "protos/tracegate/failure.h"
#include "tests/gateway/transfers/exchange/transfer_world.h"

namespace tracegate {
namespace {

class LedgerTest : public TransferFixture {
 protected:
  LedgerTest() { world_.Start(); }

  static v1::AmendTransferRequest Amendment(const v1::Transfer& of, const std::string& id) {
    v1::AmendTransferRequest request;
    request.set_request_id(id);
    request.set_transfer_id(of.transfer_id());
    request.set_amends_revision(of.revision().number());
    request.set_amendment(v1::AMENDMENT_KIND_CORRECTION);
    request.set_reason("counted again");
    *request.mutable_record() = of.record();
    return request;
  }
};

TEST_F(LedgerTest, PutsATransferOnRecordWithWhatTheLawMakesOfIt) {
  const v1::Transfer transfer = Record(austria_, exporter_, ExampleExport(), "export-0001");
  EXPECT_EQ(transfer.transfer_id().size(), 26u);
  EXPECT_EQ(transfer.recording_agency().name(), "export-control");
  EXPECT_EQ(transfer.revision().number(), 1);
  // ITI 12(b): twenty years from the day on which it was recorded, 28 May 2026.
  EXPECT_EQ(transfer.retain_until_date().year(), 2046);
  EXPECT_EQ(transfer.retain_until_date().month(), 5);
  // 45 days after 6 May 2024 (Regulation (EU) 2025/41 Art 26).
  EXPECT_EQ(transfer.delivery_due_date().month(), 6);
  EXPECT_EQ(transfer.delivery_due_date().day(), 20);
  const v1::Transfer stored = Stored(austria_, exporter_, transfer.transfer_id());
  EXPECT_EQ(stored.record().SerializeAsString(), ExampleExport().SerializeAsString());
}

TEST_F(LedgerTest, RecordsRequestAndReplyBeforeItReplies) {
  Record(austria_, exporter_, ExampleExport(), "export-0001");
  EXPECT_EQ(austria_.Entries(v1::ENTRY_KIND_REQUEST_RECEIVED).size(), 1u);
  const auto told = austria_.Entries(v1::ENTRY_KIND_TRANSFER_RECORDED);
  ASSERT_EQ(told.size(), 1u);
  v1::Transfer kept;
  EXPECT_TRUE(kept.ParseFromString(told[0].second));
  EXPECT_EQ(told[0].first.trace_id(), kept.transfer_id());
}

TEST_F(LedgerTest, AnswersTheSameRequestWithTheSameBytes) {
  v1::RecordTransferRequest request;
  request.set_request_id("export-0001");
  *request.mutable_record() = ExampleExport();
  const auto first = austria_.Call(exporter_, "RecordTransfer", request);
  const auto again = austria_.Call(exporter_, "RecordTransfer", request);
  ASSERT_TRUE((*first)->ok());
  EXPECT_EQ(***first, ***again);
  request.mutable_record()->set_remarks("another");
  EXPECT_EQ(ReasonOf(Refused(austria_, exporter_, "RecordTransfer", request)),
            v1::REASON_REQUEST_ID_REUSED);
  v1::AmendTransferRequest amendment = Amendment(v1::Transfer(), "export-0001");
  EXPECT_EQ(ReasonOf(Refused(austria_, exporter_, "AmendTransfer", amendment)),
            v1::REASON_REQUEST_ID_REUSED);
}

TEST_F(LedgerTest, AnswersTheSameAfterARestart) {
  v1::RecordTransferRequest request;
  request.set_request_id("export-0001");
  *request.mutable_record() = ExampleExport();
  const std::string first = ***austria_.Call(exporter_, "RecordTransfer", request);
  austria_.Stop();
  austria_.Start();
  EXPECT_EQ(***austria_.Call(exporter_, "RecordTransfer", request), first);
}

TEST_F(LedgerTest, TellsApartTheRequestIdsOfTwoAgencies) {
  const v1::Transfer one = Record(austria_, exporter_, ExampleExport(), "export-0001");
  const Caller other = ExampleCaller("AT", "customs", Role::kRegistry);
  const v1::Transfer two = Record(austria_, other, ExampleExport(), "export-0001");
  EXPECT_NE(one.transfer_id(), two.transfer_id());
}

TEST_F(LedgerTest, RefusesWhatTheStateCannotRecord) {
  v1::RecordTransferRequest request;
  request.set_request_id("export-0001");
  *request.mutable_record() = ExampleExport();
  request.mutable_record()->mutable_lines(0)->mutable_quantity()->set_amount(-1);
  const absl::Status negative = Refused(austria_, exporter_, "RecordTransfer", request);
  EXPECT_EQ(ReasonOf(negative), v1::REASON_FIELD_INVALID);
  EXPECT_EQ(DetailOf(negative).violations(0).field(), "record.lines[0].quantity.amount");
  *request.mutable_record() = ExampleExport();
  // Brazil's gateway keeps no export of Austria's.
  EXPECT_EQ(ReasonOf(Refused(brazil_, importer_, "RecordTransfer", request)),
            v1::REASON_FIELD_INVALID);
  EXPECT_EQ(ReasonOf(Refused(brazil_, exporter_, "RecordTransfer", request)),
            v1::REASON_STATE_MISMATCH);
  EXPECT_TRUE(austria_.Entries(v1::ENTRY_KIND_TRANSFER_RECORDED).empty());
}

TEST_F(LedgerTest, AmendsAndKeepsWhatWasAmended) {
  const v1::Transfer first = Record(austria_, exporter_, ExampleExport(), "export-0001");
  v1::AmendTransferRequest request = Amendment(first, "amend-0001");
  request.mutable_record()->mutable_lines(0)->mutable_quantity()->set_amount(11);
  const v1::Transfer second = Told<v1::Transfer>(austria_, exporter_, "AmendTransfer", request);
  EXPECT_EQ(second.revision().number(), 2);
  EXPECT_EQ(second.revision().amends(), 1);
  EXPECT_EQ(second.revision().reason(), "counted again");
  const std::string& id = first.transfer_id();
  EXPECT_EQ(Stored(austria_, exporter_, id).record().lines(0).quantity().amount(), 11);
  const v1::Transfer former = Stored(austria_, exporter_, id, 1);
  EXPECT_EQ(former.record().lines(0).quantity().amount(), 12);
  EXPECT_EQ(former.revision().newest(), 2);
}

TEST_F(LedgerTest, LetsAnAmendmentOfAnOldRevisionFail) {
  const v1::Transfer first = Record(austria_, exporter_, ExampleExport(), "export-0001");
  Told<v1::Transfer>(austria_, exporter_, "AmendTransfer", Amendment(first, "amend-0001"));
  const absl::Status stale =
      Refused(austria_, exporter_, "AmendTransfer", Amendment(first, "amend-0002"));
  EXPECT_TRUE(absl::IsAborted(stale)) << stale;
  EXPECT_EQ(ReasonOf(stale), v1::REASON_REVISION_STALE);
}

TEST_F(LedgerTest, LetsOneOfTwoAmendmentsAtOnceWin) {
  const v1::Transfer first = Record(austria_, exporter_, ExampleExport(), "export-0001");
  int amended = 0;
  int stale = 0;
  for (const char* id : {"amend-0001", "amend-0002"}) {
    austria_.Serve(
        exporter_, std::string(kTransferService) + "AmendTransfer",
        Amendment(first, id).SerializeAsString(),
        [&](const absl::StatusOr<std::string>& reply) { ++(reply.ok() ? amended : stale); });
  }
  world_.Run();
  EXPECT_EQ(amended, 1);
  EXPECT_EQ(stale, 1);
}

TEST_F(LedgerTest, VoidsForGoodAndStaysReadable) {
  const v1::Transfer first = Record(austria_, exporter_, ExampleExport(), "export-0001");
  v1::AmendTransferRequest request = Amendment(first, "amend-0001");
  request.set_amendment(v1::AMENDMENT_KIND_VOID);
  EXPECT_EQ(ReasonOf(Refused(austria_, exporter_, "AmendTransfer", request)),
            v1::REASON_FIELD_INVALID);
  request.clear_record();
  const v1::Transfer voided = Told<v1::Transfer>(austria_, exporter_, "AmendTransfer", request);
  EXPECT_FALSE(voided.has_record());
  EXPECT_TRUE(Stored(austria_, exporter_, first.transfer_id(), 1).has_record());
  v1::AmendTransferRequest again = Amendment(first, "amend-0002");
  again.set_amends_revision(2);
  EXPECT_EQ(ReasonOf(Refused(austria_, exporter_, "AmendTransfer", again)),
            v1::REASON_DOCUMENT_STATE);
}

TEST_F(LedgerTest, LetsOnlyTheAgencyThatRecordedAmend) {
  const v1::Transfer first = Record(austria_, exporter_, ExampleExport(), "export-0001");
  const Caller other = ExampleCaller("AT", "customs", Role::kRegistry);
  EXPECT_EQ(ReasonOf(Refused(austria_, other, "AmendTransfer", Amendment(first, "amend-0001"))),
            v1::REASON_STATE_MISMATCH);
  EXPECT_EQ(ReasonOf(Refused(brazil_, importer_, "AmendTransfer", Amendment(first, "amend-0001"))),
            v1::REASON_DOCUMENT_NOT_FOUND);
}

TEST_F(LedgerTest, NotesAWeaponThatStandsInAnotherConsignment) {
  v1::TransferRecord record = ExampleExport();
  *record.mutable_lines(0)->add_items() = ExamplePistol("BKE 123");
  Record(austria_, exporter_, record, "export-0001");
  record.set_consignment("AWB 2");
  *record.mutable_lines(0)->mutable_items(0) = ExamplePistol("BKE-123");
  const v1::Transfer second = Record(austria_, exporter_, record, "export-0002");
  EXPECT_TRUE(std::any_of(second.remarks().begin(), second.remarks().end(), [](const auto& one) {
    return one.kind() == v1::RECORD_REMARK_KIND_IN_ANOTHER_RECORD &&
           one.field() == "record.lines[0].items[0]";
  })) << second.ShortDebugString();
  record.set_consignment("AWB 3");
  *record.mutable_lines(0)->mutable_items(0) = ExamplePistol("BKE 123", "Taurus");
  const v1::Transfer other = Record(austria_, exporter_, record, "export-0003");
  EXPECT_TRUE(std::none_of(other.remarks().begin(), other.remarks().end(), [](const auto& one) {
    return one.kind() == v1::RECORD_REMARK_KIND_IN_ANOTHER_RECORD;
  })) << other.ShortDebugString();
}

// What is remarked of weapons that were destroyed.
std::vector<std::string> Destroyed(const v1::Transfer& transfer) {
  std::vector<std::string> texts;
  for (const v1::RecordRemark& remark : transfer.remarks()) {
    if (remark.kind() == v1::RECORD_REMARK_KIND_DESTROYED) {
      texts.push_back(remark.field() + " " + remark.text());
    }
  }
  return texts;
}

// Austria's gateway with the State's registry, in which BKE-123 was destroyed and the others are not known.
class LedgerWithRegistry : public LedgerTest {
 protected:
  LedgerWithRegistry() {
    austria_.Stop();
    world_.timers_.GoOn();
    austria_.registry_ = std::make_shared<RegistryScript>(
        [](const adapter::v1::FindRequest& asked) -> std::optional<RegistryScript::Found> {
          adapter::v1::FindResponse found;
          found.mutable_records();
          if (asked.request().item().weapon().serial_number() == "BKE-123") {
            v1::RegistryRecord& record = *found.mutable_records()->add_records();
            record.set_record_number("R-17");
            *record.mutable_firearm() = ExamplePistol("BKE 123").weapon();
            v1::LifeEvent& event = *record.add_events();
            event.set_kind(v1::LIFE_EVENT_KIND_DESTRUCTION);
            *event.mutable_date() = ExampleDate(2019, 3, 4);
          }
          return found;
        });
    austria_.Start();
    for (const char* serial : {"BKE-122", "BKE-123"}) {
      *record_.mutable_lines(0)->add_items() = ExamplePistol(serial);
    }
  }

  v1::TransferRecord record_ = ExampleExport();
};

constexpr char kSaid[] =
    "record.lines[0].items[1] was destroyed on 2019-03-04, by record R-17 of the registry";

TEST_F(LedgerWithRegistry, NotesAWeaponThatWasDestroyedAndWhatTheRegistrySaidOfIt) {
  const v1::Transfer transfer = Record(austria_, exporter_, record_, "export-0001");
  EXPECT_THAT(Destroyed(transfer), testing::ElementsAre(kSaid));
  const auto said = austria_.Entries(v1::ENTRY_KIND_HOP_ANSWERED);
  ASSERT_EQ(said.size(), 1u);
  EXPECT_EQ(said[0].first.trace_id(), transfer.transfer_id());
  adapter::v1::FindResponse verbatim;
  ASSERT_TRUE(verbatim.ParseFromString(said[0].second));
  EXPECT_EQ(verbatim.records().records(0).record_number(), "R-17");
  const auto asked = austria_.registry_->asked();
  ASSERT_EQ(asked.size(), 2u);
  EXPECT_EQ(asked[0].request().to_state(), "AT");
  EXPECT_NE(asked[0].hop_id(), asked[1].hop_id());
}

TEST_F(LedgerWithRegistry, NotesItInAnAmendmentToo) {
  v1::TransferRecord without = record_;
  without.mutable_lines(0)->mutable_items()->RemoveLast();
  const v1::Transfer first = Record(austria_, exporter_, without, "export-0001");
  EXPECT_THAT(Destroyed(first), testing::IsEmpty());
  v1::AmendTransferRequest amendment = Amendment(first, "amend-0001");
  *amendment.mutable_record() = record_;
  const auto amended = Told<v1::Transfer>(austria_, exporter_, "AmendTransfer", amendment);
  EXPECT_THAT(Destroyed(amended), testing::ElementsAre(kSaid));
}

TEST_F(LedgerWithRegistry, AsksForNothingThatItWillNotRecord) {
  v1::RecordTransferRequest request;
  request.set_request_id("export-0001");
  *request.mutable_record() = record_;
  request.mutable_record()->mutable_lines(0)->mutable_quantity()->set_amount(-1);
  EXPECT_FALSE(Refused(austria_, exporter_, "RecordTransfer", request).ok());
  EXPECT_THAT(austria_.registry_->asked(), testing::IsEmpty());
}

TEST_F(LedgerWithRegistry, RecordsWithoutWaitingLongForIt) {
  austria_.registry_->Plays([](const auto&) { return std::nullopt; });
  v1::RecordTransferRequest request;
  request.set_request_id("export-0001");
  *request.mutable_record() = record_;
  const auto told = austria_.Call(exporter_, "RecordTransfer", request);
  EXPECT_FALSE(told->has_value());
  world_.Pass(absl::Seconds(2));
  ASSERT_TRUE(told->has_value());
  EXPECT_TRUE((*told)->ok()) << (*told)->status();
  EXPECT_EQ(austria_.registry_->asked().size(), 1u) << "who does not answer is not asked on";
}

TEST_F(LedgerWithRegistry, AsksNoFurtherWhereItCannotBeAsked) {
  austria_.registry_->Plays(
      [](const auto&) { return Failure(v1::REASON_REGISTRY_UNAVAILABLE, "the registry is away"); });
  EXPECT_THAT(Destroyed(Record(austria_, exporter_, record_, "export-0001")), testing::IsEmpty());
  EXPECT_EQ(austria_.registry_->asked().size(), 1u);
}

TEST_F(LedgerTest, NotesAWeaponThatATraceWasToldWasDestroyed) {
  v1::Trace trace;
  trace.set_trace_id("01TRACE");
  *trace.mutable_request()->mutable_item() = ExamplePistol("BKE 123");
  v1::Hop& hop = *trace.add_hops();
  hop.set_to_state("AT");
  v1::Candidate& candidate = *hop.mutable_answer()->add_candidates();
  v1::LifeEvent& event = *candidate.mutable_record()->add_events();
  event.set_kind(v1::LIFE_EVENT_KIND_DESTRUCTION);
  *event.mutable_date() = ExampleDate(2019, 3, 4);
  const auto keep = [&] {
    WriteBatch batch;
    TraceRow& row = batch.traces.emplace_back();
    row.trace_id = trace.trace_id();
    row.agency = "AT/bundeskriminalamt";
    row.request_id = "trace-0001";
    row.asking_state = "AT";
    row.serial_number = "BKE123";
    row.body = trace.SerializeAsString();
    ASSERT_TRUE(austria_.store_.Commit(batch).ok());
  };
  keep();
  v1::TransferRecord record = ExampleExport();
  *record.mutable_lines(0)->add_items() = ExamplePistol("BKE-124");
  *record.mutable_lines(0)->add_items() = ExamplePistol("BKE-123");
  EXPECT_THAT(Destroyed(Record(austria_, exporter_, record, "export-0001")),
              testing::ElementsAre("record.lines[0].items[1] was destroyed on 2019-03-04, by the "
                                   "record that trace 01TRACE was told of"));
  // What is not certain, and what another State's registry says, is not held against it.
  candidate.set_needs_confirmation(true);
  keep();
  EXPECT_THAT(Destroyed(Record(austria_, exporter_, record, "export-0002")), testing::IsEmpty());
  candidate.set_needs_confirmation(false);
  hop.set_to_state("DE");
  keep();
  EXPECT_THAT(Destroyed(Record(austria_, exporter_, record, "export-0003")), testing::IsEmpty());
}

TEST_F(LedgerTest, ListsByEachFilterAndPages) {
  for (int i = 0; i < 5; ++i) {
    v1::TransferRecord record = ExampleExport();
    record.set_consignment("AWB " + std::to_string(i));
    *record.mutable_date() = ExampleDate(2020 + i, 5);
    *record.mutable_lines(0)->add_items() = ExamplePistol("KX 10" + std::to_string(i));
    Record(austria_, exporter_, record, "export-000" + std::to_string(i));
    world_.Pass(absl::Seconds(1));
  }
  const auto listed = [&](v1::ListTransfersRequest request) {
    const auto page = austria_.transfers_->stored().List(auditor_, request, world_.timers_.Now());
    EXPECT_TRUE(page.ok()) << page.status();
    return page.ok() ? *page : v1::ListTransfersResponse();
  };
  v1::ListTransfersRequest all;
  EXPECT_EQ(listed(all).transfers_size(), 5);
  EXPECT_EQ(listed(all).transfers(0).record().consignment(), "AWB 4");  // newest first
  v1::ListTransfersRequest dated;
  *dated.mutable_from_date() = ExampleDate(2021);
  *dated.mutable_to_date() = ExampleDate(2022);
  EXPECT_EQ(listed(dated).transfers_size(), 2);
  *dated.mutable_from_date() = ExampleDate(2022, 5, 20);
  EXPECT_EQ(listed(dated).transfers_size(), 1);  // of which only the month is known
  *dated.mutable_from_date() = ExampleDate(2022, 6, 1);
  EXPECT_EQ(listed(dated).transfers_size(), 0);
  v1::ListTransfersRequest numbered;
  numbered.set_serial_number("KX102");
  EXPECT_EQ(listed(numbered).transfers_size(), 1);
  v1::ListTransfersRequest consigned;
  consigned.set_consignment("AWB 3");
  EXPECT_EQ(listed(consigned).transfers_size(), 1);
  v1::ListTransfersRequest licensed;
  licensed.set_authorisation_number("AT-77");
  EXPECT_EQ(listed(licensed).transfers_size(), 5);
  licensed.set_authorisation_number("AT-78");
  EXPECT_EQ(listed(licensed).transfers_size(), 0);
  v1::ListTransfersRequest overdue;
  overdue.set_delivery_overdue(true);
  EXPECT_EQ(listed(overdue).transfers_size(), 5);
  v1::ListTransfersRequest paged;
  paged.set_page_size(2);
  int seen = 0;
  for (int page = 0; page < 3; ++page) {
    const auto response = listed(paged);
    seen += response.transfers_size();
    paged.set_page_token(response.next_page_token());
  }
  EXPECT_EQ(seen, 5);
  EXPECT_TRUE(paged.page_token().empty());
  paged.set_page_token("bm90IGEgdG9rZW4");
  EXPECT_EQ(
      ReasonOf(austria_.transfers_->stored().List(auditor_, paged, world_.timers_.Now()).status()),
      v1::REASON_PAGE_TOKEN_INVALID);
  EXPECT_EQ(listed(all).transfers_size(), 5);
  const auto foreign = austria_.transfers_->stored().List(importer_, all, world_.timers_.Now());
  EXPECT_EQ(foreign->transfers_size(), 0);
}

}  // namespace
}  // namespace tracegate
