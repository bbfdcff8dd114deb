#include "gateway/tracing/question.h"

#include <utility>
#include <vector>

namespace tracegate {
namespace {

constexpr int kCandidatesMax = 20;

}  // namespace

adapter::v1::FindRequest QuestionAbout(const ItemReading& read, v1::TraceRequest request,
                                       std::string hop_id) {
  adapter::v1::FindRequest question;
  question.set_hop_id(std::move(hop_id));
  *question.mutable_request() = std::move(request);
  *question.mutable_item() = read.item;
  const std::vector<std::string> spellings = SpellingsToAsk(read.serial);
  question.mutable_serial_spellings()->Assign(spellings.begin(), spellings.end());
  question.set_serial_pattern(read.serial.pattern);
  question.set_candidates_max(kCandidatesMax);
  return question;
}

}  // namespace tracegate
