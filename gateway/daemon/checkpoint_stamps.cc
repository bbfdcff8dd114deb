#include "gateway/daemon/checkpoint_stamps.h"

#include <random>
#include <string>
#include <utility>

#include "absl/time/clock.h"
#include "gateway/daemon/named_file.h"
#include "gateway/evidence/time_stamp/http_time_stamp_authority.h"
#include "gateway/evidence/time_stamp/time_stamp_verifier.h"
#include "gateway/rpc/operations_log.h"
#include "protos/tracegate/duration.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

// The room's own names of its options, as the configuration calls them.
absl::Status Renamed(const absl::Status& status) {
  const v1::FailureDetail detail = DetailOf(status);
  if (status.ok() || detail.violations().empty()) return status;
  const v1::FieldViolation& violation = detail.violations(0);
  std::string key = violation.field().substr(violation.field().rfind('.') + 1);
  if (key == "ca") key = "tsa_bundle";
  return FieldFailure(v1::REASON_CONFIG_INVALID, "evidence.time_stamping." + key,
                      violation.description());
}

absl::StatusOr<std::unique_ptr<TimeStampVerifier>> VerifierOf(
    const config::v1::TimeStamping& config) {
  const auto bundle = ReadWholeFile(config.tsa_bundle());
  if (!bundle.ok()) {
    return FieldFailure(v1::REASON_CONFIG_INVALID, "evidence.time_stamping.tsa_bundle",
                        std::string(bundle.status().message()));
  }
  auto verifier = TimeStampVerifier::Create({.ca_pem = *bundle, .policy = config.policy()});
  if (!verifier.ok()) return Renamed(verifier.status());
  return verifier;
}

absl::StatusOr<std::unique_ptr<HttpTimeStampAuthority>> AuthorityOf(
    const config::v1::TimeStamping& config) {
  auto authority =
      HttpTimeStampAuthority::Create({.url = config.url(), .tls_ca_file = config.tls_bundle()});
  if (!authority.ok()) return Renamed(authority.status());
  return authority;
}

uint64_t Unguessable() {
  std::random_device device;
  return uint64_t{device()} << 32 | device();
}

void TellOutage(const StampState& state) {
  if (!state.beyond_grace) return LogInfo("time_stamps_again");
  LogError("time_stamps_missing", {{"why", std::string(state.last_error.message())}});
}

// What the stamper works on and where its tokens go.
class StampEntries {
 public:
  StampEntries(const EvidenceLog* log, const OwnEntries* own) : log_(log), own_(own) {}

  std::string Newest() {
    const LogView view = log_->view();
    // The entry of the last stamp alone is nothing new to stamp.
    if (view.size != size_after_stamp_) newest_ = view.checkpoint;
    return newest_;
  }

  absl::Status Keep(int64_t tree_size, const std::string& note,
                    const TimeStampVerifier::Stamped& stamped) {
    v1::TimeStampedCheckpoint entry;
    entry.set_checkpoint(note);
    entry.set_token(stamped.token);
    const int64_t time_ns = absl::ToUnixNanos(stamped.stamp.gen_time);
    entry.mutable_time()->set_seconds(time_ns / 1'000'000'000);
    entry.mutable_time()->set_nanos(static_cast<int32_t>(time_ns % 1'000'000'000));
    entry.set_authority(stamped.stamp.authority);
    const absl::Status recorded =
        own_->Record(v1::ENTRY_KIND_CHECKPOINT_TIME_STAMPED, entry.SerializeAsString());
    if (recorded.ok()) size_after_stamp_ = tree_size + 1;
    return recorded;
  }

 private:
  const EvidenceLog* const log_;
  const OwnEntries* const own_;
  std::string newest_;
  int64_t size_after_stamp_ = -1;
};

}  // namespace

absl::StatusOr<std::unique_ptr<CheckpointStamper>> BeginStamping(
    const config::v1::TimeStamping& config, const EvidenceLog* log, const OwnEntries* own) {
  auto authority = AuthorityOf(config);
  if (!authority.ok()) return authority.status();
  auto verifier = VerifierOf(config);
  if (!verifier.ok()) return verifier.status();
  auto entries = std::make_shared<StampEntries>(log, own);
  StampingOptions options;
  options.interval = ToDuration(config.interval());
  options.grace = ToDuration(config.grace());
  options.clock = absl::Now;
  options.random = &Unguessable;
  options.newest = [entries] { return entries->Newest(); };
  options.keep = [entries](int64_t tree_size, const std::string& note,
                           const TimeStampVerifier::Stamped& stamped) {
    return entries->Keep(tree_size, note, stamped);
  };
  options.alert = &TellOutage;
  auto stamper =
      CheckpointStamper::Start(*std::move(authority), *std::move(verifier), std::move(options));
  if (!stamper.ok()) return Renamed(stamper.status());
  return stamper;
}

absl::Status CheckTimeStamping(const config::v1::TimeStamping& config) {
  const absl::Status authority = AuthorityOf(config).status();
  return authority.ok() ? VerifierOf(config).status() : authority;
}

}  // namespace tracegate
