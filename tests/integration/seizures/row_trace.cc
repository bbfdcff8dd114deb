#include "tests/integration/seizures/row_trace.h"

#include <string_view>

#include "adapters/marking/serial.h"
#include "gateway/evidence/receipt_check.h"
#include "protos/tracegate/failure.h"
#include "tests/integration/seizures/seizure_registry.h"

namespace tracegate {
namespace {

constexpr char kCheck[] = "/tracegate.v1.TraceService/CheckTrace";
constexpr char kCreate[] = "/tracegate.v1.TraceService/CreateTrace";
constexpr absl::Duration kTimeout = absl::Seconds(60);

v1::TraceRequest RequestOf(const Seizure& seizure) {
  v1::TraceRequest request;
  *request.mutable_item()->mutable_weapon() = WeaponOf(seizure);
  request.add_grounds(v1::ILLICIT_GROUND_NATIONAL_LAW);
  request.set_legal_justification("Lei 10.826/2003");
  request.mutable_recovery()->set_kind(v1::RECOVERY_KIND_SEIZED);
  request.mutable_recovery()->set_state("BR");
  request.mutable_recovery()->mutable_date()->set_year(std::stoi(seizure.year));
  request.set_intended_use(v1::INTENDED_USE_CRIMINAL_INVESTIGATION);
  request.set_confidentiality(v1::CONFIDENTIALITY_GUARANTEE_GIVEN);
  return request;
}

// As the registry's folded expression has it: what separates is dropped, all else counts.
std::string Folded(std::string_view text) {
  std::string folded;
  for (const char c : text) {
    if (c == '-' || c == ' ' || c == '.' || c == '/') continue;
    folded += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  }
  return folded;
}

void TakeRemarks(const v1::CheckTraceResponse& response, RowTrace* row) {
  row->passes = response.passes();
  for (const v1::MarkRemark& remark : response.remarks()) {
    const bool error = remark.severity() == v1::REMARK_SEVERITY_ERROR;
    (error ? row->errors : row->other_remarks).insert(remark.kind());
  }
  const SerialReading serial = ReadSerialOf(response.item());
  row->one_number = serial.numbers.size() == 1 && !serial.key.empty() && serial.unread == 0 &&
                    !serial.length_unknown;
  row->bare = row->one_number && Folded(serial.verbatim) == serial.key;
}

void TakeAnswer(const v1::Trace& trace, const std::string& record_number, RowTrace* row) {
  row->traced = true;
  for (const v1::Hop& hop : trace.hops()) {
    if (hop.to_state() != "BR") continue;
    if (!hop.has_answer())
      row->fault = "the own registry did not answer: " + hop.failure().message();
    row->outcome = hop.answer().outcome();
    row->candidates = hop.answer().candidates_size();
    row->more_candidates = hop.answer().more_candidates();
    for (const v1::Candidate& candidate : hop.answer().candidates()) {
      if (candidate.record().record_number() == record_number) row->own_grade = candidate.grade();
    }
    return;
  }
  row->fault = "the own registry was not asked";
}

}  // namespace

std::string RequestIdOf(size_t index) { return "seizure-" + std::to_string(index + 1); }

RowTrace RunRow(GatewayClient& client, const Seizure& seizure, size_t index,
                const std::string& verifier_key) {
  RowTrace row;
  v1::CheckTraceRequest check;
  *check.mutable_request() = RequestOf(seizure);
  const auto checked = client.Call<v1::CheckTraceResponse>(kCheck, check, kTimeout);
  if (!checked.ok()) {
    row.fault = "CheckTrace: " + checked.status().ToString();
    return row;
  }
  TakeRemarks(*checked, &row);

  v1::CreateTraceRequest create;
  create.set_request_id(RequestIdOf(index));
  *create.mutable_request() = check.request();
  const auto reply = client.CallRaw(kCreate, create.SerializeAsString(), kTimeout);
  if (!reply.ok()) {
    const bool gate = DetailOf(reply.status()).reason() == v1::REASON_QUALITY_GATE;
    if (!gate) row.fault = "CreateTrace: " + reply.status().ToString();
    if (gate && row.passes) row.fault = "refused by the gate that CheckTrace said it passes";
    return row;
  }
  v1::Trace trace;
  if (!trace.ParseFromString(*reply)) {
    row.fault = "CreateTrace: the reply cannot be read";
    return row;
  }
  TakeAnswer(trace, std::to_string(index + 1), &row);
  if (!row.passes) row.fault = "passed the gate that CheckTrace said it does not";
  if (trace.request_id() != create.request_id()) row.fault = "another request's reply";
  if (!verifier_key.empty()) {
    const absl::Status verified = VerifyReply(*reply, verifier_key);
    if (!verified.ok()) row.fault = "receipt: " + verified.ToString();
  }
  return row;
}

}  // namespace tracegate
