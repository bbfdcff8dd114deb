#include "gateway/evidence/audit/erasure_check.h"

#include <algorithm>

#include "tracegate/v1/evidence.pb.h"

namespace tracegate::audit {

void ErasureCheck::Gone(int64_t index) {
  const auto place = static_cast<size_t>(index);
  if (unrecorded_.size() <= place) unrecorded_.resize(place + 1);
  unrecorded_[place] = true;
}

void ErasureCheck::Recorded(std::string_view content) {
  v1::ErasedContent erased;
  if (!erased.ParseFromArray(content.data(), static_cast<int>(content.size()))) return;
  for (const int64_t index : erased.indexes()) {
    const auto place = static_cast<size_t>(index);
    if (index >= 0 && place < unrecorded_.size()) unrecorded_[place] = false;
  }
}

std::optional<int64_t> ErasureCheck::FirstUnrecorded() const {
  const auto first = std::find(unrecorded_.begin(), unrecorded_.end(), true);
  if (first == unrecorded_.end()) return std::nullopt;
  return first - unrecorded_.begin();
}

}  // namespace tracegate::audit
