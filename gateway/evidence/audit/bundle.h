#ifndef TRACEGATE_GATEWAY_EVIDENCE_AUDIT_BUNDLE_H_
#define TRACEGATE_GATEWAY_EVIDENCE_AUDIT_BUNDLE_H_

#include <cstdint>
#include <istream>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace tracegate::audit {

// The longest content that is read. A gateway takes messages of 1 MiB unless told otherwise.
inline constexpr uint32_t kContentBytesMax = 256u << 20;

// Errors of both, DATA_LOSS (LOG_DAMAGED): what is missing or impossible.

// Takes the next leaf off the front of an entry bundle (C2SP tlog-tiles): a big-endian uint16 of length, then the leaf.
absl::StatusOr<std::string_view> TakeLeaf(std::string_view& bundle);

struct SaltedContent {
  std::string salt;  // 32 bytes; empty with an empty content where erased or withheld
  std::string content;
};

// Reads the next item of a content bundle: one byte of salt length (32, or 0 where the entry was erased or withheld),
// the salt, a big-endian uint32 of content length, the content. `left`: bytes left in the stream; less what was read
// afterwards. Nothing is set aside for a length that the stream cannot have.
absl::Status ReadContent(std::istream& bundle, uint64_t& left, SaltedContent& item);

}  // namespace tracegate::audit

#endif  // TRACEGATE_GATEWAY_EVIDENCE_AUDIT_BUNDLE_H_
