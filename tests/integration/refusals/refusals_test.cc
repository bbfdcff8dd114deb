#include <gtest/gtest.h>

#include <string>

#include "protos/tracegate/failure.h"
#include "tests/bench/loopback_fixture.h"
#include "tests/gateway/identity/minted_pki.h"
#include "tracegate/v1/trace.pb.h"
#include "tracegate/v1/transfer.pb.h"

namespace tracegate {
namespace {

constexpr char kCreate[] = "/tracegate.v1.TraceService/CreateTrace";

v1::CreateTraceRequest SoundRequest(const std::string& id) {
  v1::CreateTraceRequest create;
  create.set_request_id(id);
  v1::TraceRequest& request = *create.mutable_request();
  v1::Firearm& weapon = *request.mutable_item()->mutable_weapon();
  weapon.set_serial_number("TKW48213");
  weapon.mutable_manufacturer()->set_verbatim("Taurus");
  request.add_grounds(v1::ILLICIT_GROUND_NATIONAL_LAW);
  request.set_legal_justification("Lei 10.826/2003");
  request.mutable_recovery()->set_kind(v1::RECOVERY_KIND_SEIZED);
  request.mutable_recovery()->set_state("BR");
  request.set_intended_use(v1::INTENDED_USE_CRIMINAL_INVESTIGATION);
  request.set_confidentiality(v1::CONFIDENTIALITY_GUARANTEE_GIVEN);
  return create;
}

// A whole gateway whose registry file is missing; each test gives it something wrong.
class Refusals : public LoopbackFixture {
 protected:
  absl::Status Send(const Credential& caller, const std::string& method, const std::string& bytes,
                    absl::Duration timeout = absl::Seconds(20)) {
    GatewayClient client(gateway_->ClientOptions(caller));
    return client.CallRaw(method, bytes, timeout).status();
  }

  absl::Status Create(const v1::CreateTraceRequest& request) {
    return Send(gateway_->officer(), kCreate, request.SerializeAsString());
  }

  void ExpectRefused(const absl::Status& status, v1::Reason reason, const std::string& field = "") {
    const v1::FailureDetail detail = DetailOf(status);
    EXPECT_EQ(ReasonName(detail.reason()), ReasonName(reason)) << status;
    EXPECT_EQ(status.code(), CodeOf(reason)) << status;
    if (!field.empty()) {
      ASSERT_GT(detail.violations_size(), 0) << status;
      EXPECT_EQ(detail.violations(0).field(), field);
    }
    EXPECT_TRUE(StillServes()) << "after " << status;
    EXPECT_EQ(LastRefusal(), ReasonName(reason));
  }

  bool StillServes() {
    GatewayClient client(gateway_->ClientOptions(gateway_->officer()));
    return client.CallRaw("/grpc.health.v1.Health/Check", "", absl::Seconds(20)).ok();
  }

  // The reason of the newest CALL_REFUSED in the log.
  std::string LastRefusal() {
    GatewayClient client(gateway_->ClientOptions(gateway_->officer()));
    v1::ListEntriesRequest request;
    request.set_newest_first(true);
    request.add_kinds(v1::ENTRY_KIND_CALL_REFUSED);
    auto list = client.Call<v1::ListEntriesResponse>("/tracegate.v1.EvidenceService/ListEntries",
                                                     request, absl::Seconds(20));
    if (!list.ok() || list->entries().empty()) return "(none)";
    return list->entries(0).parsed_header().reason();
  }
};

TEST_F(Refusals, CallerWithoutCertificateLearnsWhy) {
  ExpectRefused(Send({}, kCreate, SoundRequest("refusal-0001").SerializeAsString()),
                v1::REASON_CERTIFICATE_MISSING);
}

TEST_F(Refusals, CertificateOfAStrangersRootIsUntrusted) {
  const Minted stranger = Minted::Root("BR");
  const Minted leaf = stranger.Leaf("spiffe://br.example/registry-office/registry");
  ExpectRefused(Send({leaf.pem(), leaf.key_pem()}, kCreate, ""), v1::REASON_CERTIFICATE_UNTRUSTED);
}

TEST_F(Refusals, RoleWithoutARowIsDenied) {
  ExpectRefused(Send(gateway_->peer(), "/tracegate.v1.TraceService/ListTraces", ""),
                v1::REASON_ROLE_NOT_ALLOWED);
}

TEST_F(Refusals, UnknownMethodIsRecorded) {
  ExpectRefused(Send(gateway_->officer(), "/tracegate.v1.TraceService/DropEverything", ""),
                v1::REASON_METHOD_UNKNOWN);
  ExpectRefused(Send(gateway_->officer(), "/no.such.Service/Call", ""), v1::REASON_METHOD_UNKNOWN);
}

TEST_F(Refusals, MethodOfTheContractThatIsNotServedIsRecorded) {
  // This gateway is nobody's witness.
  ExpectRefused(Send(gateway_->peer(), "/tracegate.v1.EvidenceService/AddCheckpoint", ""),
                v1::REASON_METHOD_UNKNOWN);
}

TEST_F(Refusals, OversizeMessageIsRefusedWithItsSize) {
  ExpectRefused(Send(gateway_->officer(), kCreate, std::string((1 << 20) + 1, 'x')),
                v1::REASON_MESSAGE_TOO_LARGE);
}

TEST_F(Refusals, MessageFarBeyondTheBoundEndsTheCallOnly) {
  const auto status = Send(gateway_->officer(), kCreate, std::string(5 << 20, 'x'));
  EXPECT_EQ(status.code(), absl::StatusCode::kResourceExhausted) << status;
  EXPECT_TRUE(StillServes());
}

TEST_F(Refusals, BytesThatAreNoMessageAreMalformed) {
  ExpectRefused(Send(gateway_->officer(), kCreate, "\xff\xff\xff"), v1::REASON_MALFORMED_MESSAGE);
}

TEST_F(Refusals, TextThatIsNotUtf8NamesItsField) {
  auto create = SoundRequest("refusal-utf8");
  create.mutable_request()->mutable_item()->mutable_weapon()->add_marks()->set_text("A");
  auto* mark = create.mutable_request()->mutable_item()->mutable_weapon()->add_marks();
  mark->set_text("good");
  std::string bytes = create.SerializeAsString();
  bytes.replace(bytes.find("good"), 4, "\xc3\x28\xa0\xa1");
  ExpectRefused(Send(gateway_->officer(), kCreate, bytes), v1::REASON_MALFORMED_MESSAGE,
                "request.item.weapon.marks[1].text");
}

TEST_F(Refusals, UnknownEnumValueNamesItsField) {
  auto create = SoundRequest("refusal-enum");
  create.mutable_request()->set_urgency(static_cast<v1::Urgency>(77));
  ExpectRefused(Create(create), v1::REASON_ENUM_UNKNOWN, "request.urgency");
}

TEST_F(Refusals, SerialOfTenKilobytesNamesItsField) {
  auto create = SoundRequest("refusal-long");
  create.mutable_request()->mutable_item()->mutable_weapon()->set_serial_number(
      std::string(10240, '7'));
  ExpectRefused(Create(create), v1::REASON_FIELD_TOO_LONG, "request.item.weapon.serial_number");
}

TEST_F(Refusals, RequestWithoutALegalReasonNamesTheField) {
  auto create = SoundRequest("refusal-law");
  create.mutable_request()->clear_legal_justification();
  ExpectRefused(Create(create), v1::REASON_FIELD_REQUIRED, "request.legal_justification");
}

TEST_F(Refusals, OfficerCannotAskInAnotherStatesName) {
  auto create = SoundRequest("refusal-state");
  create.mutable_request()->mutable_requesting_agency()->set_state("PT");
  ExpectRefused(Create(create), v1::REASON_STATE_MISMATCH, "request.requesting_agency.state");
}

TEST_F(Refusals, PeerWithoutAnAgreementForTheUseIsRefused) {
  auto create = SoundRequest("refusal-agreement");
  v1::TraceRequest& request = *create.mutable_request();
  request.mutable_requesting_agency()->set_state("PT");
  request.mutable_requesting_agency()->set_name("registry-office");
  request.mutable_recovery()->set_state("PT");
  request.set_to_state("BR");
  request.set_intended_use(v1::INTENDED_USE_PROSECUTION);
  ExpectRefused(Send(gateway_->peer(), kCreate, create.SerializeAsString()),
                v1::REASON_NO_AGREEMENT);
}

TEST_F(Refusals, DeadlineInThePastHurtsNobodyElse) {
  const auto status = Send(gateway_->officer(), kCreate,
                           SoundRequest("refusal-late").SerializeAsString(), -absl::Seconds(5));
  EXPECT_EQ(status.code(), absl::StatusCode::kDeadlineExceeded) << status;
  EXPECT_TRUE(StillServes());
}

TEST_F(Refusals, MissingRegistryKeepsTheTraceAndSaysWhatItWaitsFor) {
  GatewayClient client(gateway_->ClientOptions(gateway_->officer()));
  auto trace =
      client.Call<v1::Trace>(kCreate, SoundRequest("waits-for-registry"), absl::Seconds(2));
  ASSERT_TRUE(trace.ok()) << trace.status();
  EXPECT_EQ(trace->state(), v1::TRACE_STATE_IN_PROGRESS);
  ASSERT_EQ(trace->hops_size(), 1);
  EXPECT_EQ(trace->hops(0).state(), v1::HOP_STATE_WAITING);
  EXPECT_EQ(trace->hops(0).failure().reason(), v1::REASON_REGISTRY_UNAVAILABLE);
  EXPECT_TRUE(trace->has_receipt());
}

TEST_F(Refusals, SameIdWithAnotherBodyIsRefused) {
  GatewayClient client(gateway_->ClientOptions(gateway_->officer()));
  ASSERT_TRUE(client.Call<v1::Trace>(kCreate, SoundRequest("twice-0001"), absl::Seconds(2)).ok());
  auto other = SoundRequest("twice-0001");
  other.mutable_request()->mutable_item()->mutable_weapon()->set_serial_number("TKW48214");
  ExpectRefused(Create(other), v1::REASON_REQUEST_ID_REUSED, "request_id");
}

TEST_F(Refusals, LogOfAnotherStateIsNotRead) {
  // The peer's role may not; an officer of another State would need its own State's gateway.
  ExpectRefused(Send(gateway_->peer(), "/tracegate.v1.EvidenceService/ListEntries", ""),
                v1::REASON_ROLE_NOT_ALLOWED);
}

}  // namespace
}  // namespace tracegate
