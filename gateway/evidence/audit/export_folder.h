#ifndef TRACEGATE_GATEWAY_EVIDENCE_AUDIT_EXPORT_FOLDER_H_
#define TRACEGATE_GATEWAY_EVIDENCE_AUDIT_EXPORT_FOLDER_H_

#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/evidence/audit/bundle.h"
#include "gateway/evidence/audit/log_source.h"

namespace tracegate::audit {

// A log in a folder, as docs/formats/export.md has it:
//
//   checkpoint               signed note
//   checkpoints/<size>       signed notes of before, each over an entry that names other keys; may be absent
//   tile/<L>/<N>[.p/<W>]     hashes; may be absent as a whole
//   tile/entries/<N>[.p/<W>] leaves
//   content/<N>[.p/<W>]      salts and contents; may be absent as a whole
//
// The checkpoint's size says which of them belong to it; other files are not looked at.
class ExportFolder : public LogSource {
 public:
  // Errors: FAILED_PRECONDITION (CONFIG_INVALID) where there is no such folder, or no readable checkpoint file in it.
  static absl::StatusOr<std::unique_ptr<ExportFolder>> Open(const std::string& folder);

  absl::StatusOr<std::optional<SourceCheckpoint>> NextCheckpoint() override;
  absl::StatusOr<std::optional<SourceEntry>> NextEntry() override;
  bool has_contents() const override { return has_contents_; }
  bool may_withhold() const override { return true; }
  bool has_tiles() const override { return has_tiles_; }
  uint64_t tiles_size() const override { return static_cast<uint64_t>(size_); }
  absl::StatusOr<std::string> Tile(int level, uint64_t number, int width) override;

 private:
  explicit ExportFolder(std::filesystem::path folder) : folder_(std::move(folder)) {}
  void FindVouching();
  absl::Status OpenBundles(uint64_t number);
  absl::Status OpenContents(const std::string& path);
  // Both files end with the last entry.
  absl::Status CheckEnds() const;

  const std::filesystem::path folder_;
  // Those in checkpoints/, of fewer entries than the newest; the least last.
  std::vector<int64_t> vouching_;
  std::optional<std::string> note_;
  int64_t size_ = 0;  // as the checkpoint has it; 0 where it cannot be read
  bool has_contents_ = false;
  bool has_tiles_ = false;

  int64_t next_ = 0;  // index
  std::string bundle_;
  std::string_view leaves_;  // of the bundle, not yet taken
  std::ifstream contents_;
  uint64_t contents_left_ = 0;
  SaltedContent item_;
};

}  // namespace tracegate::audit

#endif  // TRACEGATE_GATEWAY_EVIDENCE_AUDIT_EXPORT_FOLDER_H_
