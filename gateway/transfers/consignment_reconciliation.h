#ifndef TRACEGATE_GATEWAY_TRANSFERS_CONSIGNMENT_RECONCILIATION_H_
#define TRACEGATE_GATEWAY_TRANSFERS_CONSIGNMENT_RECONCILIATION_H_

#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "gateway/transfers/weapon_pairing.h"
#include "tracegate/v1/transfer.pb.h"

namespace tracegate {

// Holds the exporting State's records of one consignment against the importing State's, weapon by weapon: how many of each
// category arrived, and whether they are those that left. A consignment may be many records on either side.
//
// Linear in the weapons. Lifetime: the records outlive it: what it tells of weapons it takes from them. To compare more
// than memory holds, use WeaponPairing, which keeps none of the messages.
//
// Thread safety: none.
class ConsignmentReconciliation {
 public:
  // All of the exporter's, then all of the importer's.
  void AddExport(const v1::TransferRecord& record);
  void AddImport(const v1::TransferRecord& record);

  // QUANTITY_SHORT: fewer arrived than left. QUANTITY: more; or, expected, the two sides count a category in different units,
  // or one does not count it. CATEGORY: the same number as another category. MARKS: weapons
  // that left and did not arrive, or the other way round; not looked for where one side lists no single arms, since then
  // nothing is known of them. Without ids and transfer ids; empty: they agree. Call once.
  std::vector<v1::Discrepancy> Finish();

 private:
  using Key = std::pair<v1::ArmsCategory, v1::ArmsSubcategory>;
  struct Amounts {
    std::map<v1::QuantityUnit, v1::Quantity> exported;
    std::map<v1::QuantityUnit, v1::Quantity> imported;
    // Whether a line of that side tells its value alone.
    bool exported_uncounted = false;
    bool imported_uncounted = false;
    const v1::TransferRecord* record = nullptr;
    const v1::TransferLine* line = nullptr;
  };

  void AddLines(const v1::TransferRecord& record, bool is_export);
  void CompareAmounts(std::vector<v1::Discrepancy>* out);
  bool TakenForAnother(const Key& key, const Amounts& amounts, v1::QuantityUnit unit,
                       std::vector<v1::Discrepancy>* out);
  static const char* WhyNotCompared(const Amounts& amounts);
  static void CompareUnit(const Key& key, const Amounts& amounts, v1::QuantityUnit unit,
                          std::vector<v1::Discrepancy>* out);
  void CompareWeapons(std::vector<v1::Discrepancy>* out);

  std::map<Key, Amounts> amounts_;
  WeaponPairing pairing_;
  std::vector<const v1::Item*> exported_;
  std::vector<const v1::Item*> imported_;
  const v1::TransferRecord* first_ = nullptr;
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_TRANSFERS_CONSIGNMENT_RECONCILIATION_H_
