#ifndef TRACEGATE_ADAPTERS_MARKING_MATCH_REASON_H_
#define TRACEGATE_ADAPTERS_MARKING_MATCH_REASON_H_

#include <string_view>

#include "tracegate/v1/trace.pb.h"

namespace tracegate {

// Sets the field and both its spellings; NOT_RECORDED until an effect is set.
void SetWords(v1::MatchReason& reason, std::string_view field, std::string_view asked,
              std::string_view recorded);

// Sets what the field's words come to, and why where it is not plain: `note`, then `noted_word`.
void SetEffect(v1::MatchReason& reason, v1::MatchEffect effect, std::string_view note = "",
               std::string_view noted_word = "");

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_MARKING_MATCH_REASON_H_
