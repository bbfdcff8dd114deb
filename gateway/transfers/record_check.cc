#include "gateway/transfers/record_check.h"

#include <string>

#include "adapters/marking/states.h"
#include "gateway/transfers/authorisation_status.h"
#include "gateway/transfers/field_check.h"
#include "gateway/transfers/line_check.h"
#include "protos/tracegate/violations.h"

namespace tracegate {
namespace {

constexpr int kDepartureYearsAheadMax = 10;

void CheckOrigin(const v1::TransferStates& states, Violations* out) {
  for (int i = 0; i < states.origin_size(); ++i) {
    const v1::Country& origin = states.origin(i);
    const std::string at = At("states.origin", i);
    out->Require(!origin.iso_code().empty() || !origin.verbatim().empty(), at + ".iso_code",
                 "name the State of origin, or leave it out");
    out->Refuse(
        !origin.iso_code().empty() && StateCatalogue::Standard().Find(origin.iso_code()) == nullptr,
        at + ".iso_code",
        "is no State's code: ISO 3166-1 alpha-2, or ISO 3166-3 alpha-4 of a former State");
  }
}

void CheckTransferStates(const v1::TransferRecord& record, Violations* out) {
  const v1::TransferStates& states = record.states();
  const v1::TransferKind kind = record.kind();
  out->Require(!states.exporting().empty(), "states.exporting", "name the exporting State");
  out->Require(kind != v1::TRANSFER_KIND_IMPORT || !states.importing().empty(), "states.importing",
               "an import names the importing State");
  out->Require(kind != v1::TRANSFER_KIND_TRANSIT || !states.transit().empty(), "states.transit",
               "a transit names the State of transit");
  out->Require(kind != v1::TRANSFER_KIND_TRANS_SHIPMENT || !states.trans_shipment().empty(),
               "states.trans_shipment", "a trans-shipment names the State where it takes place");
  CheckStates(states.exporting(), "states.exporting", out);
  CheckStates(states.importing(), "states.importing", out);
  CheckStates(states.transit(), "states.transit", out);
  CheckStates(states.trans_shipment(), "states.trans_shipment", out);
  CheckState(states.final_destination(), "states.final_destination", out);
  CheckOrigin(states, out);
}

void CheckAuthorisation(const v1::TransferRecord& record, absl::CivilDay today, Violations* out) {
  const v1::Authorisation& licence = record.authorisation();
  const v1::AuthorisationStatus status = licence.status();
  const std::string at = "authorisation.";
  out->Require(!licence.number().empty(), at + "number", "give the number of the licence");
  out->Require(!licence.issuing_state().empty(), at + "issuing_state", "name the issuing State");
  CheckState(licence.issuing_state(), at + "issuing_state", out);
  out->Refuse(
      licence.has_issuing_agency() && licence.issuing_agency().state() != licence.issuing_state(),
      at + "issuing_agency.state", "is not the issuing State");
  out->Require(status != v1::AUTHORISATION_STATUS_UNSPECIFIED, at + "status",
               "say whether it is pending, granted, denied, ...");
  out->Require(!WasGranted(status) || licence.issue_date().year() != 0, at + "issue_date",
               "a licence that was granted has a date of issue");
  CheckValidity(licence.issue_date(), licence.expiry_date(), today, at, out);
  out->Refuse(record.basis() == v1::TRANSFER_BASIS_ACTUAL && !WasGranted(status) &&
                  status != v1::AUTHORISATION_STATUS_UNSPECIFIED,
              at + "status",
              "a transfer that took place cannot be under a licence that was never granted; "
              "leave the licence out if there was none");
}

void CheckClearances(const v1::TransferRecord& record, absl::CivilDay today, Violations* out) {
  for (int i = 0; i < record.clearances_size(); ++i) {
    const v1::Clearance& clearance = record.clearances(i);
    const std::string at = At("clearances", i) + ".";
    out->Require(clearance.kind() != v1::CLEARANCE_KIND_UNSPECIFIED, at + "kind",
                 "say whether it is an import licence or a transit State's no-objection");
    out->Require(!clearance.state().empty(), at + "state", "name the State that gave it");
    CheckState(clearance.state(), at + "state", out);
    out->Require(!clearance.reference().empty() || clearance.tacit(), at + "reference",
                 "give the number of the licence or letter, unless silence counted as leave");
    CheckValidity(clearance.issue_date(), clearance.expiry_date(), today, at, out);
  }
}

void CheckAssessment(const v1::TransferRecord& record, absl::CivilDay today, Violations* out) {
  const v1::ExportAssessment& assessment = record.assessment();
  out->Refuse(record.kind() != v1::TRANSFER_KIND_EXPORT, "assessment",
              "is of exports alone (ATT 7)");
  out->Require(assessment.conclusion() != v1::ASSESSMENT_CONCLUSION_UNSPECIFIED,
               "assessment.conclusion", "say what the assessment came to");
  out->Require(assessment.date().year() != 0, "assessment.date", "say when it was made");
  CheckDate(assessment.date(), today + 1, "assessment.date", out);
  uint32_t weighed = 0;
  for (int i = 0; i < assessment.risks_size(); ++i) {
    const v1::AssessedRisk& risk = assessment.risks(i);
    const std::string at = At("assessment.risks", i) + ".";
    out->Require(risk.risk() != v1::ASSESSMENT_RISK_UNSPECIFIED, at + "risk", "name the risk");
    out->Require(risk.level() != v1::RISK_LEVEL_UNSPECIFIED, at + "level",
                 "say how high it is after the measures");
    const uint32_t bit = v1::AssessmentRisk_IsValid(risk.risk()) ? 1u << risk.risk() : 0;
    out->Refuse(risk.risk() != v1::ASSESSMENT_RISK_UNSPECIFIED && (weighed & bit) != 0, at + "risk",
                "is weighed already");
    weighed |= bit;
  }
}

void CheckRecordParties(const v1::TransferRecord& record, Violations* out) {
  CheckParty(record.exporter(), "exporter", out);
  CheckParty(record.importer(), "importer", out);
  CheckParty(record.consignee(), "consignee", out);
  CheckParty(record.final_recipient(), "final_recipient", out);
  CheckParties(record.end_users(), "end_users", out);
  CheckParties(record.brokers(), "brokers", out);
  CheckParties(record.carriers(), "carriers", out);
}

void CheckDates(const v1::TransferRecord& record, absl::CivilDay today, Violations* out) {
  out->Require(record.date().year() != 0, "date",
               "say when it was issued, applied for or moved; the year at least");
  // What was applied for, issued or moved was so by today; a day ahead, for where the sun rises first.
  CheckDate(record.date(), today + 1, "date", out);
  const bool planned = record.basis() == v1::TRANSFER_BASIS_AUTHORISED;
  CheckDate(record.departure_date(),
            planned ? absl::CivilDay(today.year() + kDepartureYearsAheadMax, 12, 31) : today + 1,
            "departure_date", out);
}

}  // namespace

absl::Status CheckTransferRecord(const v1::TransferRecord& record, absl::CivilDay today) {
  Violations out("record.");
  out.Require(record.basis() != v1::TRANSFER_BASIS_UNSPECIFIED, "basis",
              "say whether it is AUTHORISED or ACTUAL");
  out.Require(record.kind() != v1::TRANSFER_KIND_UNSPECIFIED, "kind",
              "say whether it is an export, import, transit, trans-shipment or brokering");
  CheckDates(record, today, &out);
  CheckTransferStates(record, &out);
  CheckLines(record, &out);
  const bool authorised = record.basis() == v1::TRANSFER_BASIS_AUTHORISED;
  out.Require(!authorised || record.has_authorisation(), "authorisation",
              "an authorised transfer names its licence or application");
  if (record.has_authorisation()) CheckAuthorisation(record, today, &out);
  CheckClearances(record, today, &out);
  CheckRecordParties(record, &out);
  if (record.has_assessment()) CheckAssessment(record, today, &out);
  return out.status();
}

}  // namespace tracegate
