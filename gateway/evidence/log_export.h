#ifndef TRACEGATE_GATEWAY_EVIDENCE_LOG_EXPORT_H_
#define TRACEGATE_GATEWAY_EVIDENCE_LOG_EXPORT_H_

#include <cstdint>
#include <functional>
#include <string>

#include "absl/status/statusor.h"
#include "gateway/evidence/log_view.h"
#include "gateway/storage/record_store.h"
#include "tracegate/v1/evidence.pb.h"

namespace tracegate {

// The log as the files of https://c2sp.org/tlog-tiles, which other people's tools read, and its contents beside them:
//
//   checkpoint              the newest signed checkpoint
//   checkpoints/1234        ours: where the log's keys changed, the checkpoint that vouches for the entry which says so
//   tile/0/x001/234         hashes; the last of a level, where it is not full: tile/0/x001/235.p/17
//   tile/entries/x001/234   headers, the leaves: each after its length in two bytes, big-endian
//   content/x001/234        ours: for each header of that bundle one byte, the length of its salt (32; 0 where salt and
//                           content are erased or withheld), the salt, four bytes, the length of the content, the content
//
// docs/formats/export.md has an example.
//
// Thread safety: one thread at a time. Lifetime: `store` outlives it.
//
// Errors: DATA_LOSS (LOG_DAMAGED) where the log cannot be read as it should be; what the store itself reports is passed on.
class LogExport {
 public:
  // Whether the content of such an entry is given along.
  using Tells = std::function<bool(v1::EntryKind)>;
  using TakeFile = std::function<void(v1::ExportLogResponse)>;

  LogExport(RecordStore* store, LogView view, Tells tells)
      : store_(store), view_(std::move(view)), tells_(std::move(tells)) {}

  // Hands out the files from the bundle on that holds `from_index`, at most so many bundles with their tiles; with the
  // last bundle of the log also the unfinished tiles and, last of all, the checkpoint. Returns the index to go on from;
  // -1 once the checkpoint was handed out. Full files are the same however often they are asked for.
  absl::StatusOr<int64_t> Write(int64_t from_index, int bundles_max, const TakeFile& file);

 private:
  absl::Status WriteBundle(int64_t bundle, const TakeFile& file);
  absl::Status WriteVouching(int64_t index, const TakeFile& file);
  absl::Status WriteFullTiles(int64_t bundle, const TakeFile& file);
  void WritePartialTiles(const TakeFile& file);

  RecordStore* const store_;
  const LogView view_;
  const Tells tells_;
};

// `x001/234`, or `x001/235.p/17` for one that holds fewer than 256.
std::string TilePath(int64_t index, int64_t width);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_EVIDENCE_LOG_EXPORT_H_
