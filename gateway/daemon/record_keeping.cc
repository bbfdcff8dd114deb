#include "gateway/daemon/record_keeping.h"

#include <utility>

#include "absl/synchronization/notification.h"
#include "absl/time/clock.h"
#include "adapters/peer/peer_caller.h"
#include "gateway/daemon/checkpoint_stamps.h"
#include "gateway/rpc/operations_log.h"
#include "gateway/storage/sqlite_record_store.h"
#include "protos/tracegate/duration.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

constexpr char kAddCheckpoint[] = "/tracegate.v1.EvidenceService/AddCheckpoint";
constexpr absl::Duration kCosignTimeout = absl::Seconds(10);

// Asks one peer to cosign, and waits.
class CosignCall {
 public:
  CosignCall(PeerAddress peer, std::shared_ptr<const PeerTrust> trust)
      : caller_(std::move(peer), std::move(trust), /*calls_max=*/1) {}

  absl::StatusOr<v1::AddCheckpointResponse> operator()(const v1::AddCheckpointRequest& request,
                                                       std::stop_token stop) {
    absl::Notification done;
    absl::StatusOr<std::string> reply = std::string();
    caller_.Call({.deadline = absl::Now() + kCosignTimeout, .cancelled = std::move(stop)},
                 kAddCheckpoint, request.SerializeAsString(), [&](auto result) {
                   reply = std::move(result);
                   done.Notify();
                 });
    done.WaitForNotification();
    if (!reply.ok()) return reply.status();
    v1::AddCheckpointResponse response;
    if (response.ParseFromString(*reply)) return response;
    return Failure(v1::REASON_PEER_REFUSED, "its reply cannot be read");
  }

 private:
  PeerCaller caller_;
};

void TellConflict(const std::string& state, const v1::LogConflict& conflict) {
  LogError("log_conflict", {{"state", state},
                            {"log", conflict.log_origin()},
                            {"kind", v1::LogConflictKind_Name(conflict.kind())}});
}

void TellCosigning(const std::string& state, const absl::Status& status) {
  if (status.ok()) return LogInfo("cosigned_again", {{"by", state}});
  const auto reason = ReasonName(DetailOf(status).reason());
  if (DetailOf(status).reason() == v1::REASON_LOG_READ_ONLY) {
    return LogError("log_damaged", {{"why", std::string(status.message())}});
  }
  LogWarning("not_cosigned", {{"by", state}, {"reason", reason}});
}

}  // namespace

absl::StatusOr<std::unique_ptr<RecordKeeping>> RecordKeeping::Open(
    const Configuration& configuration) {
  std::unique_ptr<RecordKeeping> keeping(new RecordKeeping);
  const std::string& file = configuration.proto.storage().sqlite().file();
  auto store = SqliteRecordStore::Open({.file = file});
  if (!store.ok()) return store.status();
  keeping->store_ = *std::move(store);
  const auto& evidence = configuration.proto.evidence();
  auto log = EvidenceLog::Open(
      keeping->store_.get(),
      {.origin = evidence.origin(),
       .signing_key_pem = configuration.signing_key_pem,
       .next_signing_key_pem = configuration.next_signing_key_pem,
       .former_keys = {evidence.former_keys().begin(), evidence.former_keys().end()},
       .queue_max = evidence.queue_max(),
       .clock = absl::Now});
  if (!log.ok()) return log.status();
  keeping->log_ = *std::move(log);
  keeping->own_ = std::make_unique<OwnEntries>(keeping->log_.get(), configuration.gateway_id,
                                               configuration.gateway_state);
  keeping->high_water_ = std::make_unique<HighWater>(file + ".checkpoint");
  if (keeping->log_->damage().ok()) {
    const auto held = keeping->high_water_->Check(*keeping->log_, keeping->store_.get());
    if (!held.ok() && !absl::IsDataLoss(held)) return held;
    if (!held.ok()) keeping->log_->StopAppending(std::string(held.message()));
  }
  if (absl::Status opened = keeping->OpenWitness(configuration); !opened.ok()) return opened;
  return keeping;
}

RecordKeeping::~RecordKeeping() {
  StopAsking();
  CloseLog();
}

absl::Status RecordKeeping::OpenWitness(const Configuration& configuration) {
  refuse_service_ = configuration.proto.evidence().witnessing().refuse_service();
  if (configuration.cosigning_key_pem.empty()) return absl::OkStatus();
  auto cosigner =
      Cosigner::FromPem(configuration.proto.evidence().origin(), configuration.cosigning_key_pem);
  if (!cosigner.ok()) return cosigner.status();
  LogInfo("witness", {{"verifier_key", cosigner->verifier_key()}});
  auto witness = Witness::Open({.log = log_.get(),
                                .gateway_id = configuration.gateway_id,
                                .gateway_state = configuration.gateway_state,
                                .cosigner = *std::move(cosigner),
                                .logs = configuration.watchers.logs,
                                .clock = absl::Now,
                                .tell_conflict = &TellConflict},
                               store_.get());
  if (!witness.ok()) return witness.status();
  witness_ = *std::move(witness);
  return absl::OkStatus();
}

absl::Status RecordKeeping::RecordKeys() {
  if (!log_->keys_changed()) return absl::OkStatus();
  v1::LogKeys keys;
  for (const std::string& key : log_->verifier_keys()) keys.add_verifier_keys(key);
  LogWarning("log_keys_changed", {{"verifier_keys", log_->verifier_keys()}});
  return own_->Record(v1::ENTRY_KIND_LOG_KEYS_CHANGED, keys.SerializeAsString());
}

absl::Status RecordKeeping::Begin(const Configuration& configuration) {
  BeginCosigning(configuration);
  const auto& evidence = configuration.proto.evidence();
  if (!evidence.has_time_stamping()) return absl::OkStatus();
  auto stamper = BeginStamping(evidence.time_stamping(), log_.get(), own_.get());
  if (!stamper.ok()) return stamper.status();
  stamper_ = *std::move(stamper);
  return absl::OkStatus();
}

int64_t RecordKeeping::stamped_at_s() const {
  if (stamper_ == nullptr) return 0;
  const StampState state = stamper_->state();
  return state.last_stamp ? absl::ToUnixSeconds(state.stamped_at) : 0;
}

void RecordKeeping::StopAsking() {
  collector_.reset();
  stamper_.reset();
}

void RecordKeeping::BeginCosigning(const Configuration& configuration) {
  std::vector<CosignatureCollector::Peer> peers;
  for (const auto& registry : configuration.proto.registries()) {
    const auto cosigner = configuration.watchers.cosigners.find(registry.state());
    if (!registry.has_peer() || cosigner == configuration.watchers.cosigners.end()) continue;
    auto call = std::make_shared<CosignCall>(
        PeerAddress{registry.state(), registry.peer().address(), registry.peer().tls_name()},
        configuration.trust);
    peers.push_back({registry.state(), cosigner->second,
                     [call](const v1::AddCheckpointRequest& request, std::stop_token stop) {
                       return (*call)(request, std::move(stop));
                     }});
  }
  if (peers.empty()) return;
  collector_ = std::make_unique<CosignatureCollector>(CosignatureCollector::Options{
      .log = log_.get(),
      .store = store_.get(),
      .gateway_id = configuration.gateway_id,
      .gateway_state = configuration.gateway_state,
      .peers = std::move(peers),
      .interval = ToDuration(configuration.proto.evidence().witnessing().interval()),
      .tell = &TellCosigning});
}

void RecordKeeping::Look() {
  if (!log_->damage().ok()) return;
  const absl::Status written = high_water_->Write(*log_);
  if (!written.ok() && high_water_trouble_.ok()) {
    LogError("high_water_not_written", {{"why", std::string(written.message())}});
  }
  high_water_trouble_ = written;
}

void RecordKeeping::CloseLog() {
  if (log_ != nullptr && log_->damage().ok()) high_water_->Write(*log_).IgnoreError();
  log_.reset();
}

absl::Status RecordKeeping::CheckPeerLog(std::string_view state) const {
  if (!refuse_service_ || witness_ == nullptr) return absl::OkStatus();
  return witness_->CheckLog(state);
}

}  // namespace tracegate
