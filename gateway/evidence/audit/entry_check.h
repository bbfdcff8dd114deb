#ifndef TRACEGATE_GATEWAY_EVIDENCE_AUDIT_ENTRY_CHECK_H_
#define TRACEGATE_GATEWAY_EVIDENCE_AUDIT_ENTRY_CHECK_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "gateway/evidence/audit/log_source.h"
#include "tracegate/v1/evidence.pb.h"

namespace tracegate::audit {

// Holds what an entry says against itself: its header is one; the content, where there is one, is what the header
// commits to. And counts what was erased.
class EntryCheck {
 public:
  static constexpr size_t kErasedNamed = 5;

  // What is wrong with the entry: "has no readable header". `contents`: whether the source has any.
  std::optional<std::string> WhatIsWrong(const SourceEntry& entry, bool contents);

  // Of the entry last checked.
  const v1::EntryHeader& header() const { return header_; }
  int64_t record_time_us() const { return header_.record_time_us(); }

  int64_t erased() const { return erased_; }
  // The first few of them, by index.
  const std::vector<int64_t>& first_erased() const { return first_erased_; }

 private:
  v1::EntryHeader header_;
  int64_t erased_ = 0;
  std::vector<int64_t> first_erased_;
};

}  // namespace tracegate::audit

#endif  // TRACEGATE_GATEWAY_EVIDENCE_AUDIT_ENTRY_CHECK_H_
