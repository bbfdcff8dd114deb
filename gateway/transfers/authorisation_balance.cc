#include "gateway/transfers/authorisation_balance.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "gateway/transfers/arms_category.h"
#include "gateway/transfers/authorisation_status.h"
#include "gateway/transfers/consignment_case.h"
#include "gateway/transfers/figures.h"

namespace tracegate {
namespace {

constexpr size_t kIdsMax = 200;

std::string FigureOf(const v1::TransferRow& row) {
  if (row.has_quantity()) return FigureText(row.quantity());
  return row.has_value() ? FigureText(row.value()) : "none";
}

}  // namespace

void AuthorisationBalance::Add(const std::string& transfer_id, const v1::TransferRecord& record) {
  const v1::Authorisation& licence = record.authorisation();
  if (licence.number().empty()) return;
  Balance& balance = balances_[{licence.issuing_state(), licence.number(), record.kind()}];
  const bool authorised = record.basis() == v1::TRANSFER_BASIS_AUTHORISED;
  (authorised ? balance.known : balance.used) = true;
  std::vector<std::string>& ids = authorised ? balance.authorisation_ids : balance.transfer_ids;
  if (ids.size() < kIdsMax) ids.push_back(transfer_id);
  if (authorised && !WasGranted(licence.status())) return;
  for (const v1::TransferLine& line : record.lines()) AddLine(record, line, &balance);
}

void AuthorisationBalance::AddLine(const v1::TransferRecord& record, const v1::TransferLine& line,
                                   Balance* balance) {
  const bool authorised = record.basis() == v1::TRANSFER_BASIS_AUTHORISED;
  Sides& sides = balance->categories[{line.category(), line.subcategory()}];
  (authorised ? sides.permitted : sides.actual).Add(RowOfLine(record, line));
  (authorised ? sides.any_permitted : sides.any_actual) = true;
}

bool AuthorisationBalance::IsOver(const Sides& sides) {
  if (!sides.any_actual) return false;
  if (!sides.any_permitted) return true;
  if (const std::optional<int64_t> more = sides.actual.MoreThan(sides.permitted)) return *more > 0;
  return sides.actual.IsWorthMoreThan(sides.permitted);
}

// Not the opposite: what is told in other units on the two sides is neither.
bool AuthorisationBalance::IsWithin(const Sides& sides) {
  if (!sides.any_actual) return true;
  return sides.any_permitted && !IsOver(sides) &&
         (sides.actual.MoreThan(sides.permitted).has_value() ||
          sides.actual.ValueDiffers(sides.permitted).has_value());
}

v1::Discrepancy AuthorisationBalance::CaseOf(const std::string& number, const Category& category,
                                             const Balance& balance, const Sides& sides) {
  v1::Discrepancy discrepancy;
  discrepancy.set_kind(v1::DISCREPANCY_KIND_OVER_AUTHORISED);
  const v1::TransferRow permitted = sides.permitted.Shown();
  const v1::TransferRow actual = sides.actual.Shown();
  if (sides.any_permitted) *discrepancy.mutable_ours() = permitted;
  *discrepancy.mutable_theirs() = actual;
  discrepancy.set_text("licence " + number + ": " + ArmsWords(category.first, category.second) +
                       ", " + FigureOf(permitted) + " permitted, " + FigureOf(actual) +
                       " transferred");
  for (const auto* ids : {&balance.authorisation_ids, &balance.transfer_ids}) {
    for (const std::string& id : *ids) {
      if (discrepancy.transfer_ids_size() < static_cast<int>(kIdsMax)) {
        discrepancy.add_transfer_ids(id);
      }
    }
  }
  return discrepancy;
}

std::vector<v1::Discrepancy> AuthorisationBalance::Finish() const {
  std::vector<v1::Discrepancy> discrepancies;
  for (const auto& [key, balance] : balances_) {
    if (!balance.known) continue;
    for (const auto& [category, sides] : balance.categories) {
      if (!IsOver(sides)) continue;
      discrepancies.push_back(
          CaseOf(std::get<0>(key) + "/" + std::get<1>(key), category, balance, sides));
    }
  }
  return discrepancies;
}

int32_t AuthorisationBalance::agreeing() const {
  int32_t agreeing = 0;
  for (const auto& [key, balance] : balances_) {
    const bool within = std::all_of(balance.categories.begin(), balance.categories.end(),
                                    [](const auto& category) { return IsWithin(category.second); });
    if (balance.known && balance.used && within) ++agreeing;
  }
  return agreeing;
}

}  // namespace tracegate
