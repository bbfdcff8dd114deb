#ifndef TRACEGATE_ADAPTERS_MARKING_MATCH_REASON_H_
#define TRACEGATE_ADAPTERS_MARKING_MATCH_REASON_H_

#include <string>

#include "tracegate/v1/trace.pb.h"

namespace tracegate {

// The reason of one field with both spellings, NOT_RECORDED until an effect is set.
v1::MatchReason ReasonOf(const std::string& field, const std::string& asked,
                         const std::string& recorded);

// Sets what the field's words come to, and why where it is not plain.
void SetEffect(v1::MatchReason& reason, v1::MatchEffect effect, const std::string& note = "");

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_MARKING_MATCH_REASON_H_
