#include <unistd.h>

#include <filesystem>
#include <iostream>
#include <memory>

#include "absl/time/clock.h"
#include "gateway/cli/certs_commands.h"
#include "gateway/cli/local_file.h"
#include "gateway/cli/typed_time.h"
#include "gateway/identity/issuance.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

// A little in the past, for a gateway whose clock is behind this one's.
constexpr absl::Duration kClockSkew = absl::Minutes(5);

struct Typed {
  std::string ca;  // stem: STEM.pem and STEM.key
  std::string trust_domain;
  std::string agency;
  std::string role;
  std::string name;
  std::vector<std::string> dns_names;
  std::vector<std::string> ip_addresses;
  std::string request;
  std::string out;  // stem
  int days = 90;
};

absl::StatusOr<IssuerSource> ReadIssuer(const std::string& stem) {
  IssuerSource source{stem + ".pem", stem + ".key", "", ""};
  auto certificate = ReadLocalFile(source.certificate_file);
  if (!certificate.ok()) return certificate.status();
  auto key = ReadLocalFile(source.key_file);
  if (!key.ok()) return key.status();
  source.certificate_pem = *std::move(certificate);
  source.key_pem = *std::move(key);
  return source;
}

absl::StatusOr<IssueOrder> OrderOf(const Typed& typed, absl::Time now) {
  IssueOrder order;
  order.spiffe_id = "spiffe://" + typed.trust_domain + "/" + typed.agency + "/" + typed.role;
  order.common_name = typed.name.empty() ? typed.agency + " " + typed.role : typed.name;
  order.dns_names = typed.dns_names;
  order.ip_addresses = typed.ip_addresses;
  order.not_before = now - kClockSkew;
  order.not_after = now + absl::Hours(24) * typed.days;
  if (typed.request.empty()) return order;
  auto request = ReadLocalFile(typed.request);
  if (!request.ok()) return request.status();
  if (request->empty()) return FieldFailure(v1::REASON_CONFIG_INVALID, typed.request, "is empty");
  order.request_pem = *std::move(request);
  return order;
}

// Both or none: a key without its certificate helps nobody.
absl::Status Write(const std::string& stem, const IssuedCertificate& issued) {
  const std::string chain = stem + ".chain.pem";
  const std::string key = stem + ".key";
  if (std::filesystem::exists(chain)) {
    return FieldFailure(v1::REASON_CONFIG_INVALID, chain, "exists already; nothing is overwritten");
  }
  if (!issued.key_pem.empty()) {
    if (absl::Status written = WriteNewFile(key, issued.key_pem, 0600); !written.ok())
      return written;
  }
  absl::Status written = WriteNewFile(chain, issued.chain_pem, 0644);
  if (!written.ok() && !issued.key_pem.empty()) unlink(key.c_str());
  return written;
}

absl::StatusOr<ExitCode> Issue(const Typed& typed) {
  auto issuer = ReadIssuer(typed.ca);
  if (!issuer.ok()) return issuer.status();
  auto order = OrderOf(typed, absl::Now());
  if (!order.ok()) return order.status();
  auto issued = IssueCertificate(*issuer, *order);
  if (!issued.ok()) return issued.status();
  if (absl::Status written = Write(typed.out, *issued); !written.ok()) return written;
  std::cout << "made " << typed.out << ".chain.pem, " << order->spiffe_id << ", until "
            << TimeText(order->not_after) << "\n";
  return kExitOk;
}

}  // namespace

void AddCertsIssue(CLI::App* certs, Session* session) {
  auto* command =
      certs->add_subcommand("issue", "Make a certificate for development: never for service");
  command->fallthrough();
  auto typed = std::make_shared<Typed>();
  command->add_option("--ca", typed->ca, "Stem of the CA's files, STEM.pem and STEM.key")
      ->required();
  command->add_option("--trust-domain", typed->trust_domain, "Such as br.example")->required();
  command->add_option("--agency", typed->agency, "Such as policia-federal")->required();
  command->add_option("--role", typed->role, "registry, liaison, compliance, desk, peer or admin")
      ->required();
  command->add_option("--name", typed->name, "For people to read; else agency and role");
  command->add_option("--dns", typed->dns_names, "A gateway's DNS name; it may serve then");
  command->add_option("--ip", typed->ip_addresses, "A gateway's address; it may serve then");
  command->add_option("--days", typed->days, "How long it lasts, 90")->check(CLI::Range(1, 3650));
  command->add_option("--request", typed->request,
                      "PEM certificate request whose key to take; else a key is made");
  command->add_option("--out", typed->out, "Stem of the files to make, STEM.chain.pem and STEM.key")
      ->required();
  command->callback([=] { session->RunHere([&] { return Issue(*typed); }); });
}

}  // namespace tracegate
