#include "gateway/cli/report_commands.h"

#include <iostream>
#include <memory>
#include <string>

#include "gateway/cli/json.h"
#include "gateway/cli/recorded_reply.h"
#include "gateway/cli/report_csv.h"
#include "gateway/cli/report_html.h"
#include "gateway/cli/report_input.h"
#include "gateway/cli/report_tables.h"
#include "gateway/cli/trace_reply.h"

namespace tracegate {
namespace {

// Years of records are added up.
constexpr absl::Duration kWait = absl::Minutes(10);

std::string Printed(const v1::Report& report, const std::string& format) {
  if (format == "html") return ReportHtml(report);
  if (format == "csv") return ReportCsv(report);
  if (format == "json") return JsonOf(report) + "\n";
  return ReportText(report);
}

absl::StatusOr<ExitCode> Generate(const TypedReport& typed, const Connection& connection,
                                  bool json) {
  const auto request = ReportRequestOf(typed);
  if (!request.ok()) return request.status();
  const auto reply = connection.client->CallRaw(TransferMethod("GenerateReport"),
                                                request->SerializeAsString(), kWait);
  if (!reply.ok()) {
    std::cerr << "request id: " << request->request_id() << "\n";
    return reply.status();
  }
  if (auto saved = SaveReply(*reply, typed.save); !saved.ok()) return saved;
  v1::Report report;
  if (!report.ParseFromString(*reply)) return absl::InternalError("the reply cannot be read");
  std::cout << Printed(report, json ? "json" : typed.format);
  if (report.has_receipt() && !ReceiptHolds(*reply, connection)) return kExitNoProof;
  std::cerr << OnRecord(report, connection);
  return kExitOk;
}

void AddKind(CLI::App* report, Session* session, const char* name, const char* what,
             v1::ReportKind kind) {
  auto* command = report->add_subcommand(name, what);
  auto typed = std::make_shared<TypedReport>();
  typed->kind = kind;
  typed->AddTo(command);
  command->callback([=] {
    session->Run(
        [&](Connection& connection) { return Generate(*typed, connection, session->json); });
  });
}

}  // namespace

void AddReportCommands(CLI::App* app, Session* session) {
  auto* report = app->add_subcommand("report", "Draw up what a State reports, from its records");
  report->require_subcommand(1);
  AddKind(report, session, "att", "Arms Trade Treaty, yearly (Art 13(3))",
          v1::REPORT_KIND_ATT_ANNUAL);
  AddKind(report, session, "unroca", "United Nations Register of Conventional Arms",
          v1::REPORT_KIND_UNROCA);
  AddKind(report, session, "wassenaar", "Wassenaar Arrangement, every six months",
          v1::REPORT_KIND_WASSENAAR);
  AddKind(report, session, "poa", "Programme of Action and ITI, every two years",
          v1::REPORT_KIND_POA_ITI);
  AddKind(report, session, "iafq", "UNODC illicit arms flows questionnaire, yearly",
          v1::REPORT_KIND_ARMS_FLOWS);
  AddKind(report, session, "sdg", "Sustainable Development Goals, indicator 16.4.2",
          v1::REPORT_KIND_SDG_16_4_2);
}

}  // namespace tracegate
