#include "gateway/transfers/consignment_case.h"

#include "gateway/transfers/arms_category.h"
#include "gateway/transfers/row_head.h"

namespace tracegate {
namespace {

constexpr int kItemsMax = 200;

}  // namespace

v1::Discrepancy CaseOf(v1::DiscrepancyKind kind, const v1::TransferRecord& record,
                       const std::string& text) {
  v1::Discrepancy discrepancy;
  discrepancy.set_kind(kind);
  discrepancy.set_consignment(record.consignment());
  discrepancy.set_text(text);
  return discrepancy;
}

v1::TransferRow RowOfLine(const v1::TransferRecord& record, const v1::TransferLine& line) {
  v1::TransferRow row;
  RowHead(record, {.quantities = true, .values = true}).Of(line, &row);
  if (line.has_quantity()) *row.mutable_quantity() = line.quantity();
  if (line.has_value()) *row.mutable_value() = line.value();
  return row;
}

std::string WhatLine(const v1::TransferLine& line) {
  const std::string words = ArmsWords(line.category(), line.subcategory());
  return line.model().verbatim().empty() ? words : words + " (" + line.model().verbatim() + ")";
}

std::string WhatRecord(const v1::TransferRecord& record) {
  if (record.lines().empty()) return "the consignment";
  const int more = record.lines_size() - 1;
  return WhatLine(record.lines(0)) +
         (more == 0 ? ""
                    : " and " + std::to_string(more) + (more == 1 ? " more line" : " more lines"));
}

void AddItems(const std::vector<const v1::Item*>& items,
              google::protobuf::RepeatedPtrField<v1::Item>* to) {
  for (const v1::Item* item : items) {
    if (to->size() == kItemsMax) return;
    *to->Add() = *item;
  }
}

}  // namespace tracegate
