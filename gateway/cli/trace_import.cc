#include "gateway/cli/trace_import.h"

#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "adapters/marking/remark.h"
#include "gateway/cli/import_exchange.h"
#include "gateway/cli/import_report.h"
#include "gateway/cli/import_rows.h"
#include "gateway/cli/local_file.h"
#include "gateway/cli/locale_language.h"
#include "gateway/cli/receipt_on_arrival.h"
#include "gateway/cli/request_input.h"
#include "gateway/cli/trace_reply.h"
#include "protos/tracegate/failure.h"
#include "protos/tracegate/field_bytes.h"

namespace tracegate {
namespace {

constexpr char kMethod[] = "/tracegate.v1.TraceService/ImportTraces";

struct Typed {
  std::string file;
  std::string request_file;
  std::string batch;
  std::string language = EnvironmentLanguage();
  std::vector<std::string> columns;  // NAME=HEADER
  std::string delimiter = ",";
  bool strict = false;
};

absl::Status Wrong(const std::string& field, const std::string& problem) {
  return FieldFailure(v1::REASON_CONFIG_INVALID, field, problem);
}

absl::StatusOr<ImportPlan> PlanOf(const Typed& typed) {
  ImportPlan plan;
  plan.batch = typed.batch;
  plan.language = typed.language;
  if (typed.delimiter.size() != 1 || typed.delimiter.find_first_of("\"\r\n") == 0) {
    return Wrong("--delimiter", "must be one character, and neither a quote nor a line end");
  }
  plan.delimiter = typed.delimiter[0];
  for (const std::string& column : typed.columns) {
    const size_t equals = column.find('=');
    if (equals == std::string::npos) {
      return Wrong("--column", "must be NAME=HEADER, such as make=marca");
    }
    plan.columns[column.substr(0, equals)] = column.substr(equals + 1);
  }
  auto request = ReadTraceRequest(typed.request_file, {});
  if (!request.ok()) return request.status();
  plan.request = *std::move(request);
  return plan;
}

absl::StatusOr<ImportRows> ReadRows(const Typed& typed) {
  if (typed.file == "-" && typed.request_file == "-") {
    return Wrong("--file", "standard input cannot be both");
  }
  const auto plan = PlanOf(typed);
  if (!plan.ok()) return plan.status();
  const auto text = ReadLocalFile(typed.file);
  if (!text.ok()) return text.status();
  return ReadImportRows(typed.file, *text, *plan);
}

// Says what is wrong with the file; whether it may be imported all the same.
absl::Status TellFaults(const Typed& typed, const ImportRows& rows) {
  for (const std::string& column : rows.passed_over) {
    std::cerr << "tracegate: " << typed.file << ": nothing is read from column " << Quoted(column)
              << "\n";
  }
  for (const BadImportRow& row : rows.bad) {
    std::cerr << "tracegate: " << BadRowText(typed.file, row)
              << (typed.strict ? "\n" : "; passed over\n");
  }
  if (typed.strict && !rows.bad.empty()) {
    return Wrong(typed.file,
                 std::to_string(rows.bad.size()) + " rows cannot be read; nothing was sent");
  }
  if (rows.rows.empty()) return Wrong(typed.file, "has no row that can be read");
  return absl::OkStatus();
}

// Sends the rows and reports the answers as they come. An error ends it; what was reported stands.
absl::Status Exchange(const ImportRows& rows, const Connection& connection, ImportReport* report) {
  ImportItems items;
  items.method = kMethod;
  items.count = rows.rows.size();
  items.item = [&](size_t index) {
    v1::ImportTracesRequest item;
    *item.mutable_trace() = rows.rows[index].create;
    return item.SerializeAsString();
  };
  items.take = [&](const std::string& reply) {
    v1::ImportTracesResponse response;
    const auto trace = FieldBytes(reply, v1::ImportTracesResponse::kTraceFieldNumber);
    if (!trace.ok() || !response.ParseFromString(reply)) return false;
    report->Add(response, !response.has_trace() || ReceiptHolds(std::string(*trace), connection));
    return true;
  };
  items.failed = [&] { return report->failed(); };
  return ExchangeItems(items, connection);
}

absl::StatusOr<ExitCode> Import(const Typed& typed, const Connection& connection, bool json) {
  const auto rows = ReadRows(typed);
  if (!rows.ok()) return rows.status();
  if (auto status = TellFaults(typed, *rows); !status.ok()) return status;
  ImportReport report(*rows, json, std::cout);
  const absl::Status status = Exchange(*rows, connection, &report);
  std::cerr << report.Summary() << "\n";
  if (report.answered() < rows->rows.size()) {
    std::cerr << "tracegate: the same command goes on with the rest; nothing is traced twice\n";
  }
  if (!status.ok()) return status;
  return report.Exit();
}

}  // namespace

void AddTraceImport(CLI::App* trace, Session* session) {
  auto* command = trace->add_subcommand(
      "import", "Trace every weapon of a seizure: a CSV file, one weapon a row");
  auto typed = std::make_shared<Typed>();
  command->add_option("CSV", typed->file, "The weapons; - for standard input")->required();
  command
      ->add_option("--file", typed->request_file,
                   "What all have in common: a request, YAML or JSON")
      ->required();
  command->add_option("--batch", typed->batch, "Name of this seizure: begins every request id")
      ->required();
  command->add_option("--column", typed->columns,
                      "Where a column has another name: make=marca; repeatable");
  command->add_option("--delimiter", typed->delimiter, "Between the fields of a row");
  command->add_flag("--strict", typed->strict, "Send nothing where a row cannot be read");
  command->add_option("--language", typed->language,
                      "Language of remarks on marks: en, fr, es or pt");
  command->callback([=] {
    session->Run([&](Connection& connection) { return Import(*typed, connection, session->json); });
  });
}

}  // namespace tracegate
