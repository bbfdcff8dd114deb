#ifndef TRACEGATE_GATEWAY_EVIDENCE_AUDIT_ERASURE_CHECK_H_
#define TRACEGATE_GATEWAY_EVIDENCE_AUDIT_ERASURE_CHECK_H_

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace tracegate::audit {

// Holds contents that are gone against the entries that say they were erased (CONTENT_ERASED): a content that only
// vanished was not erased, it was taken away. One bit an entry.
class ErasureCheck {
 public:
  // The entry of that index has neither salt nor content.
  void Gone(int64_t index);

  // A serialised v1::ErasedContent. One that cannot be read says nothing.
  void Recorded(std::string_view content);

  // The first that is gone without a record of it; nothing where each has one. At the end of the log: an erasure is
  // recorded behind what it erases.
  std::optional<int64_t> FirstUnrecorded() const;

 private:
  std::vector<bool> unrecorded_;  // by index
};

}  // namespace tracegate::audit

#endif  // TRACEGATE_GATEWAY_EVIDENCE_AUDIT_ERASURE_CHECK_H_
