#include "gateway/transfers/line_check.h"

#include <algorithm>
#include <string>

#include "absl/container/flat_hash_set.h"
#include "gateway/transfers/arms_category.h"
#include "gateway/transfers/field_check.h"

namespace tracegate {
namespace {

constexpr int kItemsMax = 1000;
constexpr int64_t kAmountMax = 1'000'000'000'000;

// Headings of chapter 93 have 4 digits; national tariffs go down to 10.
bool IsHsCode(const std::string& code) {
  return code.size() >= 4 && code.size() <= 10 &&
         std::all_of(code.begin(), code.end(), [](char c) { return c >= '0' && c <= '9'; });
}

void CheckCategory(const v1::TransferLine& line, const std::string& at, Violations* out) {
  const bool named = line.category() != v1::ARMS_CATEGORY_UNSPECIFIED;
  const bool subnamed = line.subcategory() != v1::ARMS_SUBCATEGORY_UNSPECIFIED;
  out->Require(named, at + "category", "say which category of ATT 2(1) it is, or OTHER");
  if (!named) return;
  out->Require(subnamed || !HasSubcategories(line.category()), at + "subcategory",
               "categories IV, V, VII and VIII are reported by subcategory: name it");
  out->Refuse(subnamed && CategoryOf(line.subcategory()) != line.category(), at + "subcategory",
              "is of another category");
}

void CheckQuantity(const v1::TransferLine& line, const std::string& at, Violations* out) {
  const v1::Quantity& quantity = line.quantity();
  out->Refuse(quantity.amount() < 1 || quantity.amount() > kAmountMax, at + "quantity.amount",
              "must be 1 to 1,000,000,000,000");
  out->Require(quantity.unit() != v1::QUANTITY_UNIT_UNSPECIFIED, at + "quantity.unit",
               "say what is counted: ITEMS, CARTRIDGES or GRAMS");
  out->Refuse(quantity.unit() != v1::QUANTITY_UNIT_UNSPECIFIED &&
                  quantity.unit() != v1::QUANTITY_UNIT_ITEMS && IsConventionalArms(line.category()),
              at + "quantity.unit", "arms of the categories I to VIII are counted in ITEMS");
}

void CheckItems(const v1::TransferLine& line, const std::string& at, Violations* out) {
  for (int i = 0; i < line.items_size(); ++i) {
    const v1::Item& item = line.items(i);
    if (item.item_case() == v1::Item::ITEM_NOT_SET) {
      out->Require(false, At(at + "items", i),
                   "describe the weapon, essential part or ammunition lot");
    }
    if (item.has_ammunition_lot() && item.ammunition_lot().quantity() < 0) {
      out->Refuse(true, At(at + "items", i) + ".ammunition_lot.quantity", "must be 0 or more");
    }
  }
}

void CheckLine(const v1::TransferLine& line, const std::string& at, Violations* out) {
  CheckCategory(line, at, out);
  out->Refuse(!line.hs_code().empty() && !IsHsCode(line.hs_code()), at + "hs_code",
              "is no code of the Harmonised System: 4 to 10 digits, no dots, such as 930200");
  CheckTerm(line.has_manufacturer(), line.manufacturer(), at + "manufacturer", out);
  CheckTerm(line.has_model(), line.model(), at + "model", out);
  CheckTerm(line.has_calibre(), line.calibre(), at + "calibre", out);
  out->Require(line.has_quantity() || line.has_value(), at + "quantity",
               "give the quantity, the value, or both");
  if (line.has_quantity()) CheckQuantity(line, at, out);
  if (line.has_value()) CheckMoney(line.value(), at + "value", out);
  CheckItems(line, at, out);
}

}  // namespace

void CheckLines(const v1::TransferRecord& record, Violations* out) {
  out->Require(!record.lines().empty(), "lines", "say what is transferred, at least one line");
  absl::flat_hash_set<int32_t> numbers;
  int items = 0;
  for (int i = 0; i < record.lines_size(); ++i) {
    const v1::TransferLine& line = record.lines(i);
    const std::string at = At("lines", i) + ".";
    out->Require(line.number() != 0, at + "number", "number the lines from 1 on");
    out->Refuse(line.number() < 0, at + "number", "must be 1 or more");
    out->Refuse(line.number() > 0 && !numbers.insert(line.number()).second, at + "number",
                "is another line's");
    CheckLine(line, at, out);
    items += line.items_size();
  }
  out->Refuse(items > kItemsMax, "lines",
              "list more than 1,000 single arms together: record the consignment in several "
              "records with the same `consignment`");
}

}  // namespace tracegate
