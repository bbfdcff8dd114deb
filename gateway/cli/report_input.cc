#include "gateway/cli/report_input.h"

#include "gateway/cli/enum_word.h"
#include "gateway/cli/request_input.h"
#include "gateway/cli/typed_day.h"
#include "gateway/cli/typed_transfer.h"

namespace tracegate {
namespace {

bool CountsTransfers(v1::ReportKind kind) {
  return kind == v1::REPORT_KIND_ATT_ANNUAL || kind == v1::REPORT_KIND_UNROCA ||
         kind == v1::REPORT_KIND_WASSENAAR;
}

absl::StatusOr<v1::TransferBasis> BasisOf(const std::string& option, const std::string& word) {
  const auto number = EnumNumber(option, word, *v1::TransferBasis_descriptor());
  if (!number.ok()) return number.status();
  return static_cast<v1::TransferBasis>(*number);
}

// The basis of both tables, and of each where it is another.
absl::Status SetBases(const TypedReport& typed, v1::GenerateReportRequest* request) {
  const std::string& exports = typed.export_basis.empty() ? typed.basis : typed.export_basis;
  const std::string& imports = typed.import_basis.empty() ? typed.basis : typed.import_basis;
  if (!exports.empty()) {
    const auto basis = BasisOf(typed.export_basis.empty() ? "--basis" : "--export-basis", exports);
    if (!basis.ok()) return basis.status();
    request->set_export_basis(*basis);
  }
  if (imports.empty()) return absl::OkStatus();
  const auto basis = BasisOf(typed.import_basis.empty() ? "--basis" : "--import-basis", imports);
  if (basis.ok()) request->set_import_basis(*basis);
  return basis.status();
}

absl::Status SetDays(const TypedReport& typed, v1::ReportHead* head) {
  const auto first = ParseFirstDay("--from", typed.from);
  if (!first.ok()) return first.status();
  const auto last = ParseLastDay("--to", typed.to);
  if (!last.ok()) return last.status();
  *head->mutable_from_date() = *first;
  *head->mutable_to_date() = *last;
  if (typed.cut_off.empty()) return absl::OkStatus();
  const auto cut_off = ParseLastDay("--cut-off", typed.cut_off);
  if (cut_off.ok()) *head->mutable_cut_off_date() = *cut_off;
  return cut_off.status();
}

}  // namespace

void TypedReport::AddTo(CLI::App* command) {
  command->add_option("--from", from, "First day, month or year reported on")->required();
  command->add_option("--to", to, "Last day, month or year reported on")->required();
  command->add_option("--file", file, "ReportHead, YAML or JSON: State, authority, definitions")
      ->required();
  command->add_option("--format", format, "text, html, csv or json")
      ->check(CLI::IsMember({"text", "html", "csv", "json"}));
  command->add_option("--cut-off", cut_off, "Records made later are left out");
  if (CountsTransfers(kind)) {
    command->add_option("--basis", basis, "authorised or actual: what both tables count");
    command->add_option("--export-basis", export_basis, "Same, of exports alone");
    command->add_option("--import-basis", import_basis, "Same, of imports alone");
    command->add_flag("--quantities", quantities, "Numbers of items; without it and --values both");
    command->add_flag("--values", values, "Values in money");
    command->add_option("--category", categories, "e.g. battle_tanks; else all it covers");
  }
  command->add_option("--corrects", corrects, "Id of the filed report that this one corrects");
  command->add_option("--request-id", request_id,
                      "Id of this request: the same id gives the same report again");
  command->add_option("--save", save, "Keep the reply's bytes in a new file, for receipt verify");
}

absl::StatusOr<v1::GenerateReportRequest> ReportRequestOf(const TypedReport& typed) {
  v1::GenerateReportRequest request;
  absl::Status status = ReadRequest(typed.file, request.mutable_head());
  if (status.ok()) status = SetDays(typed, request.mutable_head());
  if (status.ok()) status = SetBases(typed, &request);
  if (status.ok()) status = AddCategories(typed.categories, request.mutable_categories());
  if (!status.ok()) return status;
  request.set_request_id(typed.request_id.empty() ? MakeRequestId() : typed.request_id);
  request.set_kind(typed.kind);
  if (CountsTransfers(typed.kind)) {
    request.set_with_quantities(typed.quantities || !typed.values);
    request.set_with_values(typed.values || !typed.quantities);
  }
  request.set_corrects_report_id(typed.corrects);
  return request;
}

}  // namespace tracegate
