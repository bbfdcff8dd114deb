#include "gateway/cli/show_end_use.h"

#include "gateway/cli/show_time.h"
#include "gateway/cli/show_trace.h"
#include "gateway/cli/show_transfer.h"
#include "gateway/cli/table.h"
#include "protos/tracegate/dates.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

void ShowAnswer(const v1::EndUseAnswer& answer, std::string* out) {
  *out += "     " + AgencyText(answer.responding_agency()) + ": " +
          Words(v1::EndUseOutcome_Name(answer.outcome()), "END_USE_OUTCOME_");
  if (answer.legal_ground() != v1::LEGAL_GROUND_UNSPECIFIED) {
    *out += " (" + Words(v1::LegalGround_Name(answer.legal_ground()), "LEGAL_GROUND_") + ")";
  }
  *out += answer.explanation().empty() ? "\n" : ". " + answer.explanation() + "\n";
  for (const v1::Party& user : answer.end_users()) {
    *out += "     end user " + user.name() +
            (user.state().empty() ? "\n" : " (" + user.state() + ")\n");
  }
  if (!answer.end_use().empty()) *out += "     end use: " + answer.end_use() + "\n";
  if (answer.has_import_licence()) {
    *out += "     import licence " + answer.import_licence().state() + "/" +
            answer.import_licence().reference() + "\n";
  }
  if (answer.has_no_objection()) {
    *out += "     does not object to transit: " + answer.no_objection().state() + "/" +
            answer.no_objection().reference() + "\n";
  }
  for (const v1::EndUseDocument& document : answer.documents()) {
    *out += "     document " + document.reference() + ", " +
            Words(v1::EndUseDocumentKind_Name(document.kind()), "END_USE_DOCUMENT_KIND_");
    if (!document.content().empty()) {
      *out += ", " + std::to_string(document.content().size()) + " bytes here";
    }
    *out += document.sha256().empty() ? "\n" : ", SHA-256 " + document.sha256() + "\n";
  }
  for (const int assurance : answer.assurances()) {
    *out += "     undertakes: " +
            Words(v1::EndUseAssurance_Name(static_cast<v1::EndUseAssurance>(assurance)),
                  "END_USE_ASSURANCE_") +
            "\n";
  }
  if (!answer.withheld_fields().empty()) {
    *out += "     withheld: " + ListText(answer.withheld_fields()) + "\n";
  }
}

}  // namespace

std::string ShowEndUse(const v1::EndUse& end_use) {
  const v1::EndUseQuestion& question = end_use.question();
  std::string out = "  end use " + end_use.end_use_id() + "  " +
                    AgencyText(question.requesting_agency()) + " asks " + question.to_state() +
                    "  " + Words(v1::EndUseState_Name(end_use.state()), "END_USE_STATE_");
  if (question.has_due_date() && !end_use.has_answer()) {
    out += ", needed by " + DateText(question.due_date());
  }
  out += "\n";
  if (!question.text().empty()) out += "     " + question.text() + "\n";
  for (const int kind : question.wanted()) {
    out += "     wants: " +
           Words(v1::EndUseDocumentKind_Name(static_cast<v1::EndUseDocumentKind>(kind)),
                 "END_USE_DOCUMENT_KIND_") +
           "\n";
  }
  if (end_use.has_answer()) ShowAnswer(end_use.answer(), &out);
  return out;
}

}  // namespace tracegate
