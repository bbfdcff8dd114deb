#include "gateway/transfers/destroyed_remarks.h"

#include <algorithm>

#include "gateway/tracing/same_weapon.h"
#include "gateway/transfers/destruction.h"
#include "gateway/transfers/listed_weapons.h"
#include "gateway/transfers/record_remarks.h"

namespace tracegate {
namespace {

// What a trace of the weapon was told of it by this State's registry; empty where none was.
std::string TextOfTraces(RecordStore* store, const TraceQuery& query, const std::string& state,
                         const v1::Item& item) {
  for (const v1::Trace& trace : TracesOfWeapon(store, query, item)) {
    for (const v1::Hop& hop : trace.hops()) {
      if (hop.to_state() != state) continue;
      if (const auto destruction = DestructionIn(hop.answer())) {
        return destruction->text + ", by the record that trace " + trace.trace_id() +
               " was told of";
      }
    }
  }
  return "";
}

}  // namespace

void RemarkDestroyed(RecordStore* store, const std::string& state, const v1::TransferRecord& record,
                     const std::vector<DestroyedItem>& found,
                     std::vector<v1::RecordRemark>* remarks) {
  TraceQuery query;
  query.visible_to_state = state;
  for (const ListedWeapon& weapon : ListedWeapons(record)) {
    if (remarks->size() >= kRemarksMax) return;
    const auto known = std::find_if(found.begin(), found.end(), [&](const DestroyedItem& item) {
      return item.field == weapon.field;
    });
    std::string text =
        known != found.end() ? known->text : TextOfTraces(store, query, state, *weapon.item);
    if (text.empty()) continue;
    v1::RecordRemark& remark = remarks->emplace_back();
    remark.set_field(weapon.field);
    remark.set_kind(v1::RECORD_REMARK_KIND_DESTROYED);
    remark.set_text(std::move(text));
  }
}

}  // namespace tracegate
