#include "gateway/transfers/destroyed_remarks.h"

#include "gateway/tracing/same_weapon.h"
#include "gateway/transfers/record_remarks.h"
#include "protos/tracegate/dates.h"

namespace tracegate {
namespace {

// The destruction of the traced weapon that this State's registry tells; null where it tells none.
const v1::LifeEvent* DestructionIn(const v1::Trace& trace, const std::string& state) {
  for (const v1::Hop& hop : trace.hops()) {
    if (hop.to_state() != state) continue;
    for (const v1::Candidate& candidate : hop.answer().candidates()) {
      if (candidate.needs_confirmation()) continue;
      for (const v1::LifeEvent& event : candidate.record().events()) {
        if (event.kind() == v1::LIFE_EVENT_KIND_DESTRUCTION) return &event;
      }
    }
  }
  return nullptr;
}

std::string TextOf(const v1::LifeEvent& destruction, const v1::Trace& trace) {
  const std::string day = DateText(destruction.date());
  return "was destroyed" + (day.empty() ? "" : " on " + day) + ", by the record that trace " +
         trace.trace_id() + " was told of";
}

}  // namespace

void RemarkDestroyed(RecordStore* store, const std::string& state, const v1::TransferRecord& record,
                     std::vector<v1::RecordRemark>* remarks) {
  TraceQuery query;
  query.visible_to_state = state;
  for (int i = 0; i < record.lines_size(); ++i) {
    for (int j = 0; j < record.lines(i).items_size() && remarks->size() < kRemarksMax; ++j) {
      const v1::Item& item = record.lines(i).items(j);
      if (!item.has_weapon() || item.weapon().serial_number().empty()) continue;
      for (const v1::Trace& trace : TracesOfWeapon(store, query, ItemReading(item))) {
        const v1::LifeEvent* destruction = DestructionIn(trace, state);
        if (destruction == nullptr) continue;
        v1::RecordRemark& remark = remarks->emplace_back();
        remark.set_field("record.lines[" + std::to_string(i) + "].items[" + std::to_string(j) +
                         "]");
        remark.set_kind(v1::RECORD_REMARK_KIND_DESTROYED);
        remark.set_text(TextOf(*destruction, trace));
        break;
      }
    }
  }
}

}  // namespace tracegate
