#include "gateway/transfers/end_use_question.h"

#include <utility>

#include "absl/strings/escaping.h"
#include "gateway/evidence/hash.h"
#include "gateway/policy/disclosure.h"
#include "gateway/policy/handling.h"
#include "gateway/tracing/timestamp.h"
#include "gateway/transfers/transfer_rows.h"
#include "protos/tracegate/bounds_check.h"
#include "protos/tracegate/dates.h"
#include "protos/tracegate/failure.h"
#include "protos/tracegate/state_code.h"
#include "protos/tracegate/violations.h"

namespace tracegate {
namespace {

constexpr char kMethod[] = "/tracegate.v1.TransferService/RequestEndUse";

// Told whatever the agreement says: without them there is no answer.
constexpr const char* kAlwaysTold[] = {"outcome",        "legal_ground", "explanation",
                                       "handling",       "no_objection", "responding_agency",
                                       "withheld_fields"};

std::string Sha256Hex(std::string_view bytes) {
  Hasher hasher;
  const Hash hash = hasher.Sha256({bytes});
  return absl::BytesToHexString(std::string(BytesOf(hash)));
}

void SettleDocument(const std::string& at, v1::EndUseDocument* document, Violations* out) {
  out->Require(document->kind() != v1::END_USE_DOCUMENT_KIND_UNSPECIFIED, at + ".kind",
               "say what kind of document it is");
  out->Require(!document->reference().empty(), at + ".reference",
               "give its number or how it names itself");
  if (document->content().empty()) return;
  out->Require(!document->media_type().empty(), at + ".media_type",
               "say what the document's bytes are, such as application/pdf");
  const std::string hash = Sha256Hex(document->content());
  out->Refuse(!document->sha256().empty() && document->sha256() != hash, at + ".sha256",
              "is not the hash of the document's bytes, which is " + hash);
  document->set_sha256(hash);
}

// What a State on the way says of its leave, and only such a State.
void SettleNoObjection(const v1::EndUseQuestion& question, v1::EndUseAnswer* answer,
                       Violations* out) {
  if (!question.transit()) {
    out->Refuse(answer->has_no_objection(), "no_objection",
                "is for a State of transit or trans-shipment; give the import_licence");
    return;
  }
  const bool confirmed = answer->outcome() == v1::END_USE_OUTCOME_CONFIRMED ||
                         answer->outcome() == v1::END_USE_OUTCOME_CONFIRMED_IN_PART;
  out->Require(!confirmed || !answer->no_objection().reference().empty(), "no_objection.reference",
               "give the number of the letter that says that the State does not object");
  out->Refuse(answer->no_objection().tacit(), "no_objection.tacit",
              "is not enough: the notice is in writing (Firearms Protocol 10(2))");
  if (!answer->has_no_objection()) return;
  answer->mutable_no_objection()->set_kind(v1::CLEARANCE_KIND_TRANSIT_NO_OBJECTION);
  answer->mutable_no_objection()->set_state(question.to_state());
}

absl::Status NotTheAnswer(const std::string& state, const char* why) {
  return Failure(v1::REASON_PEER_REFUSED,
                 "the gateway of " + state + " sent no answer on end use: " + why);
}

// A reply as that State's word on this question; anything else is no answer.
absl::StatusOr<v1::EndUse> ReadReply(const std::string& bytes, const v1::EndUse& asked) {
  const std::string& state = asked.question().to_state();
  v1::EndUse reply;
  if (const auto status = ParseChecked(bytes, &reply); !status.ok()) {
    return NotTheAnswer(state, "it cannot be read");
  }
  if (reply.request_id() != asked.end_use_id()) return NotTheAnswer(state, "it is of another one");
  if (reply.question().to_state() != state) return NotTheAnswer(state, "it is another State's");
  if (!IsUnanswered(reply) && reply.answer().responding_agency().state() != state) {
    return NotTheAnswer(state, "no agency of that State answers");
  }
  return reply;
}

DocumentRow Closed(DocumentRow row, const v1::EndUse& end_use) {
  row = NextRevision(std::move(row), end_use);
  row.due.clear();
  return row;
}

}  // namespace

absl::Status CheckQuestion(const v1::EndUseQuestion& question) {
  Violations out("question.");
  out.Require(!question.to_state().empty(), "to_state", "name the importing State that is asked");
  out.Refuse(!question.to_state().empty() && !IsStateCode(question.to_state()), "to_state",
             "is not an ISO 3166-1 alpha-2 code such as BR");
  out.Require(question.transfer_case() != v1::EndUseQuestion::TRANSFER_NOT_SET, "transfer_id",
              "name the transfer, or its authorisation");
  if (question.has_authorisation()) {
    out.Require(!question.authorisation().number().empty(), "authorisation.number", "is missing");
    out.Require(!question.authorisation().issuing_state().empty(), "authorisation.issuing_state",
                "say which State issued it");
  }
  out.Require(question.confidentiality() != v1::CONFIDENTIALITY_GUARANTEE_UNSPECIFIED,
              "confidentiality", "say whether the answer can be kept confidential");
  out.Refuse(!IsRealDate(question.due_date()), "due_date", "is no day of the calendar");
  return out.status();
}

v1::LegalBasis BasisOf(const v1::EndUseQuestion& question) {
  return question.transit() ? v1::LEGAL_BASIS_FIREARMS_PROTOCOL_10 : v1::LEGAL_BASIS_ATT_8_1;
}

absl::Status SettleAnswer(const v1::EndUseQuestion& question, v1::EndUseAnswer* answer) {
  Violations out("answer.");
  out.Require(answer->outcome() != v1::END_USE_OUTCOME_UNSPECIFIED, "outcome",
              "say whether end user and use are as stated");
  out.Require(answer->outcome() != v1::END_USE_OUTCOME_REFUSED ||
                  answer->legal_ground() != v1::LEGAL_GROUND_UNSPECIFIED ||
                  !answer->explanation().empty(),
              "legal_ground", "a refusal needs its ground, or in the explanation national law's");
  for (int i = 0; i < answer->documents_size(); ++i) {
    SettleDocument("documents[" + std::to_string(i) + "]", answer->mutable_documents(i), &out);
  }
  SettleNoObjection(question, answer, &out);
  if (answer->has_import_licence()) {
    answer->mutable_import_licence()->set_kind(v1::CLEARANCE_KIND_IMPORT_LICENCE);
    answer->mutable_import_licence()->set_state(question.to_state());
  }
  return out.status();
}

v1::TransferRecord SubjectOf(const config::v1::Agreement& agreement, v1::TransferRecord record) {
  std::set<std::string> withheld;
  record.clear_assessment();
  CutToPaths(agreement.transfers().record(), &record, &withheld);
  return record;
}

v1::EndUseAnswer AnswerUnder(const config::v1::Agreement& agreement, v1::EndUseAnswer answer) {
  google::protobuf::RepeatedPtrField<std::string> paths = agreement.transfers().end_use_answer();
  for (const char* path : kAlwaysTold) *paths.Add() = path;
  std::set<std::string> withheld(answer.withheld_fields().begin(), answer.withheld_fields().end());
  CutToPaths(paths, &answer, &withheld);
  answer.mutable_withheld_fields()->Assign(withheld.begin(), withheld.end());
  JoinHandling(HandlingOf(agreement), answer.mutable_handling());
  return answer;
}

bool IsUnanswered(const v1::EndUse& end_use) {
  return end_use.state() == v1::END_USE_STATE_WAITING || end_use.state() == v1::END_USE_STATE_ASKED;
}

void TakeAnswer(const v1::EndUseAnswer& answer, absl::Time now, v1::EndUse* end_use) {
  *end_use->mutable_answer() = answer;
  *end_use->mutable_answer_time() = ToTimestamp(now);
  end_use->set_state(answer.outcome() == v1::END_USE_OUTCOME_REFUSED ? v1::END_USE_STATE_REFUSED
                                                                     : v1::END_USE_STATE_ANSWERED);
}

bool EndUseErrand::IsOpen(const DocumentRow& row) const {
  v1::EndUse end_use;
  return !row.due.empty() && end_use.ParseFromString(row.body) && IsUnanswered(end_use) &&
         end_use.question().requesting_agency().state() == row.state &&
         !house_.registries->Serves(end_use.question().to_state());
}

std::vector<PartnerQuestion> EndUseErrand::Questions(const DocumentRow& row) const {
  const auto end_use = ReadDocument<v1::EndUse>(row);
  if (!end_use.ok()) return {};
  const std::string& to_state = end_use->question().to_state();
  const auto book = house_.agreements->Now();
  const auto agreement =
      book->FindForTransfers(row.state, to_state, BasisOf(end_use->question()),
                             end_use->question().confidentiality(), house_.clock());
  if (!agreement.ok()) return {};
  v1::RequestEndUseRequest request;
  request.set_request_id(end_use->end_use_id());
  *request.mutable_question() = end_use->question();
  // As the agreement has it now, should it say less than it did.
  *request.mutable_question()->mutable_subject() =
      SubjectOf(**agreement, end_use->question().subject());
  v1::AuthorisationReference reference;
  reference.set_issuing_state(end_use->question().subject().authorisation().issuing_state());
  reference.set_number(end_use->question().subject().authorisation().number());
  *request.mutable_question()->mutable_authorisation() = reference;
  return {{row.document_id, to_state, (*agreement)->id(), kMethod, request.SerializeAsString()}};
}

absl::StatusOr<DocumentRow> EndUseErrand::Take(DocumentRow row, const PartnerQuestion&,
                                               const absl::StatusOr<std::string>& reply) const {
  auto end_use = ReadDocument<v1::EndUse>(row);
  if (!end_use.ok()) return end_use.status();
  absl::StatusOr<v1::EndUse> heard =
      reply.ok() ? ReadReply(*reply, *end_use) : absl::StatusOr<v1::EndUse>(reply.status());
  const absl::Time now = house_.clock();
  if (!heard.ok() && IsFinal(heard.status())) {
    v1::EndUseAnswer refusal;
    refusal.set_outcome(v1::END_USE_OUTCOME_REFUSED);
    refusal.set_explanation("not taken by the gateway of " + end_use->question().to_state() + ": " +
                            std::string(heard.status().message()).substr(0, 1024));
    TakeAnswer(refusal, now, &*end_use);
    return Closed(std::move(row), *end_use);
  }
  const bool unanswered = !heard.ok() || IsUnanswered(*heard);
  if (unanswered && now > FromTimestamp(end_use->create_time()) + house_.expiry) {
    end_use->set_state(v1::END_USE_STATE_EXPIRED);
    return Closed(std::move(row), *end_use);
  }
  if (!heard.ok()) return row;
  if (unanswered) {
    if (end_use->state() == v1::END_USE_STATE_ASKED) return row;
    end_use->set_state(v1::END_USE_STATE_ASKED);
    *end_use->mutable_remote_receipt() = heard->receipt();
    return NextRevision(std::move(row), *end_use);
  }
  TakeAnswer(heard->answer(), now, &*end_use);
  *end_use->mutable_remote_receipt() = heard->receipt();
  return Closed(std::move(row), *end_use);
}

}  // namespace tracegate
