#include "tests/gateway/tracing/simulation/disclosure_watch.h"

#include <google/protobuf/message.h>

#include <algorithm>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "tests/gateway/tracing/simulation/simulated_gateway.h"

namespace tracegate::simulation {
namespace {

using config::v1::Agreement;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

// Days as they are written sort as they follow each other.
bool IsInForce(const Agreement& agreement, absl::Time now) {
  const std::string today = absl::FormatTime("%Y-%m-%d", now, absl::UTCTimeZone());
  return agreement.valid_from() <= today &&
         (agreement.valid_until().empty() || today <= agreement.valid_until());
}

const Agreement* InForce(const SimulatedGateway& by, const std::string& asking,
                         const std::string& answering) {
  for (const Agreement& agreement : by.agreements()) {
    if (agreement.asking_state() == asking && agreement.answering_state() == answering &&
        IsInForce(agreement, by.Now())) {
      return &agreement;
    }
  }
  return nullptr;
}

// Paths of all that is set and has no fields itself.
void ListSet(const Message& message, const std::string& path, std::vector<std::string>* out) {
  std::vector<const FieldDescriptor*> fields;
  const auto& reflection = *message.GetReflection();
  reflection.ListFields(message, &fields);
  for (const FieldDescriptor* field : fields) {
    const std::string at = path.empty() ? field->name() : path + "." + field->name();
    if (field->message_type() == nullptr) {
      out->push_back(at);
    } else if (!field->is_repeated()) {
      ListSet(reflection.GetMessage(message, field), at, out);
    } else {
      for (int i = 0; i < reflection.FieldSize(message, field); ++i)
        ListSet(reflection.GetRepeatedMessage(message, field, i), at, out);
    }
  }
}

bool Tells(const Agreement& agreement, const std::string& path) {
  return std::ranges::any_of(agreement.disclose(), [&](const std::string& told) {
    return path == told || absl::StartsWith(path, told + ".");
  });
}

std::vector<std::string> ToldOf(const v1::Answer& answer) {
  std::vector<std::string> paths;
  for (const v1::Candidate& candidate : answer.candidates()) {
    ListSet(candidate.record(), "", &paths);
    for (const v1::MatchReason& reason : candidate.reasons()) {
      if (!reason.recorded().empty()) paths.push_back("firearm." + reason.field());
    }
  }
  if (!answer.next_state().empty()) paths.push_back("events.to_state");
  return paths;
}

}  // namespace

void DisclosureWatch::CheckQuestion(const SimulatedGateway& by,
                                    const adapter::v1::FindRequest& question) {
  const std::string& to = question.request().to_state();
  // To take a question back needs no agreement.
  if (question.has_withdrawal() || InForce(by, by.state(), to) != nullptr) return;
  complaints_->push_back({Invariant::kNothingWithoutAgreement,
                          absl::StrCat(by.state(), " asks ", to, " by ", question.hop_id())});
}

void DisclosureWatch::CheckReply(const SimulatedGateway& by, const Caller& to,
                                 const v1::Trace& trace) {
  for (const v1::Hop& hop : trace.hops()) {
    if (!hop.has_answer()) continue;
    const Agreement* agreement = InForce(by, to.state, by.state());
    if (agreement == nullptr) {
      complaints_->push_back(
          {Invariant::kNothingWithoutAgreement,
           absl::StrCat(by.state(), " answers ", to.state, " in ", trace.request_id())});
      continue;
    }
    for (const std::string& path : ToldOf(hop.answer())) {
      if (Tells(*agreement, path)) continue;
      complaints_->push_back(
          {Invariant::kNoFieldBeyondAgreement,
           absl::StrCat(by.state(), " tells ", to.state, " ", path, " in ", trace.request_id())});
    }
  }
}

}  // namespace tracegate::simulation
