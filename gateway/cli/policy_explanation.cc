#include "gateway/cli/policy_explanation.h"

#include "gateway/cli/certificate_verdict.h"
#include "gateway/policy/access_matrix.h"
#include "gateway/policy/cross_check_agreement.h"
#include "gateway/policy/disclosure.h"
#include "gateway/policy/handling.h"
#include "gateway/policy/legal_basis.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

using nlohmann::json;

// The first refusal is the one that a call would get.
void Refuse(const absl::Status& status, json* out) {
  if ((*out)["verdict"] == "refused") return;
  (*out)["verdict"] = "refused";
  (*out)["reason"] = ReasonName(DetailOf(status).reason());
  (*out)["message"] = std::string(status.message());
}

json AccessOf(const AccessRow& row) {
  json roles = json::array();
  for (const Role role : row.roles) roles.push_back(RoleName(role));
  return {{"method", row.method}, {"roles", roles}, {"recorded", RecordRuleName(row.record)}};
}

json Handled(const v1::Handling& handling) {
  json codes = json::array();
  for (const int code : handling.codes()) {
    codes.push_back(v1::HandlingCode_Name(static_cast<v1::HandlingCode>(code)).substr(14));
  }
  return {{"codes", codes},
          {"restrictions", handling.restrictions()},
          {"recipients",
           std::vector<std::string>(handling.recipients().begin(), handling.recipients().end())},
          {"source_evaluation", handling.source_evaluation()},
          {"information_evaluation", handling.information_evaluation()},
          {"onward_needs_consent", handling.onward_needs_consent()}};
}

json Considered(const std::vector<Consideration>& considered) {
  json list = json::array();
  bool decided = false;
  for (const Consideration& one : considered) {
    const bool fits = one.passed_over.ok();
    const std::string why = fits ? (decided ? "fits, behind the one that decides" : "decides")
                                 : std::string(one.passed_over.message());
    list.push_back({{"id", one.agreement->id()}, {"fits", fits}, {"why", why}});
    decided = decided || fits;
  }
  return list;
}

void Disclose(const config::v1::Agreement& agreement, json* out) {
  const LegalBasisRow* basis = FindLegalBasis(agreement.legal_basis());
  (*out)["agreement"] = {{"id", agreement.id()},
                         {"legal_basis", basis == nullptr ? "" : basis->name},
                         {"source", basis == nullptr ? "" : basis->source}};
  (*out)["told"] = json::array();
  (*out)["withheld"] = json::array();
  for (const DisclosedPath& path : DisclosureOf(agreement)) {
    (*out)[path.told ? "told" : "withheld"].push_back(path.path);
  }
  (*out)["handling"] = Handled(HandlingOf(agreement));
  (*out)["quota"] = {{"per_minute", agreement.quota().per_minute()},
                     {"per_day", agreement.quota().per_day()}};
}

constexpr char kCrossCheck[] = "/tracegate.v1.LiaisonService/CrossCheck";

void ExplainAgreement(const AgreementBook& book, const Caller& caller,
                      const PolicyQuestion& question, json* out) {
  const bool is_check = question.method == kCrossCheck;
  const auto considered =
      is_check
          ? ExplainCrossCheck(book, caller.state, question.to_state, question.request, question.at)
          : book.Explain(caller.state, question.to_state, question.request, question.at);
  (*out)["considered"] = Considered(considered);
  const auto agreement = AgreementBook::Decide(caller.state, question.to_state, considered);
  if (!agreement.ok()) return Refuse(agreement.status(), out);
  config::v1::Agreement applied = **agreement;
  if (is_check) {
    applied.clear_disclose();  // no field of a record is told
    (*out)["note"] = "told is that a record exists, and whom to ask";
  }
  Disclose(applied, out);
}

json LimitsOf(const config::v1::Limits& limits) {
  return {{"calls_per_minute", limits.calls_per_minute()},
          {"burst", limits.burst()},
          {"calls_at_once", limits.calls_at_once()},
          {"calls_per_day", limits.calls_per_day()}};
}

std::string Bound(int value) { return value > 0 ? std::to_string(value) : "unbounded"; }

std::string Listed(const json& list) {
  std::string text;
  for (const auto& item : list) text += (text.empty() ? "" : ", ") + item.get<std::string>();
  return text.empty() ? "nothing" : text;
}

std::string HandlingText(const json& handling) {
  std::string text =
      "handling: " + Listed(handling["codes"]) + "; recipients: " +
      (handling["recipients"].empty() ? "the requesting agency" : Listed(handling["recipients"]));
  const std::string evaluation = handling["source_evaluation"].get<std::string>() +
                                 handling["information_evaluation"].get<std::string>();
  if (!evaluation.empty()) text += "; evaluation " + evaluation;
  if (handling["onward_needs_consent"].get<bool>()) text += "; onward only with consent";
  const std::string restrictions = handling["restrictions"].get<std::string>();
  return text + (restrictions.empty() ? "" : "; " + restrictions) + "\n";
}

std::string AgreementText(const json& out) {
  std::string text;
  for (const auto& one : out["considered"]) {
    text +=
        "agreement " + one["id"].get<std::string>() + ": " + one["why"].get<std::string>() + "\n";
  }
  if (!out.contains("agreement")) return text;
  text += "basis: " + out["agreement"]["legal_basis"].get<std::string>() + ", " +
          out["agreement"]["source"].get<std::string>() + "\n";
  text += "told: " + Listed(out["told"]) + "\nwithheld: " + Listed(out["withheld"]) + "\n";
  text += HandlingText(out["handling"]);
  return text + "quota: " + Bound(out["quota"]["per_minute"]) + " questions a minute, " +
         Bound(out["quota"]["per_day"]) + " a day\n";
}

}  // namespace

nlohmann::json ExplainPolicy(const config::v1::GatewayConfig& config, const AgreementBook& book,
                             const absl::StatusOr<Caller>& caller, const PolicyQuestion& question) {
  json out = {{"verdict", "allowed"}, {"certificate", VerdictOf(caller)}};
  if (!caller.ok()) {
    Refuse(caller.status(), &out);
    return out;
  }
  const AccessRow* row = FindAccessRow(question.method);
  if (row == nullptr) {
    Refuse(Failure(v1::REASON_METHOD_UNKNOWN, "no RPC is called " + question.method), &out);
    return out;
  }
  out["access"] = AccessOf(*row);
  out["limits"] = LimitsOf(config.limits());
  if (auto status = CheckAccess(*row, *caller); !status.ok()) Refuse(status, &out);
  if (question.to_state == caller->state) {
    out["note"] = "its own State's registry: no agreement is needed, and nothing is withheld";
  } else if (!question.to_state.empty()) {
    ExplainAgreement(book, *caller, question, &out);
  }
  return out;
}

std::string PolicyText(const nlohmann::json& out) {
  std::string text = out["verdict"].get<std::string>();
  if (out.contains("reason")) {
    text += ": " + out["reason"].get<std::string>() + ": " + out["message"].get<std::string>();
  }
  text += "\n";
  if (out["certificate"]["verdict"] == "accepted") text += VerdictText(out["certificate"]);
  if (out.contains("access")) {
    text += out["access"]["method"].get<std::string>() + ": for " + Listed(out["access"]["roles"]) +
            "; recorded: " + out["access"]["recorded"].get<std::string>() + "\n";
  }
  if (out.contains("note")) text += out["note"].get<std::string>() + "\n";
  if (out.contains("considered")) text += AgreementText(out);
  if (out.contains("limits")) {
    const json& limits = out["limits"];
    text += "limits: " + Bound(limits["calls_per_minute"]) + " calls a minute, " +
            Bound(limits["calls_at_once"]) + " at once, " + Bound(limits["calls_per_day"]) +
            " a day\n";
  }
  return text;
}

}  // namespace tracegate
