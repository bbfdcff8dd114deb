#ifndef TRACEGATE_GATEWAY_EVIDENCE_AUDIT_LOG_SOURCE_H_
#define TRACEGATE_GATEWAY_EVIDENCE_AUDIT_LOG_SOURCE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace tracegate::audit {

struct SourceEntry {
  int64_t index = 0;
  std::string_view header;  // serialised v1::EntryHeader
  std::string_view salt;    // 32 bytes; both empty where erased or withheld
  std::string_view content;
};

struct SourceCheckpoint {
  int64_t stored_size = -1;  // the size it is filed under; -1: it is filed under none
  std::string note;
  // Whether it is there only for the keys that it vouches for: whoever knows none of its signers passes over it.
  bool for_its_keys = false;
};

// Where the bytes of a log lie: an export, a database. Judges nothing, and holds no more of the log than one bundle.
//
// Thread safety: one thread at a time.
//
// Errors: DATA_LOSS (LOG_DAMAGED) where what should be there is missing or has no such form; others where it could not
// be read for now.
class LogSource {
 public:
  virtual ~LogSource() = default;

  // The next checkpoint, by rising size; nothing after the newest.
  virtual absl::StatusOr<std::optional<SourceCheckpoint>> NextCheckpoint() = 0;

  // The next entry, in the order they lie in; nothing after the last. Its bytes stay until the next call.
  virtual absl::StatusOr<std::optional<SourceEntry>> NextEntry() = 0;
  // Whether entries come with salt and content, where these were not erased.
  virtual bool has_contents() const = 0;
  // Whether contents may be missing because whoever asked was not to see them, and not only because they were erased.
  virtual bool may_withhold() const = 0;

  // The hashes of a C2SP tile, `width` times 32 bytes: 1 to 256. Asked only where there are tiles.
  virtual bool has_tiles() const = 0;
  // How many entries they are of: as the newest checkpoint claims, which may not be verified yet.
  virtual uint64_t tiles_size() const = 0;
  virtual absl::StatusOr<std::string> Tile(int level, uint64_t number, int width) = 0;
};

}  // namespace tracegate::audit

#endif  // TRACEGATE_GATEWAY_EVIDENCE_AUDIT_LOG_SOURCE_H_
