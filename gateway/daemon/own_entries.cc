#include "gateway/daemon/own_entries.h"

#include <utility>

#include "gateway/evidence/append_and_wait.h"
#include "gateway/rpc/operations_log.h"
#include "protos/tracegate/failure.h"

namespace tracegate {

absl::Status OwnEntries::Record(v1::EntryKind kind, std::string content) const {
  RecordDraft draft;
  draft.entries.push_back(Own(kind, std::move(content)));
  return AppendAndWait(*log_, std::move(draft)).status();
}

void OwnEntries::Note(v1::EntryKind kind, std::string content) const {
  Append(Own(kind, std::move(content)));
}

void OwnEntries::NoteOfStrangers(v1::EntryKind kind, std::string content) const {
  EntryDraft entry;
  entry.header.set_kind(kind);
  entry.content = std::move(content);
  Append(std::move(entry));
}

EntryDraft OwnEntries::Own(v1::EntryKind kind, std::string content) const {
  EntryDraft entry;
  entry.header.set_kind(kind);
  entry.header.set_actor(gateway_id_);
  entry.header.set_state(gateway_state_);
  entry.content = std::move(content);
  return entry;
}

void OwnEntries::Append(EntryDraft entry) const {
  const std::string kind = v1::EntryKind_Name(entry.header.kind());
  RecordDraft draft;
  draft.entries.push_back(std::move(entry));
  log_->Append(std::move(draft), [kind](const auto& recorded) {
    if (recorded.ok()) return;
    LogError("own_entry_not_recorded",
             {{"kind", kind}, {"reason", ReasonName(DetailOf(recorded.status()).reason())}});
  });
}

}  // namespace tracegate
