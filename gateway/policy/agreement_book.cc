#include "gateway/policy/agreement_book.h"

#include <utility>

#include "gateway/policy/cross_check_agreement.h"
#include "gateway/policy/disclosure.h"
#include "gateway/policy/handling.h"
#include "gateway/policy/legal_basis.h"
#include "protos/tracegate/failure.h"
#include "protos/tracegate/state_code.h"
#include "tracegate/v1/registry_record.pb.h"
#include "tracegate/v1/transfer.pb.h"

namespace tracegate {
namespace {

using config::v1::Agreement;

absl::Status Invalid(const std::string& field, std::string_view message) {
  return FieldFailure(v1::REASON_CONFIG_INVALID, field, message);
}

absl::StatusOr<absl::CivilDay> Day(const std::string& text, const std::string& field) {
  absl::CivilDay day;
  if (!absl::ParseCivilTime(text, &day)) {
    return Invalid(field, "'" + text + "' is not a day; write YYYY-MM-DD");
  }
  return day;
}

// One of these letters or digits, or nothing.
bool IsOneOf(std::string_view grade, std::string_view grades) {
  return grade.empty() || (grade.size() == 1 && grades.find(grade[0]) != std::string_view::npos);
}

absl::Status CheckHandling(const Agreement& agreement, const std::string& at) {
  for (const int code : agreement.handling()) {
    if (code == v1::HANDLING_CODE_H3 && agreement.restrictions().empty()) {
      return Invalid(at + ".restrictions", "H3 needs the restriction in words");
    }
  }
  if (!IsOneOf(agreement.source_evaluation(), "ABCX")) {
    return Invalid(at + ".source_evaluation", "must be A, B, C or X");
  }
  if (!IsOneOf(agreement.information_evaluation(), "1234")) {
    return Invalid(at + ".information_evaluation", "must be 1, 2, 3 or 4");
  }
  for (int i = 0; i < agreement.recipients_size(); ++i) {
    if (IsRecipient(agreement.recipients(i))) continue;
    return Invalid(at + ".recipients[" + std::to_string(i) + "]",
                   "'" + agreement.recipients(i) +
                       "' is neither a State such as BR nor an agency such as BR/policia-federal");
  }
  if (agreement.quota().per_minute() < 0) {
    return Invalid(at + ".quota.per_minute", "must be a number of questions; 0: no such bound");
  }
  if (agreement.quota().per_day() < 0) {
    return Invalid(at + ".quota.per_day", "must be a number of questions; 0: no such bound");
  }
  return absl::OkStatus();
}

absl::Status CheckTargets(const Agreement& agreement, const std::string& at) {
  if (agreement.has_acknowledge_within() && agreement.acknowledge_within().seconds() < 1)
    return Invalid(at + ".acknowledge_within", "is less than a second");
  if (agreement.has_answer_within() && agreement.answer_within().seconds() < 1)
    return Invalid(at + ".answer_within", "is less than a second");
  return absl::OkStatus();
}

template <typename Message>
absl::Status CheckPaths(const google::protobuf::RepeatedPtrField<std::string>& paths,
                        const std::string& at) {
  const auto& type = *Message::descriptor();
  for (int i = 0; i < paths.size(); ++i) {
    if (IsDisclosurePath(type, paths[i])) continue;
    return Invalid(at + "[" + std::to_string(i) + "]",
                   "'" + paths[i] + "' is not a field of " + type.name());
  }
  return absl::OkStatus();
}

absl::Status CheckTransferSharing(const Agreement& agreement, const std::string& at) {
  if (!agreement.has_transfers()) return absl::OkStatus();
  const LegalBasisRow* basis = FindLegalBasis(agreement.legal_basis());
  if (basis == nullptr || !basis->covers_transfers) {
    return Invalid(at,
                   "the legal basis does not cover transfers; those that do: ATT_7_6, ATT_8_1, "
                   "ATT_8_3, ATT_11, FIREARMS_PROTOCOL_10, BILATERAL");
  }
  const config::v1::TransferSharing& sharing = agreement.transfers();
  absl::Status status = CheckPaths<v1::TransferRecord>(sharing.record(), at + ".record");
  if (status.ok()) {
    status = CheckPaths<v1::EndUseAnswer>(sharing.end_use_answer(), at + ".end_use_answer");
  }
  if (status.ok()) status = CheckPaths<v1::Diversion>(sharing.diversion(), at + ".diversion");
  if (!status.ok()) return status;
  for (int i = 0; i < sharing.record_size(); ++i) {
    // Why a State permitted an export is its own affair.
    if (sharing.record(i).rfind("assessment", 0) != 0) continue;
    return Invalid(at + ".record[" + std::to_string(i) + "]", "an assessment is never disclosed");
  }
  return absl::OkStatus();
}

absl::Status CheckAgreement(const Agreement& agreement, const std::string& at) {
  if (agreement.id().empty()) return Invalid(at + ".id", "is required");
  for (const auto& [key, state] : {std::pair{"asking_state", agreement.asking_state()},
                                   std::pair{"answering_state", agreement.answering_state()}}) {
    if (!IsStateCode(state)) {
      return Invalid(at + "." + key, "'" + state + "' is not an ISO 3166-1 alpha-2 code");
    }
  }
  if (agreement.legal_basis() == v1::LEGAL_BASIS_UNSPECIFIED) {
    return Invalid(at + ".legal_basis", "is required");
  }
  if (agreement.purposes().empty()) return Invalid(at + ".purposes", "at least one is required");
  if (agreement.disclose().empty() && !agreement.has_transfers()) {
    return Invalid(at + ".disclose", "at least one field is required; without it nothing is told");
  }
  if (auto status = CheckPaths<v1::RegistryRecord>(agreement.disclose(), at + ".disclose");
      !status.ok()) {
    return status;
  }
  if (auto status = CheckTransferSharing(agreement, at + ".transfers"); !status.ok()) return status;
  if (auto status = CheckTargets(agreement, at); !status.ok()) return status;
  return CheckHandling(agreement, at);
}

bool Names(const Agreement& agreement, v1::IntendedUse use) {
  for (const int purpose : agreement.purposes()) {
    if (purpose == use) return true;
  }
  return false;
}

}  // namespace

absl::StatusOr<std::unique_ptr<AgreementBook>> AgreementBook::Create(
    const google::protobuf::RepeatedPtrField<Agreement>& agreements) {
  std::vector<Row> rows;
  std::set<std::string> ids;
  for (const Agreement& agreement : agreements) {
    const std::string at = "agreements[" + std::to_string(rows.size()) + "]";
    if (auto status = CheckAgreement(agreement, at); !status.ok()) return status;
    if (!ids.insert(agreement.id()).second) {
      return Invalid(at + ".id", "'" + agreement.id() + "' is used twice");
    }
    auto from = Day(agreement.valid_from(), at + ".valid_from");
    if (!from.ok()) return from.status();
    absl::StatusOr<absl::CivilDay> until = absl::CivilDay::max();
    if (!agreement.valid_until().empty()) {
      until = Day(agreement.valid_until(), at + ".valid_until");
      if (!until.ok()) return until.status();
      if (*until < *from) return Invalid(at + ".valid_until", "is before valid_from");
    }
    rows.push_back({agreement, *from, *until});
  }
  return std::unique_ptr<AgreementBook>(new AgreementBook(std::move(rows)));
}

absl::Status AgreementBook::Fits(const Row& row, const v1::TraceRequest& request,
                                 absl::CivilDay today) {
  const Agreement& agreement = row.agreement;
  const auto passed_over = [&](const std::string& why) {
    return Failure(v1::REASON_NO_AGREEMENT, agreement.id() + why);
  };
  if (today < row.from || today > row.until) return passed_over(" is not valid today");
  const LegalBasisRow* basis = FindLegalBasis(agreement.legal_basis());
  if (basis == nullptr || !basis->covers_tracing) {
    return passed_over(std::string(" rests on ") +
                       (basis == nullptr ? "no known basis" : std::string(basis->name)) +
                       ", which does not cover tracing");
  }
  if (!Names(agreement, request.intended_use())) {
    return passed_over(" does not cover the intended use " +
                       v1::IntendedUse_Name(request.intended_use()));
  }
  if (agreement.requires_confidentiality() &&
      request.confidentiality() != v1::CONFIDENTIALITY_GUARANTEE_GIVEN) {
    return FieldFailure(v1::REASON_CONFIDENTIALITY_NOT_GUARANTEED, "request.confidentiality",
                        agreement.id() + " requires that confidentiality is guaranteed");
  }
  return absl::OkStatus();
}

std::vector<Consideration> AgreementBook::Explain(std::string_view asking,
                                                  std::string_view answering,
                                                  const v1::TraceRequest& request,
                                                  absl::Time now) const {
  const absl::CivilDay today = absl::ToCivilDay(now, absl::UTCTimeZone());
  std::vector<Consideration> considered;
  for (const Row& row : rows_) {
    if (row.agreement.asking_state() != asking) continue;
    if (row.agreement.answering_state() != answering) continue;
    considered.push_back({&row.agreement, Fits(row, request, today)});
  }
  return considered;
}

absl::StatusOr<const Agreement*> AgreementBook::Find(std::string_view asking,
                                                     std::string_view answering,
                                                     const v1::TraceRequest& request,
                                                     absl::Time now) const {
  return Decide(asking, answering, Explain(asking, answering, request, now));
}

absl::StatusOr<const Agreement*> AgreementBook::FindForCrossCheck(std::string_view asking,
                                                                  std::string_view answering,
                                                                  const v1::TraceRequest& request,
                                                                  absl::Time now) const {
  return Decide(asking, answering, ExplainCrossCheck(*this, asking, answering, request, now));
}

absl::StatusOr<const Agreement*> AgreementBook::FindForTransfers(
    std::string_view asking, std::string_view answering, v1::LegalBasis basis,
    v1::ConfidentialityGuarantee confidentiality, absl::Time now) const {
  const absl::CivilDay today = absl::ToCivilDay(now, absl::UTCTimeZone());
  std::vector<Consideration> considered;
  for (const Row& row : rows_) {
    if (row.agreement.asking_state() != asking) continue;
    if (row.agreement.answering_state() != answering) continue;
    considered.push_back({&row.agreement, FitsTransfers(row, basis, confidentiality, today)});
  }
  return Decide(asking, answering, considered);
}

absl::Status AgreementBook::FitsTransfers(const Row& row, v1::LegalBasis basis,
                                          v1::ConfidentialityGuarantee confidentiality,
                                          absl::CivilDay today) {
  const Agreement& agreement = row.agreement;
  const auto passed_over = [&](const std::string& why) {
    return Failure(v1::REASON_NO_AGREEMENT, agreement.id() + why);
  };
  if (today < row.from || today > row.until) return passed_over(" is not valid today");
  if (!agreement.has_transfers()) return passed_over(" says nothing of transfers");
  if (agreement.legal_basis() != basis && agreement.legal_basis() != v1::LEGAL_BASIS_BILATERAL) {
    return passed_over(" rests on " + std::string(FindLegalBasis(agreement.legal_basis())->name) +
                       ", not on " + std::string(FindLegalBasis(basis)->name));
  }
  if (agreement.requires_confidentiality() &&
      confidentiality != v1::CONFIDENTIALITY_GUARANTEE_GIVEN) {
    return FieldFailure(v1::REASON_CONFIDENTIALITY_NOT_GUARANTEED, "confidentiality",
                        agreement.id() + " requires that confidentiality is guaranteed");
  }
  return absl::OkStatus();
}

const Agreement* AgreementBook::FindForDeconfliction(std::string_view asking,
                                                     std::string_view answering,
                                                     const v1::TraceRequest& request,
                                                     absl::Time now) const {
  for (const Consideration& one : Explain(asking, answering, request, now)) {
    if (one.passed_over.ok() && one.agreement->deconflict()) return one.agreement;
  }
  return nullptr;
}

std::set<std::string> AgreementBook::OpenToCrossCheck(std::string_view asking) const {
  std::set<std::string> states;
  for (const Row& row : rows_) {
    if (row.agreement.asking_state() == asking && row.agreement.cross_check()) {
      states.insert(row.agreement.answering_state());
    }
  }
  return states;
}

std::vector<const Agreement*> AgreementBook::InForceBetween(std::string_view one,
                                                            std::string_view other,
                                                            absl::Time now) const {
  const absl::CivilDay today = absl::ToCivilDay(now, absl::UTCTimeZone());
  std::vector<const Agreement*> in_force;
  for (const Row& row : rows_) {
    const std::string& asking = row.agreement.asking_state();
    const std::string& answering = row.agreement.answering_state();
    const bool is_theirs =
        (asking == one && answering == other) || (asking == other && answering == one);
    if (is_theirs && today >= row.from && today <= row.until) in_force.push_back(&row.agreement);
  }
  return in_force;
}

absl::StatusOr<const Agreement*> AgreementBook::Decide(
    std::string_view asking, std::string_view answering,
    const std::vector<Consideration>& considered) {
  std::string why = "there is none";
  absl::Status unguaranteed;
  for (const Consideration& one : considered) {
    if (one.passed_over.ok()) return one.agreement;
    if (DetailOf(one.passed_over).reason() == v1::REASON_CONFIDENTIALITY_NOT_GUARANTEED) {
      unguaranteed = one.passed_over;
    } else {
      why = std::string(one.passed_over.message());
    }
  }
  // One that lacks the guarantee alone says more than one that lacks everything.
  if (!unguaranteed.ok()) return unguaranteed;
  return Failure(v1::REASON_NO_AGREEMENT, "no agreement lets " + std::string(asking) + " ask " +
                                              std::string(answering) + ": " + why);
}

}  // namespace tracegate
