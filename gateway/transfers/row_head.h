#ifndef TRACEGATE_GATEWAY_TRANSFERS_ROW_HEAD_H_
#define TRACEGATE_GATEWAY_TRANSFERS_ROW_HEAD_H_

#include <string>
#include <string_view>

#include "tracegate/v1/transfer.pb.h"

namespace tracegate {

// What a report's row is about, figures and words aside: its category, partner, origin, basis, year, unit and currency.
// This is the one place that decides which row a line of a record adds to.

// Which columns a table has beside those that every table has.
struct RowLayout {
  bool quantities = true;
  bool values = false;
  bool intermediate_states = false;  // UNROCA
  bool models = false;               // Wassenaar
};

// Whether any report counts the record: an export or import, not withheld from reports, and not an application that was
// never granted.
bool IsCounted(const v1::TransferRecord& record);

// The heads of the rows that a record's lines add to.
//
// Lifetime: the record outlives it. Thread safety: none.
class RowHead {
 public:
  RowHead(const v1::TransferRecord& record, const RowLayout& layout);

  // Why no line of the record can be in a row; empty where they can.
  const std::string& problem() const { return problem_; }

  // The State that the row is of: the final importing State of an export, the exporting State of an import.
  const std::string& partner() const { return row_.partner_state(); }

  // Makes `head` the head of the row that the line adds to; the amounts in it are 0. Returns why the line is in none;
  // empty where it is.
  std::string_view Of(const v1::TransferLine& line, v1::TransferRow* head) const;

 private:
  void SetPartner();
  void SetOrigin();

  const v1::TransferRecord& record_;
  const RowLayout layout_;
  v1::TransferRow row_;  // what all lines have alike
  std::string problem_;
};

// The row without figures, words and the number of lines: what is left is its head.
v1::TransferRow HeadOf(v1::TransferRow row);

// Whether the row adds up a line of that record. What the row leaves unset (a currency, a model, intermediate States) is
// not asked of the line. The period is not looked at beyond the year.
bool RowCounts(const v1::TransferRow& row, const v1::TransferRecord& record);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_TRANSFERS_ROW_HEAD_H_
