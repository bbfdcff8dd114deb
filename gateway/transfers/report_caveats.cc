#include "gateway/transfers/report_caveats.h"

#include <algorithm>
#include <set>

#include "protos/tracegate/dates.h"

namespace tracegate {
namespace {

using Caveats = std::vector<std::string>;

void AddBasis(v1::TransferBasis basis, const std::string& transfers, Caveats* out) {
  if (basis != v1::TRANSFER_BASIS_AUTHORISED) return;
  out->push_back("The " + transfers +
                 " are those permitted by licences granted in the period, also where a licence was "
                 "suspended, revoked or left unused since. Licences are no deliveries: what was "
                 "permitted may have moved later, in part, or not at all.");
}

template <typename Is>
bool AnyRow(const v1::TransferTables& tables, Is is) {
  return std::any_of(tables.exports().begin(), tables.exports().end(), is) ||
         std::any_of(tables.imports().begin(), tables.imports().end(), is);
}

size_t CurrenciesOf(const v1::TransferTables& tables) {
  std::set<std::string> currencies;
  for (const auto* rows : {&tables.exports(), &tables.imports()}) {
    for (const v1::TransferRow& row : *rows) {
      if (row.has_value()) currencies.insert(row.value().currency());
    }
  }
  return currencies.size();
}

void AddFiguresCaveats(const v1::TransferTables& tables, Caveats* out) {
  if (AnyRow(tables, [](const v1::TransferRow& row) { return row.quantity().estimated(); })) {
    out->push_back("Some quantities are estimates, or add up estimates.");
  }
  if (CurrenciesOf(tables) > 1) {
    out->push_back(
        "Values are in the currencies in which they were recorded, and are neither "
        "converted nor added up over currencies.");
  }
  if (AnyRow(tables, [](const v1::TransferRow& row) {
        return row.category() == v1::ARMS_CATEGORY_OTHER;
      })) {
    out->push_back(
        "Some rows are of national categories, which need not lie within Article 2(1); "
        "they cannot be added to the others.");
  }
}

void AddTransferCaveats(const v1::GenerateReportRequest& request, const v1::Report& report,
                        Caveats* out) {
  if (report.kind() == v1::REPORT_KIND_WASSENAAR) {
    out->push_back(
        "Deliveries to States that did not take part in the Wassenaar Arrangement when "
        "they were made. Models of missiles are not told.");
  } else {
    AddBasis(request.export_basis(), "exports", out);
    AddBasis(request.import_basis(), "imports", out);
    if (request.export_basis() != request.import_basis()) {
      out->push_back(
          "Exports and imports are counted on different bases and cannot be set off "
          "against one another.");
    }
  }
  if (report.head().withheld()) {
    out->push_back(
        "Transfers were left out as commercially sensitive or for national security "
        "(ATT 13(3)).");
  }
  AddFiguresCaveats(report.transfers(), out);
}

void AddTracingCaveats(v1::ReportKind kind, Caveats* out) {
  if (kind == v1::REPORT_KIND_POA_ITI) {
    out->push_back(
        "Each State asked for one weapon counts as one request. A request that was "
        "delayed, or sent back for more information, counts there and by what became "
        "of it. Medians are of the requests that were acknowledged or answered.");
    return;
  }
  out->push_back(
      "Counted are the arms that this gateway was asked to trace. Not all arms that are "
      "recovered are traced, not all that are traced were used in crime, and traces are "
      "no sample.");
  out->push_back("Traces of what is the same weapon, recovered on the same day, count once.");
  if (kind == v1::REPORT_KIND_SDG_16_4_2) {
    out->push_back(
        "The denominator is complete only where every arm seized, found or surrendered "
        "in the period was traced through this gateway.");
  }
}

}  // namespace

std::vector<std::string> CaveatsOf(const v1::GenerateReportRequest& request,
                                   const v1::Report& report, int64_t uncounted) {
  Caveats caveats;
  if (report.body_case() == v1::Report::kTransfers) {
    AddTransferCaveats(request, report, &caveats);
  } else {
    AddTracingCaveats(report.kind(), &caveats);
  }
  if (!request.categories().empty()) {
    caveats.push_back("The report was drawn up for some categories alone.");
  }
  if (report.head().cut_off_date().year() != 0) {
    caveats.push_back("Records made after " + DateText(report.head().cut_off_date()) +
                      " are left out.");
  }
  if (uncounted > 0) {
    caveats.push_back(std::to_string(uncounted) +
                      (uncounted == 1 ? " record or line could not be counted"
                                      : " records or lines could not be counted") +
                      "; the report says which and why" +
                      (uncounted > report.uncounted_size()
                           ? ", for the first " + std::to_string(report.uncounted_size())
                           : "") +
                      ".");
  }
  return caveats;
}

}  // namespace tracegate
