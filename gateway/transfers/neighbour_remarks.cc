#include "gateway/transfers/neighbour_remarks.h"

#include <algorithm>
#include <utility>

#include "adapters/marking/field_agreement.h"
#include "adapters/marking/match.h"
#include "adapters/marking/reading.h"
#include "gateway/transfers/listed_weapons.h"
#include "gateway/transfers/record_remarks.h"

namespace tracegate {
namespace {

constexpr int kLookedAtMax = 16;  // records under one number

bool MayBeSame(const v1::Item& item, const std::string& word, const v1::Item& other) {
  if (SerialWord(other.weapon().serial_number()) != word) return false;
  return !Contradicts(CompareMakers(ReadItem(item).weapon().manufacturer(),
                                    ReadItem(other).weapon().manufacturer()));
}

bool Holds(const v1::TransferRecord& record, const v1::Item& item, const std::string& word) {
  return std::any_of(record.lines().begin(), record.lines().end(), [&](const auto& line) {
    return std::any_of(line.items().begin(), line.items().end(),
                       [&](const v1::Item& other) { return MayBeSame(item, word, other); });
  });
}

// Another consignment of the same sort: the parts of one large consignment are not, nor is a licence beside its shipment.
bool IsRival(const v1::Transfer& other, const v1::Transfer& transfer) {
  const v1::TransferRecord& one = transfer.record();
  const v1::TransferRecord& two = other.record();
  return other.transfer_id() != transfer.transfer_id() && other.has_record() &&
         two.kind() == one.kind() && two.basis() == one.basis() &&
         (one.consignment().empty() || two.consignment() != one.consignment());
}

// The newest other record that holds the weapon; empty where none does.
absl::StatusOr<std::string> RecordWith(const StoredTransfers& stored, const std::string& state,
                                       const v1::Transfer& transfer, const v1::Item& item,
                                       const std::string& word) {
  std::string holder;
  int looked_at = 0;
  DocumentQuery query = DocumentsOf(DocumentKind::kTransfer, state);
  query.key = word;
  query.newest_first = true;
  const absl::Status scanned = stored.store()->ScanDocuments(query, [&](const DocumentRow& row) {
    const auto other = ReadDocument<v1::Transfer>(row);
    if (other.ok() && IsRival(*other, transfer) && Holds(other->record(), item, word)) {
      holder = row.document_id;
    }
    return holder.empty() && ++looked_at < kLookedAtMax;
  });
  if (!scanned.ok()) return scanned;
  return holder;
}

}  // namespace

absl::Status RemarkNeighbours(const StoredTransfers& stored, const std::string& state,
                              const v1::Transfer& transfer,
                              std::vector<v1::RecordRemark>* remarks) {
  for (const ListedWeapon& weapon : ListedWeapons(transfer.record())) {
    if (remarks->size() >= kRemarksMax) break;
    const std::string word = SerialWord(weapon.item->weapon().serial_number());
    if (word.empty()) continue;
    const auto holder = RecordWith(stored, state, transfer, *weapon.item, word);
    if (!holder.ok()) return holder.status();
    if (holder->empty()) continue;
    v1::RecordRemark& remark = remarks->emplace_back();
    remark.set_field(weapon.field);
    remark.set_kind(v1::RECORD_REMARK_KIND_IN_ANOTHER_RECORD);
    remark.set_text("may be the weapon of transfer " + *holder + " too");
  }
  return absl::OkStatus();
}

}  // namespace tracegate
