#include "gateway/tracing/same_weapon.h"

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
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

// Traces of that number, newest first; whether the maker is the same is not known yet.
using RowsByNewest = std::map<std::string, TraceRow, std::greater<>>;

RowsByNewest RowsOfNumber(RecordStore* store, TraceQuery query, const SerialReading& serial) {
  RowsByNewest found;
  std::vector<std::string> spellings = SpellingsToAsk(serial);
  if (spellings.size() > kSpellingsMax) spellings.resize(kSpellingsMax);
  query.limit = kLookedAtMax;
  for (std::string& spelling : spellings) {
    query.serial_number = std::move(spelling);
    const auto rows = store->ListTraces(query);
    if (!rows.ok()) return found;
    for (const TraceRow& row : *rows) {
      if (ReadSerial(row.serial_number).key == serial.key) found.emplace(row.trace_id, row);
    }
  }
  return found;
}

std::optional<v1::Trace> IfSameMaker(RecordStore* store, const TraceRow& row,
                                     const ItemReading& read) {
  auto trace = StoredTraces(store).Read(row);
  if (!trace.ok()) return std::nullopt;
  const v1::Item earlier = ReadItem(TracedItem(*trace));
  if (!MayBeOneWeapon(read.serial.key, read.item.weapon().manufacturer(), read.serial.key,
                      earlier.weapon().manufacturer())) {
    return std::nullopt;
  }
  return *std::move(trace);
}

TraceQuery OwnTracesOf(const std::string& state) {
  TraceQuery query;
  query.visible_to_state = state;
  query.direction = v1::TRACE_DIRECTION_ASKED_BY_US;
  return query;
}

std::vector<v1::Trace> OfSameMaker(RecordStore* store, const RowsByNewest& rows,
                                   const ItemReading& read) {
  std::vector<v1::Trace> traces;
  for (const auto& [id, row] : rows) {
    if (auto trace = IfSameMaker(store, row, read)) traces.push_back(*std::move(trace));
  }
  return traces;
}

bool CanBeLookedFor(const v1::Item& item, const SerialReading& serial) {
  return item.has_weapon() && !serial.key.empty();
}

}  // namespace

bool MayBeOneWeapon(const std::string& number, const v1::Term& maker,
                    const std::string& other_number, const v1::Term& other_maker) {
  return !number.empty() && number == other_number &&
         !Contradicts(CompareMakers(maker, other_maker));
}

std::vector<v1::Trace> TracesOfWeapon(RecordStore* store, TraceQuery query,
                                      const ItemReading& read) {
  if (!CanBeLookedFor(read.item, read.serial)) return {};
  return OfSameMaker(store, RowsOfNumber(store, std::move(query), read.serial), read);
}

std::vector<v1::Trace> TracesOfWeapon(RecordStore* store, TraceQuery query, const v1::Item& item) {
  const SerialReading serial = ReadSerialOf(item);
  if (!CanBeLookedFor(item, serial)) return {};
  const RowsByNewest rows = RowsOfNumber(store, std::move(query), serial);
  return rows.empty() ? std::vector<v1::Trace>() : OfSameMaker(store, rows, ItemReading(item));
}

void NoteEarlierTrace(RecordStore* store, const Caller& caller, const ItemReading& read,
                      std::string_view language, std::vector<v1::MarkRemark>* remarks) {
  if (caller.role == Role::kPeer || !CanBeLookedFor(read.item, read.serial)) return;
  const RowsByNewest rows = RowsOfNumber(store, OwnTracesOf(caller.state), read.serial);
  const auto newest = std::find_if(rows.begin(), rows.end(), [&](const auto& row) {
    return IfSameMaker(store, row.second, read).has_value();
  });
  if (newest == rows.end()) return;
  RemarkList notes("weapon", language);
  notes.Note("serial_number", v1::REMARK_KIND_TRACED_BEFORE, "traced_before",
             {{"trace", newest->first}});
  remarks->push_back(notes.Take().front());
}

}  // namespace tracegate
