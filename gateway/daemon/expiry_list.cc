#include "gateway/daemon/expiry_list.h"

#include <algorithm>
#include <utility>

#include "gateway/daemon/named_file.h"
#include "gateway/identity/certificate_report.h"
#include "protos/tracegate/duration.h"

namespace tracegate {
namespace {

constexpr absl::Duration kCertificateSoon = absl::Hours(30 * 24);
constexpr absl::Duration kCrlSoon = absl::Hours(7 * 24);

std::string TimeText(absl::Time time) {
  return absl::FormatTime("%Y-%m-%dT%H:%M:%SZ", time, absl::UTCTimeZone());
}

Expiry Unreadable(const std::string& key, const std::string& file, const absl::Status& problem) {
  Expiry expiry{.key = key, .file = file, .name = "", .until = std::nullopt, .note = ""};
  expiry.standing = ExpiryStanding::kUnreadable;
  expiry.note = std::string(problem.message());
  return expiry;
}

int64_t WholeDays(absl::Duration left) {
  return absl::ToInt64Hours(absl::Floor(left, absl::Hours(24))) / 24;
}

Expiry Ending(const std::string& key, const std::string& file, const std::string& name,
              absl::Time until, absl::Time now, absl::Duration soon) {
  Expiry expiry{.key = key, .file = file, .name = name, .until = until, .note = ""};
  expiry.days_left = WholeDays(until - now);
  if (now >= until) {
    expiry.standing = ExpiryStanding::kEnded;
  } else if (until - now < soon) {
    expiry.standing = ExpiryStanding::kEndsSoon;
  }
  return expiry;
}

void NotYet(absl::Time from, absl::Time now, Expiry* expiry) {
  if (now >= from) return;
  expiry->standing = ExpiryStanding::kEnded;
  expiry->note = "begins only at " + TimeText(from);
}

void AddCertificates(const std::string& key, const std::string& file, absl::Time now,
                     std::vector<Expiry>* all) {
  const auto text = ReadWholeFile(file);
  const auto reports = text.ok() ? InspectCertificates(file, *text) : text.status();
  if (!reports.ok()) {
    all->push_back(Unreadable(key, file, reports.status()));
    return;
  }
  for (const CertificateReport& report : *reports) {
    Expiry expiry = Ending(key, file, report.subject, report.not_after, now, kCertificateSoon);
    NotYet(report.not_before, now, &expiry);
    all->push_back(std::move(expiry));
  }
}

void AddCrls(const std::string& key, const std::string& file, absl::Duration grace, absl::Time now,
             std::vector<Expiry>* all) {
  const auto text = ReadWholeFile(file);
  const auto reports = text.ok() ? InspectCrls(file, *text) : text.status();
  if (!reports.ok()) {
    all->push_back(Unreadable(key, file, reports.status()));
    return;
  }
  for (const CrlReport& report : *reports) {
    Expiry expiry = Ending(key, file, "CRL of " + report.issuer, report.next_update, now, kCrlSoon);
    expiry.note = std::to_string(report.entries) + " revoked";
    if (expiry.standing == ExpiryStanding::kEnded && now < report.next_update + grace) {
      expiry.standing = ExpiryStanding::kEndsSoon;
      expiry.note = "stale, put up with until " + TimeText(report.next_update + grace);
    }
    NotYet(report.this_update, now, &expiry);
    if (!report.problems.empty()) {
      expiry.standing = ExpiryStanding::kUnreadable;
      expiry.note = report.problems.front();
    }
    all->push_back(std::move(expiry));
  }
}

}  // namespace

std::string_view ExpiryStandingName(ExpiryStanding standing) {
  switch (standing) {
    case ExpiryStanding::kGood: return "good";
    case ExpiryStanding::kEndsSoon: return "ends soon";
    case ExpiryStanding::kEnded: return "ended";
    case ExpiryStanding::kUnreadable: return "unreadable";
    case ExpiryStanding::kNotChecked: return "not checked";
  }
  return "";
}

std::vector<Expiry> ExpiriesOf(const config::v1::Identity& identity, absl::Time now) {
  std::vector<Expiry> all;
  AddCertificates("identity.certificate_chain", identity.certificate_chain(), now, &all);
  for (int i = 0; i < identity.trust_size(); ++i) {
    const auto& trust = identity.trust(i);
    const std::string at = "identity.trust[" + std::to_string(i) + "]";
    AddCertificates(at + ".bundle", trust.bundle(), now, &all);
    if (trust.has_crl()) {
      AddCrls(at + ".crl", trust.crl(), ToDuration(trust.crl_grace()), now, &all);
    } else {
      Expiry unchecked{.key = at + ".no_revocation",
                       .file = "",
                       .name = trust.state(),
                       .until = std::nullopt,
                       .note = ""};
      unchecked.standing = ExpiryStanding::kNotChecked;
      unchecked.note = "nobody asks whether its certificates were revoked";
      all.push_back(std::move(unchecked));
    }
  }
  return all;
}

}  // namespace tracegate
