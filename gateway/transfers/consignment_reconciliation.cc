#include "gateway/transfers/consignment_reconciliation.h"

#include <set>
#include <string>

#include "gateway/transfers/arms_category.h"
#include "gateway/transfers/consignment_case.h"
#include "gateway/transfers/figures.h"

namespace tracegate {
namespace {

using ByUnit = std::map<v1::QuantityUnit, v1::Quantity>;

int64_t AmountOf(const ByUnit& quantities, v1::QuantityUnit unit) {
  const auto found = quantities.find(unit);
  return found == quantities.end() ? 0 : found->second.amount();
}

std::set<v1::QuantityUnit> UnitsOf(const ByUnit& one, const ByUnit& other) {
  std::set<v1::QuantityUnit> units;
  for (const auto& [unit, quantity] : one) units.insert(unit);
  for (const auto& [unit, quantity] : other) units.insert(unit);
  return units;
}

std::vector<const v1::Item*> Picked(const std::vector<const v1::Item*>& items,
                                    const std::vector<uint32_t>& indices) {
  std::vector<const v1::Item*> picked;
  for (const uint32_t index : indices) picked.push_back(items[index]);
  return picked;
}

}  // namespace

void ConsignmentReconciliation::AddExport(const v1::TransferRecord& record) {
  AddLines(record, true);
}

void ConsignmentReconciliation::AddImport(const v1::TransferRecord& record) {
  AddLines(record, false);
}

void ConsignmentReconciliation::AddLines(const v1::TransferRecord& record, bool is_export) {
  if (first_ == nullptr) first_ = &record;
  for (const v1::TransferLine& line : record.lines()) {
    Amounts& amounts = amounts_[{line.category(), line.subcategory()}];
    if (amounts.record == nullptr) {
      amounts.record = &record;
      amounts.line = &line;
    }
    ByUnit& quantities = is_export ? amounts.exported : amounts.imported;
    if (line.has_quantity()) {
      AddQuantity(line.quantity(), &quantities[line.quantity().unit()]);
    } else {
      (is_export ? amounts.exported_uncounted : amounts.imported_uncounted) = true;
    }
    for (const v1::Item& item : line.items()) {
      if (is_export) {
        pairing_.AddSent(item, line.manufacturer());
      } else {
        pairing_.AddReceived(item, line.manufacturer());
      }
      (is_export ? exported_ : imported_).push_back(&item);
    }
  }
}

// Whether as many as left and did not arrive arrived as another category that none left of.
bool ConsignmentReconciliation::TakenForAnother(const Key& key, const Amounts& amounts,
                                                v1::QuantityUnit unit,
                                                std::vector<v1::Discrepancy>* out) {
  const int64_t left = AmountOf(amounts.exported, unit);
  if (left == 0 || !amounts.imported.empty() || amounts.imported_uncounted) return false;
  for (auto& [other_key, other] : amounts_) {
    if (other_key == key || !other.exported.empty() || AmountOf(other.imported, unit) != left) {
      continue;
    }
    v1::Discrepancy& one = out->emplace_back(CaseOf(
        v1::DISCREPANCY_KIND_CATEGORY, *amounts.record,
        FigureText(amounts.exported.at(unit)) + " left as " + ArmsWords(key.first, key.second) +
            " and arrived as " + ArmsWords(other_key.first, other_key.second)));
    *one.mutable_ours() = RowOfLine(*amounts.record, *amounts.line);
    *one.mutable_theirs() = RowOfLine(*other.record, *other.line);
    other.imported.erase(unit);
    return true;
  }
  return false;
}

// Null where the two sides can be compared.
const char* ConsignmentReconciliation::WhyNotCompared(const Amounts& amounts) {
  if (amounts.exported_uncounted || amounts.imported_uncounted) {
    return "one side tells the value alone";
  }
  if (amounts.exported.empty() || amounts.imported.empty()) return nullptr;
  for (const auto& [unit, quantity] : amounts.exported) {
    if (amounts.imported.contains(unit)) return nullptr;
  }
  return "they are counted in different units";
}

void ConsignmentReconciliation::CompareUnit(const Key& key, const Amounts& amounts,
                                            v1::QuantityUnit unit,
                                            std::vector<v1::Discrepancy>* out) {
  const int64_t left = AmountOf(amounts.exported, unit);
  const int64_t arrived = AmountOf(amounts.imported, unit);
  if (left == arrived) return;
  v1::Discrepancy& one = out->emplace_back(
      CaseOf(arrived < left ? v1::DISCREPANCY_KIND_QUANTITY_SHORT : v1::DISCREPANCY_KIND_QUANTITY,
             *amounts.record,
             ArmsWords(key.first, key.second) + ": " + std::to_string(left) + " " +
                 UnitWords(unit) + " left, " + std::to_string(arrived) + " arrived"));
  v1::TransferRow row = RowOfLine(*amounts.record, *amounts.line);
  row.clear_value();
  row.mutable_quantity()->set_unit(unit);
  row.mutable_quantity()->set_amount(left);
  if (left > 0) *one.mutable_ours() = row;
  row.mutable_quantity()->set_amount(arrived);
  if (arrived > 0) *one.mutable_theirs() = row;
}

void ConsignmentReconciliation::CompareAmounts(std::vector<v1::Discrepancy>* out) {
  for (auto& [key, amounts] : amounts_) {
    for (const v1::QuantityUnit unit : UnitsOf(amounts.exported, {})) {
      if (TakenForAnother(key, amounts, unit, out)) amounts.exported.erase(unit);
    }
  }
  for (const auto& [key, amounts] : amounts_) {
    const char* const why = WhyNotCompared(amounts);
    if (why == nullptr) {
      for (const v1::QuantityUnit unit : UnitsOf(amounts.exported, amounts.imported)) {
        CompareUnit(key, amounts, unit, out);
      }
    } else if (!amounts.exported.empty() || !amounts.imported.empty()) {
      v1::Discrepancy& one = out->emplace_back(
          CaseOf(v1::DISCREPANCY_KIND_QUANTITY, *amounts.record,
                 ArmsWords(key.first, key.second) + " cannot be compared: " + why));
      one.set_expected(true);
    }
  }
}

void ConsignmentReconciliation::CompareWeapons(std::vector<v1::Discrepancy>* out) {
  if (exported_.empty() || imported_.empty()) return;
  const WeaponPairing::Unpaired unpaired = pairing_.Finish();
  if (unpaired.sent.empty() && unpaired.received.empty()) return;
  v1::Discrepancy& one = out->emplace_back(
      CaseOf(v1::DISCREPANCY_KIND_MARKS, *first_,
             "of " + std::to_string(exported_.size()) + " listed when they left and " +
                 std::to_string(imported_.size()) + " when they arrived, " +
                 std::to_string(unpaired.sent.size()) + " are missing and " +
                 std::to_string(unpaired.received.size()) + " are unexpected"));
  AddItems(Picked(exported_, unpaired.sent), one.mutable_missing_items());
  AddItems(Picked(imported_, unpaired.received), one.mutable_unexpected_items());
}

std::vector<v1::Discrepancy> ConsignmentReconciliation::Finish() {
  std::vector<v1::Discrepancy> discrepancies;
  CompareAmounts(&discrepancies);
  CompareWeapons(&discrepancies);
  return discrepancies;
}

}  // namespace tracegate
