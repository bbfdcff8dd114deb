#include "gateway/evidence/append_and_wait.h"

#include <utility>

#include "absl/synchronization/notification.h"

namespace tracegate {

absl::StatusOr<Recorded> AppendAndWait(EvidenceLog& log, RecordDraft draft) {
  absl::Notification done;
  absl::StatusOr<Recorded> result = Recorded();
  log.Append(std::move(draft), [&](absl::StatusOr<Recorded> recorded) {
    result = std::move(recorded);
    done.Notify();
  });
  done.WaitForNotification();
  return result;
}

}  // namespace tracegate
