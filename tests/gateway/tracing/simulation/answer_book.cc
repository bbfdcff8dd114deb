#include "tests/gateway/tracing/simulation/answer_book.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "tests/gateway/tracing/simulation/simulated_gateway.h"

namespace tracegate::simulation {

void AnswerBook::CheckReply(const SimulatedGateway& by, const Release& release,
                            const v1::Trace& trace) {
  const v1::Agency& agency = trace.request().requesting_agency();
  const bool of_peer = agency.state() != by.state();
  Told& told = told_[{by.state(), agency.state() + "/" + (of_peer ? "gateway" : agency.name()),
                      trace.request_id()}];
  if (told.trace_id.empty()) told.trace_id = trace.trace_id();
  if (told.trace_id != trace.trace_id())
    Complain(Invariant::kOneAnswerPerRequest, by, trace, "is a second trace");
  if (trace.has_finding()) {
    const auto [end, is_new] = told.ends.emplace(trace.revision(), release.bytes);
    if (end->second != release.bytes)
      Complain(Invariant::kOneAnswerPerRequest, by, trace, "is told otherwise than before");
  }
  CheckAnswers(by, trace, &told);
}

void AnswerBook::CheckAnswers(const SimulatedGateway& by, const v1::Trace& trace, Told* told) {
  for (const v1::Hop& hop : trace.hops()) {
    if (!hop.has_answer()) continue;
    const auto [answer, is_new] =
        told->answers.emplace(hop.number(), hop.answer().SerializeAsString());
    if (answer->second != hop.answer().SerializeAsString()) {
      Complain(Invariant::kOneAnswerPerRequest, by, trace,
               absl::StrCat("has another answer of ", hop.to_state()));
    }
    if (is_new && hop.to_state() != by.state()) CheckPeersWord(by, trace, hop);
    if (is_new) CheckTruth(by, trace, hop);
  }
  for (const auto& [number, answer] : told->answers) {
    if (number > trace.hops_size() || !trace.hops(number - 1).has_answer()) {
      Complain(Invariant::kOneAnswerPerRequest, by, trace,
               absl::StrCat("no longer has the answer of hop ", number));
    }
  }
}

void AnswerBook::CheckPeersWord(const SimulatedGateway& by, const v1::Trace& trace,
                                const v1::Hop& hop) {
  const auto told = told_.find(
      {hop.to_state(), by.state() + "/gateway", absl::StrCat(trace.trace_id(), ".", hop.number())});
  const bool said = told != told_.end() && told->second.answers.contains(1) &&
                    told->second.answers.at(1) == hop.answer().SerializeAsString();
  if (!said) {
    Complain(Invariant::kOneAnswerPerRequest, by, trace,
             "has what " + hop.to_state() + " did not say");
  }
}

void AnswerBook::CheckTruth(const SimulatedGateway& by, const v1::Trace& trace,
                            const v1::Hop& hop) {
  const v1::Outcome says = hop.answer().outcome();
  const std::string& serial = trace.request().item().weapon().serial_number();
  if (says == v1::OUTCOME_WITHHELD && world_->HasDesk(hop.to_state())) return;
  if (says == world_->Find(serial)->TruthOf(hop.to_state())) return;
  Complain(Invariant::kAnswersAreTrue, by, trace,
           absl::StrCat("has ", hop.to_state(), " say ", v1::Outcome_Name(says)));
}

void AnswerBook::Complain(Invariant invariant, const SimulatedGateway& by, const v1::Trace& trace,
                          const std::string& what) {
  complaints_->push_back({invariant, absl::StrCat(trace.trace_id(), " (", trace.request_id(),
                                                  ") at ", by.state(), " ", what)});
}

}  // namespace tracegate::simulation
