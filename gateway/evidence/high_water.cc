#include "gateway/evidence/high_water.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <system_error>
#include <utility>

#include "gateway/evidence/log_proofs.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

std::string Reason(int error) { return std::generic_category().message(error); }

// For the owner's eyes only, as the store is. Synced: renamed before its bytes are on the disk, the file could be empty
// after a power cut, and a gateway does not start with an empty one.
bool WriteOwn(const std::string& file, const std::string& text) {
  const int descriptor = open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (descriptor < 0) return false;
  const bool written =
      write(descriptor, text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
      fdatasync(descriptor) == 0;
  return close(descriptor) == 0 && written;
}

}  // namespace

absl::Status HighWater::Check(const EvidenceLog& log, RecordStore* store) const {
  std::error_code error;
  if (!std::filesystem::exists(file_, error)) return absl::OkStatus();
  std::ifstream in(file_, std::ios::binary);
  std::ostringstream note;
  note << in.rdbuf();
  const auto seen = log.OpenOwn(note.str());
  if (!in || !seen.ok()) {
    return Failure(v1::REASON_CONFIG_INVALID,
                   file_ +
                       " holds no checkpoint of this log; if the log was begun anew on purpose, "
                       "put the file away");
  }
  const LogView view = log.view();
  if (seen->tree_size > view.size) {
    return Failure(v1::REASON_LOG_DAMAGED, "evidence log is damaged: it had " +
                                               std::to_string(seen->tree_size) + " entries (" +
                                               file_ + ") and has " + std::to_string(view.size) +
                                               "; was an older copy restored?");
  }
  const auto root = LogProofs(store, view).Root(seen->tree_size);
  if (!root.ok()) return root.status();
  if (*root == seen->root) return absl::OkStatus();
  return Failure(v1::REASON_LOG_DAMAGED,
                 "evidence log is damaged: its first " + std::to_string(seen->tree_size) +
                     " entries are not those that " + file_ + " was signed over");
}

absl::Status HighWater::Write(const EvidenceLog& log) {
  std::string checkpoint = log.checkpoint();
  if (checkpoint == written_) return absl::OkStatus();
  // The folder is not synced: after a power cut the file may be the one before, never a wrong one.
  const std::string draft = file_ + ".new";
  if (!WriteOwn(draft, checkpoint) || std::rename(draft.c_str(), file_.c_str()) != 0) {
    return Failure(v1::REASON_RECORD_NOT_DURABLE, "cannot write " + file_ + ": " + Reason(errno));
  }
  written_ = std::move(checkpoint);
  return absl::OkStatus();
}

}  // namespace tracegate
