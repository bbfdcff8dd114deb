#include "gateway/transfers/record_remarks.h"

#include <algorithm>
#include <string>

#include "absl/algorithm/container.h"
#include "gateway/transfers/authorisation_status.h"
#include "gateway/transfers/field_check.h"
#include "gateway/transfers/item_remarks.h"
#include "gateway/transfers/remark_collector.h"
#include "protos/tracegate/dates.h"

namespace tracegate {
namespace {

void RemarkOnLicence(const v1::TransferRecord& record, RemarkCollector* out) {
  if (record.basis() != v1::TRANSFER_BASIS_ACTUAL) return;
  if (record.authorisation().number().empty()) {
    out->Add(v1::RECORD_REMARK_KIND_NO_AUTHORISATION, "authorisation",
             "took place, and no licence is named");
    return;
  }
  const bool departed = record.departure_date().year() != 0;
  const v1::Date& moved = departed ? record.departure_date() : record.date();
  const v1::Date& last = record.authorisation().expiry_date();
  if (!IsLater(moved, last)) return;
  out->Add(v1::RECORD_REMARK_KIND_AUTHORISATION_EXPIRED, departed ? "departure_date" : "date",
           DateText(moved) + " is after the last day of licence " +
               record.authorisation().number() + ", " + DateText(last));
}

void RemarkOnTerritories(const v1::TransferRecord& record, RemarkCollector* out) {
  const auto& importing = record.states().importing();
  for (int i = 0; i < record.states().exporting_size(); ++i) {
    const std::string& state = record.states().exporting(i);
    if (std::find(importing.begin(), importing.end(), state) == importing.end()) continue;
    out->Add(v1::RECORD_REMARK_KIND_TERRITORIES, At("states.exporting", i),
             state + " is exporting and importing State");
  }
}

void RemarkOnQuantities(const v1::TransferRecord& record, RemarkCollector* out) {
  for (int i = 0; i < record.lines_size(); ++i) {
    const v1::TransferLine& line = record.lines(i);
    const v1::Quantity& quantity = line.quantity();
    if (quantity.unit() != v1::QUANTITY_UNIT_ITEMS || line.items_size() <= quantity.amount())
      continue;
    out->Add(v1::RECORD_REMARK_KIND_ITEMS_AND_QUANTITY, At("lines", i) + ".items",
             std::to_string(line.items_size()) + " are listed, and the quantity is " +
                 std::to_string(quantity.amount()));
  }
}

bool HasFirearms(const v1::TransferRecord& record) {
  return std::any_of(record.lines().begin(), record.lines().end(), [](const auto& line) {
    return line.category() == v1::ARMS_CATEGORY_SMALL_ARMS_AND_LIGHT_WEAPONS ||
           line.type() != v1::FIREARM_TYPE_UNSPECIFIED ||
           std::any_of(line.items().begin(), line.items().end(),
                       [](const v1::Item& item) { return item.has_weapon(); });
  });
}

void RemarkOnClearances(const v1::TransferRecord& record,
                        const std::vector<v1::Clearance>& answered, RemarkCollector* out) {
  if (!NeedsClearances(record)) return;
  const auto has = [&](v1::ClearanceKind kind, const std::string& state) {
    const auto is_it = [&](const v1::Clearance& clearance) {
      return clearance.kind() == kind && clearance.state() == state;
    };
    return absl::c_any_of(record.clearances(), is_it) || absl::c_any_of(answered, is_it);
  };
  for (const std::string& state : record.states().importing()) {
    if (has(v1::CLEARANCE_KIND_IMPORT_LICENCE, state)) continue;
    out->Add(v1::RECORD_REMARK_KIND_CLEARANCE_MISSING, "clearances",
             "no import licence of " + state + " is named");
  }
  for (const std::string& state : record.states().transit()) {
    if (has(v1::CLEARANCE_KIND_TRANSIT_NO_OBJECTION, state)) continue;
    out->Add(v1::RECORD_REMARK_KIND_CLEARANCE_MISSING, "clearances",
             "no leave of the transit State " + state + " is named");
  }
}

}  // namespace

bool NeedsClearances(const v1::TransferRecord& record) {
  if (record.kind() != v1::TRANSFER_KIND_EXPORT || !HasFirearms(record)) return false;
  return record.basis() == v1::TRANSFER_BASIS_ACTUAL || WasGranted(record.authorisation().status());
}

std::vector<v1::RecordRemark> RemarksOn(const v1::TransferRecord& record,
                                        const std::vector<v1::Clearance>& answered) {
  RemarkCollector out;
  RemarkOnLicence(record, &out);
  RemarkOnTerritories(record, &out);
  RemarkOnClearances(record, answered, &out);
  RemarkOnQuantities(record, &out);
  RemarkOnRepeats(record, &out);
  RemarkOnMarks(record, &out);
  return out.Take();
}

}  // namespace tracegate
