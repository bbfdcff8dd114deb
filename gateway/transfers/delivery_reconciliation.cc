#include "gateway/transfers/delivery_reconciliation.h"

#include <algorithm>
#include <string>

#include "gateway/transfers/consignment_case.h"
#include "gateway/transfers/delivery_check.h"
#include "gateway/transfers/figures.h"
#include "protos/tracegate/dates.h"

namespace tracegate {
namespace {

using Deliveries = google::protobuf::RepeatedPtrField<v1::Delivery>;

// What all deliveries say of one line.
struct Arrival {
  int64_t arrived = 0;
  int64_t missing = 0;
  bool told = false;
  std::vector<const v1::Item*> missing_items;
  std::vector<const v1::Item*> unexpected_items;
};

Arrival ArrivalOf(const v1::TransferLine& line, const Deliveries& deliveries) {
  Arrival arrival;
  for (const v1::Delivery& delivery : deliveries) {
    arrival.arrived += ArrivedOf(line, delivery);
    arrival.told = arrival.told || delivery.lines().empty();
    for (const v1::DeliveredLine& delivered : delivery.lines()) {
      if (delivered.line_number() != line.number()) continue;
      arrival.told = true;
      arrival.missing += delivered.missing();
      for (const v1::Item& item : delivered.missing_items()) arrival.missing_items.push_back(&item);
      for (const v1::Item& item : delivered.unexpected_items())
        arrival.unexpected_items.push_back(&item);
    }
  }
  return arrival;
}

v1::TransferRow Arrived(const v1::TransferRow& ours, int64_t arrived) {
  v1::TransferRow theirs = ours;
  theirs.clear_value();
  theirs.mutable_quantity()->set_amount(arrived);
  return theirs;
}

class LineFinding {
 public:
  LineFinding(const v1::TransferRecord& record, const v1::TransferLine& line, Arrival arrival,
              bool past_due)
      : record_(record), line_(line), arrival_(std::move(arrival)), past_due_(past_due) {}

  // The course of the line, and what differs.
  Course Find(std::vector<v1::Discrepancy>* out) const {
    const size_t before = out->size();
    const int64_t left = line_.quantity().amount();
    const int64_t arrived = arrival_.arrived;
    const bool counted = line_.has_quantity();
    const bool is_short =
        counted && arrived < left && (past_due_ || arrived + arrival_.missing >= left);
    if (is_short || (!counted && arrival_.missing > 0)) AddShort(out);
    if (counted && arrived > left) AddMore(out);
    const bool marks = !arrival_.unexpected_items.empty() ||
                       (out->size() == before && !arrival_.missing_items.empty());
    if (marks) AddMarks(out);
    if (out->size() > before) return Course::kDiffers;
    return (counted ? arrived == left : arrival_.told) ? Course::kArrived : Course::kUnderWay;
  }

 private:
  std::string Words() const { return WhatLine(line_); }

  void AddShort(std::vector<v1::Discrepancy>* out) const {
    v1::Discrepancy& one = Case(
        v1::DISCREPANCY_KIND_QUANTITY_SHORT,
        line_.has_quantity() ? FigureText(line_.quantity()) + " of " + Words() + " left, " +
                                   std::to_string(arrival_.arrived) + " arrived"
                             : std::to_string(arrival_.missing) + " of " + Words() + " are missing",
        out);
    AddItems(arrival_.missing_items, one.mutable_missing_items());
  }

  void AddMore(std::vector<v1::Discrepancy>* out) const {
    Case(v1::DISCREPANCY_KIND_QUANTITY,
         FigureText(line_.quantity()) + " of " + Words() + " left, and " +
             std::to_string(arrival_.arrived) + " arrived over all receipts",
         out);
  }

  void AddMarks(std::vector<v1::Discrepancy>* out) const {
    v1::Discrepancy& one =
        Case(v1::DISCREPANCY_KIND_MARKS,
             Words() + ": " + std::to_string(arrival_.missing_items.size()) + " missing and " +
                 std::to_string(arrival_.unexpected_items.size()) + " unexpected, by their marks",
             out);
    AddItems(arrival_.missing_items, one.mutable_missing_items());
    AddItems(arrival_.unexpected_items, one.mutable_unexpected_items());
  }

  v1::Discrepancy& Case(v1::DiscrepancyKind kind, const std::string& text,
                        std::vector<v1::Discrepancy>* out) const {
    v1::Discrepancy& one = out->emplace_back(CaseOf(kind, record_, text));
    *one.mutable_ours() = RowOfLine(record_, line_);
    if (line_.has_quantity()) *one.mutable_theirs() = Arrived(one.ours(), arrival_.arrived);
    return one;
  }

  const v1::TransferRecord& record_;
  const v1::TransferLine& line_;
  const Arrival arrival_;
  const bool past_due_;
};

}  // namespace

ConsignmentFinding CompareWithDeliveries(const v1::TransferRecord& record,
                                         const Deliveries& deliveries, const v1::Date& due,
                                         absl::CivilDay today) {
  ConsignmentFinding finding;
  const bool past_due = due.year() != 0 && LastDay(due) < today;
  if (deliveries.empty()) {
    if (!past_due) return finding;
    finding.course = Course::kDiffers;
    v1::Discrepancy& one = finding.discrepancies.emplace_back(
        CaseOf(v1::DISCREPANCY_KIND_NEVER_ARRIVED, record,
               WhatRecord(record) + ": nobody said that it arrived, by " + DateText(due)));
    if (!record.lines().empty()) *one.mutable_ours() = RowOfLine(record, record.lines(0));
    return finding;
  }
  finding.course = Course::kArrived;
  for (const v1::TransferLine& line : record.lines()) {
    const Course course = LineFinding(record, line, ArrivalOf(line, deliveries), past_due)
                              .Find(&finding.discrepancies);
    if (course == Course::kUnderWay) finding.course = Course::kUnderWay;
  }
  if (!finding.discrepancies.empty()) finding.course = Course::kDiffers;
  return finding;
}

}  // namespace tracegate
