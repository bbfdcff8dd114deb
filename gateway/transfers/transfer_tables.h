#ifndef TRACEGATE_GATEWAY_TRANSFERS_TRANSFER_TABLES_H_
#define TRACEGATE_GATEWAY_TRANSFERS_TRANSFER_TABLES_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "gateway/transfers/row_head.h"
#include "gateway/transfers/row_notes.h"
#include "tracegate/v1/transfer.pb.h"

namespace tracegate {

// Adds records up to the tables of an ATT annual report, of UNROCA, or of the Wassenaar exchange (deliveries to States that
// do not take part). One row for each category, partner, origin, basis and year; what is in different currencies or units
// is in different rows, and never added.
//
// A record counts where its date lies in the period, its basis is the table's, and, of a licence, it was granted. Lines of
// categories that the report does not have are no part of it. Everything else is either in a row, or withheld (ATT 13(3)),
// or in uncounted().
//
// The caller adds the State's own records that are not void, of the revision that the cut-off date allows.
//
// Thread safety: none. The tables are the same whatever the order of the records. Memory: of the rows, not of the records.
class TransferTableBuilder {
 public:
  static constexpr size_t kRowsMax = 5000;
  static constexpr size_t kUncountedMax = 200;

  // `request` is an ATT, UNROCA or Wassenaar report with the two dates of its head. A table whose basis is UNSPECIFIED is
  // left out; Wassenaar has exports alone, and always ACTUAL.
  explicit TransferTableBuilder(const v1::GenerateReportRequest& request);

  void Add(const std::string& transfer_id, const v1::TransferRecord& record);

  // RESOURCE_EXHAUSTED (MESSAGE_TOO_LARGE): more than kRowsMax rows.
  absl::StatusOr<v1::TransferTables> Build() const;

  // What could not be counted and why, in the order it was added: the first kUncountedMax, and how many there are.
  const std::vector<v1::UncountedRecord>& uncounted() const { return uncounted_; }
  int64_t uncounted_count() const { return uncounted_count_; }

  // Whether anything was left out as sensitive.
  bool withheld() const { return withheld_; }

 private:
  struct Row {
    v1::TransferRow row;
    RowNotes descriptions;
    RowNotes comments;
  };
  struct Table {
    v1::TransferBasis basis = v1::TRANSFER_BASIS_UNSPECIFIED;
    bool any = false;                            // such transfers in the period, in a row or not
    absl::flat_hash_map<std::string, Row> rows;  // by the bytes of their heads
  };
  enum class Fit { kInside, kOutside, kUnclear };

  Table* TableOf(const v1::TransferRecord& record);
  Fit FitOf(const v1::Date& date) const;
  bool Covers(v1::ArmsCategory category) const;
  bool IsToParticipant(const v1::TransferRecord& record, const std::string& partner) const;
  void AddLine(const std::string& transfer_id, const v1::TransferRecord& record,
               const v1::TransferLine& line, const RowHead& heads, Table* table);
  void Uncount(const std::string& transfer_id, int32_t line_number, std::string_view why);
  static google::protobuf::RepeatedPtrField<v1::TransferRow> RowsOf(const Table& table);

  const v1::ReportKind kind_;
  const RowLayout layout_;
  absl::CivilDay from_;
  absl::CivilDay to_;
  uint32_t categories_ = 0;  // bits
  Table exports_;
  Table imports_;
  bool too_many_ = false;
  bool withheld_ = false;
  std::vector<v1::UncountedRecord> uncounted_;
  int64_t uncounted_count_ = 0;
  v1::TransferRow head_;  // of the line that is added; kept, for its memory
  std::string key_;
};

// Whether a report of that kind has that category: I to VIII, and in the ATT annual report the voluntary national ones.
bool ReportCovers(v1::ReportKind kind, v1::ArmsCategory category);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_TRANSFERS_TRANSFER_TABLES_H_
