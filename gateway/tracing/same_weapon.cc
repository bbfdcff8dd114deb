#include "gateway/tracing/same_weapon.h"

#include <string>
#include <utility>

#include "adapters/marking/field_agreement.h"
#include "adapters/marking/match.h"
#include "adapters/marking/remark.h"
#include "gateway/tracing/stored_traces.h"
#include "gateway/tracing/trace_state.h"

namespace tracegate {
namespace {

constexpr size_t kSpellingsMax = 4;  // as read, in capitals, without separators
constexpr int kLookedAtMax = 16;     // traces under one spelling

bool IsSame(RecordStore* store, const TraceRow& row, const ItemReading& read) {
  if (ReadSerial(row.serial_number).key != read.serial.key) return false;
  const auto earlier = StoredTraces(store).Read(row);
  if (!earlier.ok()) return false;
  return !Contradicts(CompareMakers(read.item.weapon().manufacturer(),
                                    ReadItem(TracedItem(*earlier)).weapon().manufacturer()));
}

// The newest of the State's own traces of the weapon; empty where it has none.
std::string NewestOf(RecordStore* store, const std::string& state, const ItemReading& read) {
  std::string newest;
  std::vector<std::string> spellings = SpellingsToAsk(read.serial);
  if (spellings.size() > kSpellingsMax) spellings.resize(kSpellingsMax);
  for (std::string& spelling : spellings) {
    TraceQuery query;
    query.visible_to_state = state;
    query.direction = v1::TRACE_DIRECTION_ASKED_BY_US;
    query.serial_number = std::move(spelling);
    query.limit = kLookedAtMax;
    const auto rows = store->ListTraces(query);
    if (!rows.ok()) return newest;
    for (const TraceRow& row : *rows) {
      if (row.trace_id > newest && IsSame(store, row, read)) newest = row.trace_id;
    }
  }
  return newest;
}

}  // namespace

void NoteEarlierTrace(RecordStore* store, const Caller& caller, const ItemReading& read,
                      std::string_view language, std::vector<v1::MarkRemark>* remarks) {
  if (caller.role == Role::kPeer || !read.item.has_weapon() || read.serial.key.empty()) return;
  const std::string newest = NewestOf(store, caller.state, read);
  if (newest.empty()) return;
  RemarkList notes("weapon", language);
  notes.Note("serial_number", v1::REMARK_KIND_TRACED_BEFORE, "traced_before", {{"trace", newest}});
  remarks->push_back(notes.Take().front());
}

}  // namespace tracegate
