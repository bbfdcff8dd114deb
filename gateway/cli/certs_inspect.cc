#include <iostream>
#include <memory>

#include "absl/strings/str_join.h"
#include "gateway/cli/certificate_verdict.h"
#include "gateway/cli/certs_commands.h"
#include "gateway/cli/local_file.h"
#include "gateway/cli/table.h"
#include "gateway/cli/typed_time.h"
#include "gateway/identity/certificate_report.h"

namespace tracegate {
namespace {

std::string Joined(const std::vector<std::string>& words) { return absl::StrJoin(words, ", "); }

std::string Text(const CertificateReport& report, size_t index) {
  Table table(
      {"certificate " + std::to_string(index), report.subject + (report.is_ca ? " (a CA)" : "")});
  table.Add({"  issuer", report.issuer});
  table.Add({"  serial", report.serial});
  for (const auto& uri : report.uris) table.Add({"  URI", uri});
  if (report.spiffe) {
    table.Add({"  trust domain", report.spiffe->trust_domain});
    table.Add({"  agency", report.spiffe->agency});
    table.Add({"  role", std::string(RoleName(report.spiffe->role))});
  }
  table.Add({"  key usage", Joined(report.key_usages)});
  table.Add({"  extended", Joined(report.extended_usages)});
  table.Add({"  valid", TimeText(report.not_before) + " until " + TimeText(report.not_after)});
  table.Add({"  key", report.key});
  table.Add({"  signature", report.signature});
  table.Add({"  SHA-256", report.fingerprint});
  for (const auto& problem : report.problems) table.Add({"  PROBLEM", problem});
  return table.Text();
}

nlohmann::json Json(const CertificateReport& report) {
  nlohmann::json json = {{"subject", report.subject},
                         {"issuer", report.issuer},
                         {"serial", report.serial},
                         {"uris", report.uris},
                         {"is_ca", report.is_ca},
                         {"key_usages", report.key_usages},
                         {"extended_usages", report.extended_usages},
                         {"not_before", TimeText(report.not_before)},
                         {"not_after", TimeText(report.not_after)},
                         {"key", report.key},
                         {"signature", report.signature},
                         {"fingerprint", report.fingerprint},
                         {"problems", report.problems}};
  if (report.spiffe) {
    json["trust_domain"] = report.spiffe->trust_domain;
    json["agency"] = report.spiffe->agency;
    json["role"] = RoleName(report.spiffe->role);
  }
  return json;
}

absl::StatusOr<ExitCode> Inspect(const std::string& file, bool json) {
  auto text = ReadLocalFile(file);
  if (!text.ok()) return text.status();
  auto reports = InspectCertificates(file, *text);
  if (!reports.ok()) return reports.status();
  ExitCode exit = kExitOk;
  for (size_t i = 0; i < reports->size(); ++i) {
    const CertificateReport& report = (*reports)[i];
    std::cout << (json ? OneLine(Json(report)) : Text(report, i + 1));
    if (!report.problems.empty()) exit = kExitRefused;
  }
  return exit;
}

}  // namespace

void AddCertsInspect(CLI::App* certs, Session* session) {
  auto* command =
      certs->add_subcommand("inspect", "Show what the gateway reads in a certificate chain");
  command->fallthrough();
  auto file = std::make_shared<std::string>();
  command->add_option("FILE", *file, "PEM; - for standard input")->required();
  command->callback([=] { session->RunHere([&] { return Inspect(*file, session->json); }); });
}

}  // namespace tracegate
