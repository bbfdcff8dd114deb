#include "gateway/cli/transfer_import_report.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "absl/strings/str_format.h"
#include "gateway/cli/json.h"
#include "gateway/cli/money_text.h"
#include "gateway/cli/show_transfer.h"
#include "gateway/cli/table.h"
#include "protos/tracegate/dates.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

std::string WhatFailed(const v1::FailureDetail& failure) {
  std::string text = ReasonName(failure.reason());
  for (const v1::FieldViolation& violation : failure.violations()) {
    text += ": " + violation.field() + ": " + violation.description();
  }
  return text;
}

std::string WhatIsOdd(const v1::Transfer& transfer) {
  std::string text;
  for (const v1::RecordRemark& remark : transfer.remarks()) {
    text += (text.empty() ? "" : "; ") + remark.field() + ": " + remark.text();
  }
  return text;
}

// ", 3 failed"; nothing of none.
std::string Part(size_t count, std::string_view what) {
  return count == 0 ? "" : ", " + std::to_string(count) + " " + std::string(what);
}

// Sums by year and category, for whoever holds them against the file's own.
class Sums {
 public:
  void Add(const v1::TransferRecord& record) {
    for (const v1::TransferLine& line : record.lines()) {
      Sum& sum = sums_[{record.date().year(), line.category(), line.national_category(),
                        line.value().currency(), line.quantity().unit()}];
      ++sum.lines;
      sum.amount += line.quantity().amount();
      AddTo(line.value(), &sum.value);
    }
  }

  std::string Text() const {
    Table table({"YEAR", "CATEGORY", "NATIONAL", "LINES", "QUANTITY", "VALUE"});
    for (const auto& [key, sum] : sums_) {
      const auto& [year, category, national, currency, unit] = key;
      v1::Quantity quantity;
      quantity.set_amount(sum.amount);
      quantity.set_unit(static_cast<v1::QuantityUnit>(unit));
      v1::Money value = sum.value;
      value.set_currency(currency);
      table.Add(
          {std::to_string(year),
           Words(v1::ArmsCategory_Name(static_cast<v1::ArmsCategory>(category)), "ARMS_CATEGORY_"),
           national, std::to_string(sum.lines), sum.amount == 0 ? "" : QuantityText(quantity),
           currency.empty() ? "" : MoneyText(value)});
    }
    return table.Text();
  }

 private:
  struct Sum {
    size_t lines = 0;
    int64_t amount = 0;
    v1::Money value;
  };
  std::map<std::tuple<int, int, std::string, std::string, int>, Sum> sums_;
};

}  // namespace

TransferImportReport::TransferImportReport(const TransferRows& rows, bool json, std::ostream& out)
    : rows_(rows), json_(json), out_(out) {
  for (const MappedTransfer& transfer : rows.transfers) {
    id_width_ = std::max(id_width_, static_cast<int>(transfer.request.request_id().size()));
  }
  if (!json_) {
    out_ << absl::StrFormat("%6s  %-*s  %-8s  %-26s  %s\n", "LINE", id_width_, "REQUEST", "",
                            "TRANSFER", "REMARKS");
  }
}

void TransferImportReport::Add(const v1::ImportTransfersResponse& response, bool proven) {
  Print(rows_.transfers[answered_], response);
  ++answered_;
  if (!proven) ++unproven_;
  if (response.has_failure()) {
    ++failed_;
  } else if (!response.transfer().remarks().empty()) {
    ++remarked_;
  }
}

void TransferImportReport::Print(const MappedTransfer& sent,
                                 const v1::ImportTransfersResponse& response) const {
  if (json_) {
    out_ << "{\"line\":" << sent.line << "," << JsonOf(response).substr(1) << "\n" << std::flush;
    return;
  }
  out_ << absl::StrFormat("%6d  %-*s  %-8s  %-26s  %s\n", sent.line, id_width_,
                          sent.request.request_id(), response.has_failure() ? "failed" : "recorded",
                          response.transfer().transfer_id(),
                          response.has_failure() ? WhatFailed(response.failure())
                                                 : WhatIsOdd(response.transfer()))
       << std::flush;
}

std::string TransferImportReport::Summary() const {
  return std::to_string(rows_.rows) + " rows, " + std::to_string(rows_.transfers.size()) +
         " transfers: " + std::to_string(answered_ - failed_) + " recorded" +
         Part(remarked_, "of them with remarks") + Part(failed_, "failed") +
         Part(rows_.transfers.size() - answered_, "not answered") +
         Part(rows_.lines_lost, "lines cannot be mapped") +
         Part(rows_.rows_lost, "rows cannot be read") + Part(rows_.skipped.size(), "rows skipped") +
         Part(unproven_, "WITHOUT A RECEIPT THAT HOLDS");
}

ExitCode TransferImportReport::Exit() const {
  if (unproven_ > 0) return kExitNoProof;
  if (answered_ < rows_.transfers.size()) return kExitInProgress;
  return failed_ + rows_.lines_lost + rows_.rows_lost > 0 ? kExitRefused : kExitOk;
}

std::string LossesText(const std::string& file, const TransferRows& rows) {
  std::string text;
  for (const std::string& column : rows.passed_over) {
    text += "tracegate: " + file + ": nothing is read from column '" + column + "'\n";
  }
  for (const RowLoss& row : rows.losses) {
    text += "tracegate: " + file + ", line " + std::to_string(row.line);
    if (!row.loss.column.empty()) text += ", column " + row.loss.column;
    text += ": ";
    if (!row.loss.value.empty()) text += "'" + row.loss.value + "' ";
    text += row.loss.reason + (row.loss.stops ? "; NOT RECORDED\n" : "\n");
  }
  std::map<std::string, std::pair<size_t, int64_t>> reasons;  // how many, and the first
  for (const SkippedRow& row : rows.skipped) {
    auto& [count, first] = reasons[row.why];
    if (count++ == 0) first = row.line;
  }
  for (const auto& [why, rows_of] : reasons) {
    text += "tracegate: " + file + ": " + std::to_string(rows_of.first) +
            " rows skipped, the first on line " + std::to_string(rows_of.second) + ": " + why +
            "\n";
  }
  return text;
}

std::string RehearsalText(const TransferRows& rows) {
  Table table({"LINE", "REQUEST", "TRANSFER", "DAY", "FROM", "TO", "LINES", "WHAT"});
  Sums sums;
  for (const MappedTransfer& transfer : rows.transfers) {
    const v1::TransferRecord& record = transfer.request.record();
    sums.Add(record);
    table.Add({std::to_string(transfer.line), transfer.request.request_id(), KindText(record),
               DateText(record.date()), ListText(record.states().exporting()),
               ListText(record.states().importing()), std::to_string(record.lines_size()),
               LineText(record.lines(0))});
  }
  return table.Text() + "\n" + sums.Text() + "\n" + std::to_string(rows.rows) +
         " rows: " + std::to_string(rows.transfers.size()) + " transfers with " +
         std::to_string(rows.lines) + " lines" + Part(rows.lines_lost, "lines cannot be mapped") +
         Part(rows.rows_lost, "rows cannot be read") + Part(rows.skipped.size(), "rows skipped") +
         "; nothing was sent\n";
}

std::string RehearsalJson(const TransferRows& rows) {
  std::string text;
  for (const MappedTransfer& transfer : rows.transfers) {
    text += "{\"line\":" + std::to_string(transfer.line) + "," +
            JsonOf(transfer.request).substr(1) + "\n";
  }
  return text;
}

}  // namespace tracegate
