#include "gateway/transfers/transfer_tables.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "gateway/transfers/arms_category.h"
#include "gateway/transfers/authorisation_status.h"
#include "gateway/transfers/figures.h"
#include "gateway/transfers/wassenaar_states.h"
#include "protos/tracegate/dates.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

constexpr std::string_view kSplit =
    "one of several rows of these transfers: units and currencies are not added up";
constexpr std::string_view kTemporary = "temporary";

RowLayout LayoutOf(const v1::GenerateReportRequest& request) {
  const bool att = request.kind() == v1::REPORT_KIND_ATT_ANNUAL;
  return {.quantities = request.with_quantities() || !att,
          .values = request.with_values(),
          .intermediate_states = request.kind() == v1::REPORT_KIND_UNROCA,
          .models = request.kind() == v1::REPORT_KIND_WASSENAAR};
}

auto OrderOf(const v1::TransferRow& row) {
  return std::make_tuple(row.category(), row.subcategory(),
                         std::string_view(row.national_category()),
                         std::string_view(row.partner_state()), row.year(), row.basis(),
                         std::string_view(row.origin().iso_code()),
                         std::string_view(row.origin().verbatim()), std::string_view(row.model()),
                         row.quantity().unit(), std::string_view(row.value().currency()));
}

bool ComesBefore(const v1::TransferRow& one, const v1::TransferRow& other) {
  const auto first = OrderOf(one);
  const auto second = OrderOf(other);
  if (first != second) return first < second;
  return std::lexicographical_compare(
      one.intermediate_states().begin(), one.intermediate_states().end(),
      other.intermediate_states().begin(), other.intermediate_states().end());
}

// The bytes of a row's head but for unit and currency.
std::string KeyWithoutUnits(const v1::TransferRow& row) {
  v1::TransferRow head = HeadOf(row);
  head.clear_quantity();
  head.clear_value();
  return head.SerializeAsString();
}

}  // namespace

bool ReportCovers(v1::ReportKind kind, v1::ArmsCategory category) {
  return IsConventionalArms(category) ||
         (kind == v1::REPORT_KIND_ATT_ANNUAL && category == v1::ARMS_CATEGORY_OTHER);
}

TransferTableBuilder::TransferTableBuilder(const v1::GenerateReportRequest& request)
    : kind_(request.kind()),
      layout_(LayoutOf(request)),
      from_(FirstDay(request.head().from_date())),
      to_(LastDay(request.head().to_date())) {
  const bool wassenaar = kind_ == v1::REPORT_KIND_WASSENAAR;
  exports_.basis = wassenaar ? v1::TRANSFER_BASIS_ACTUAL : request.export_basis();
  imports_.basis = wassenaar ? v1::TRANSFER_BASIS_UNSPECIFIED : request.import_basis();
  for (const int category : request.categories()) {
    if (v1::ArmsCategory_IsValid(category)) categories_ |= 1u << category;
  }
  if (request.categories().empty()) categories_ = ~0u;
}

bool TransferTableBuilder::Covers(v1::ArmsCategory category) const {
  return ReportCovers(kind_, category) && (categories_ >> category & 1u) != 0;
}

// Null where the report has no table for it.
TransferTableBuilder::Table* TransferTableBuilder::TableOf(const v1::TransferRecord& record) {
  Table* const table = record.kind() == v1::TRANSFER_KIND_EXPORT   ? &exports_
                       : record.kind() == v1::TRANSFER_KIND_IMPORT ? &imports_
                                                                   : nullptr;
  if (table == nullptr || table->basis == v1::TRANSFER_BASIS_UNSPECIFIED) return nullptr;
  return table->basis == record.basis() ? table : nullptr;
}

// Of a date of which only the month or the year is known, all of it lies in the period or none.
TransferTableBuilder::Fit TransferTableBuilder::FitOf(const v1::Date& date) const {
  if (date.year() == 0) return Fit::kUnclear;
  const absl::CivilDay first = FirstDay(date);
  const absl::CivilDay last = LastDay(date);
  if (from_ <= first && last <= to_) return Fit::kInside;
  return last < from_ || to_ < first ? Fit::kOutside : Fit::kUnclear;
}

bool TransferTableBuilder::IsToParticipant(const v1::TransferRecord& record,
                                           const std::string& partner) const {
  return kind_ == v1::REPORT_KIND_WASSENAAR && !partner.empty() && record.date().year() != 0 &&
         WassenaarStates::Standard().TookPart(partner, FirstDay(record.date()));
}

void TransferTableBuilder::Add(const std::string& transfer_id, const v1::TransferRecord& record) {
  Table* const table = TableOf(record);
  if (table == nullptr) return;
  const bool granted =
      record.basis() == v1::TRANSFER_BASIS_ACTUAL || WasGranted(record.authorisation().status());
  const Fit fit = FitOf(record.date());
  const bool covered = std::any_of(record.lines().begin(), record.lines().end(),
                                   [&](const auto& line) { return Covers(line.category()); });
  if (!granted || fit == Fit::kOutside || !covered) return;
  const RowHead heads(record, layout_);
  if (IsToParticipant(record, heads.partner())) return;
  table->any = true;
  if (record.withheld_from_reports()) {
    withheld_ = true;
  } else if (fit == Fit::kUnclear) {
    Uncount(transfer_id, 0,
            "its date, " + DateText(record.date()) + ", may lie outside the period");
  } else if (!heads.problem().empty()) {
    Uncount(transfer_id, 0, heads.problem());
  } else {
    for (const v1::TransferLine& line : record.lines()) {
      if (Covers(line.category())) AddLine(transfer_id, record, line, heads, table);
    }
  }
}

void TransferTableBuilder::AddLine(const std::string& transfer_id, const v1::TransferRecord& record,
                                   const v1::TransferLine& line, const RowHead& heads,
                                   Table* table) {
  const std::string_view why = heads.Of(line, &head_);
  if (!why.empty()) return Uncount(transfer_id, line.number(), why);
  head_.SerializeToString(&key_);
  const auto found = table->rows.find(key_);
  if (found == table->rows.end() && exports_.rows.size() + imports_.rows.size() == kRowsMax) {
    too_many_ = true;
    return;
  }
  Row& row = found != table->rows.end() ? found->second : table->rows[key_];
  if (row.row.lines() == 0) row.row = head_;
  if (!AddFigures(line, &row.row)) {
    return Uncount(transfer_id, line.number(), "with it, its row would be too large a number");
  }
  row.row.set_lines(row.row.lines() + 1);
  row.descriptions.Add(!line.description().empty() || layout_.models ? line.description()
                                                                     : line.model().verbatim());
  row.comments.Add(record.remarks());
  if (record.temporary()) row.comments.Add(kTemporary);
}

void TransferTableBuilder::Uncount(const std::string& transfer_id, int32_t line_number,
                                   std::string_view why) {
  ++uncounted_count_;
  if (uncounted_.size() == kUncountedMax) return;
  v1::UncountedRecord& record = uncounted_.emplace_back();
  record.set_transfer_id(transfer_id);
  record.set_line_number(line_number);
  record.set_why(std::string(why));
}

google::protobuf::RepeatedPtrField<v1::TransferRow> TransferTableBuilder::RowsOf(
    const Table& table) {
  absl::flat_hash_map<std::string, int> parts;
  for (const auto& [key, row] : table.rows) ++parts[KeyWithoutUnits(row.row)];
  google::protobuf::RepeatedPtrField<v1::TransferRow> rows;
  for (const auto& [key, row] : table.rows) {
    v1::TransferRow& shown = *rows.Add();
    shown = row.row;
    shown.set_description(row.descriptions.Text());
    RowNotes comments = row.comments;
    if (parts[KeyWithoutUnits(row.row)] > 1) comments.Add(kSplit);
    shown.set_comments(comments.Text());
  }
  std::sort(rows.begin(), rows.end(), ComesBefore);
  return rows;
}

absl::StatusOr<v1::TransferTables> TransferTableBuilder::Build() const {
  if (too_many_) {
    return Failure(v1::REASON_MESSAGE_TOO_LARGE, "the report has more than " +
                                                     std::to_string(kRowsMax) +
                                                     " rows; report fewer categories at a time");
  }
  v1::TransferTables tables;
  *tables.mutable_exports() = RowsOf(exports_);
  *tables.mutable_imports() = RowsOf(imports_);
  tables.set_nil_exports(exports_.basis != v1::TRANSFER_BASIS_UNSPECIFIED && !exports_.any);
  tables.set_nil_imports(imports_.basis != v1::TRANSFER_BASIS_UNSPECIFIED && !imports_.any);
  return tables;
}

}  // namespace tracegate
