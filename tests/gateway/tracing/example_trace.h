#ifndef TRACEGATE_TESTS_GATEWAY_TRACING_EXAMPLE_TRACE_H_
#define TRACEGATE_TESTS_GATEWAY_TRACING_EXAMPLE_TRACE_H_

#include <string>

#include "gateway/identity/caller.h"
#include "tracegate/adapter/v1/registry_adapter.pb.h"
#include "tracegate/v1/trace.pb.h"

namespace tracegate {

// An officer's complete request: an Austrian pistol, seized in that State.
inline v1::TraceRequest ExampleRequest(const std::string& state = "BR") {
  v1::TraceRequest request;
  v1::Firearm* weapon = request.mutable_item()->mutable_weapon();
  weapon->set_serial_number("ABC123");
  weapon->mutable_manufacturer()->set_verbatim("Glock");
  weapon->mutable_calibre()->set_verbatim("9x19");
  weapon->mutable_country_of_manufacture()->set_iso_code("AT");
  request.add_grounds(v1::ILLICIT_GROUND_NATIONAL_LAW);
  request.set_legal_justification("Law 10.826/2003, article 16");
  request.mutable_recovery()->set_kind(v1::RECOVERY_KIND_SEIZED);
  request.mutable_recovery()->set_state(state);
  request.set_intended_use(v1::INTENDED_USE_CRIMINAL_INVESTIGATION);
  request.set_confidentiality(v1::CONFIDENTIALITY_GUARANTEE_GIVEN);
  return request;
}

// A record of that same pistol.
inline v1::RegistryRecord ExampleRecord(const std::string& number = "R-1") {
  v1::RegistryRecord record;
  record.set_record_number(number);
  record.mutable_firearm()->set_serial_number("ABC123");
  record.mutable_firearm()->mutable_manufacturer()->set_verbatim("Glock");
  record.mutable_firearm()->mutable_calibre()->set_verbatim("9x19");
  return record;
}

inline adapter::v1::FindResponse RecordsOf(const v1::RegistryRecord& record) {
  adapter::v1::FindResponse found;
  *found.mutable_records()->add_records() = record;
  return found;
}

// What a registry without such a record finds.
inline adapter::v1::FindResponse NoRecords() {
  adapter::v1::FindResponse found;
  found.mutable_records();
  return found;
}

// An authority's own answer.
inline adapter::v1::FindResponse AnswerOf(v1::Outcome outcome, const std::string& next_state = "") {
  adapter::v1::FindResponse found;
  found.mutable_answer()->mutable_answer()->set_outcome(outcome);
  found.mutable_answer()->mutable_answer()->set_next_state(next_state);
  found.mutable_answer()->set_verbatim("as it came");
  found.mutable_answer()->set_remote_trace_id("REMOTE");
  return found;
}

inline Caller ExampleCaller(const std::string& state, const std::string& agency, Role role) {
  Caller caller;
  caller.state = state;
  caller.agency = agency;
  caller.role = role;
  caller.spiffe_id = "spiffe://" + state + ".example/" + agency + "/" + std::string(RoleName(role));
  caller.not_after = absl::InfiniteFuture();
  return caller;
}

}  // namespace tracegate

#endif  // TRACEGATE_TESTS_GATEWAY_TRACING_EXAMPLE_TRACE_H_
