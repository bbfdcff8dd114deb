#include "gateway/transfers/item_remarks.h"

#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "adapters/marking/quality_gate.h"
#include "adapters/marking/reading.h"
#include "gateway/transfers/field_check.h"
#include "gateway/transfers/weapon_identity.h"

namespace tracegate {
namespace {

// Weapons of one number that are compared with one another: makers seldom share one, and a list may be wrong throughout.
constexpr size_t kSameNumberMax = 16;

struct Listed {
  uint32_t maker;
  std::string at;
};

std::string PathOf(int line, int item) { return At("lines", line) + "." + At("items", item); }

// The first remark that would stop the trace; null where none would.
const v1::MarkRemark* Stopping(const std::vector<v1::MarkRemark>& remarks) {
  for (const v1::MarkRemark& remark : remarks) {
    if (remark.severity() == v1::REMARK_SEVERITY_ERROR) return &remark;
  }
  return nullptr;
}

}  // namespace

void RemarkOnRepeats(const v1::TransferRecord& record, RemarkCollector* out) {
  WeaponReader reader;
  absl::flat_hash_map<std::string, std::vector<Listed>> listed;
  for (int i = 0; i < record.lines_size(); ++i) {
    const v1::TransferLine& line = record.lines(i);
    for (int j = 0; j < line.items_size() && !out->IsFull(); ++j) {
      const WeaponIdentity identity = reader.Read(line.items(j), line.manufacturer());
      if (!identity.certain) continue;
      std::vector<Listed>& same = listed[identity.number];
      for (const Listed& other : same) {
        if (!reader.MayBeOne(identity.maker, other.maker)) continue;
        out->Add(v1::RECORD_REMARK_KIND_LISTED_TWICE, PathOf(i, j),
                 "is the same as " + other.at + ": " + identity.number);
        break;
      }
      if (same.size() < kSameNumberMax) same.push_back({identity.maker, PathOf(i, j)});
    }
  }
}

void RemarkOnMarks(const v1::TransferRecord& record, RemarkCollector* out) {
  for (int i = 0; i < record.lines_size(); ++i) {
    const v1::TransferLine& line = record.lines(i);
    for (int j = 0; j < line.items_size() && !out->IsFull(); ++j) {
      // The gate stops every trace of ammunition, whatever is marked on it.
      if (line.items(j).has_ammunition_lot()) continue;
      const std::vector<v1::MarkRemark> remarks = CheckMarks(ItemReading(line.items(j)));
      const v1::MarkRemark* stopping = Stopping(remarks);
      if (stopping == nullptr) continue;
      out->Add(v1::RECORD_REMARK_KIND_MARKS, PathOf(i, j) + "." + stopping->field(),
               stopping->message() + " " + stopping->help());
    }
  }
}

}  // namespace tracegate
