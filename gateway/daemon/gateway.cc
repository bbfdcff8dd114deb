#include "gateway/daemon/gateway.h"

#include <fstream>
#include <utility>

#include "absl/synchronization/mutex.h"
#include "absl/synchronization/notification.h"
#include "absl/time/clock.h"
#include "adapters/marking/calibres.h"
#include "adapters/marking/importers.h"
#include "adapters/marking/makers.h"
#include "adapters/marking/states.h"
#include "adapters/marking/words.h"
#include "gateway/daemon/config_defaults.h"
#include "gateway/evidence/evidence_log.h"
#include "gateway/identity/caller_verifier.h"
#include "gateway/identity/tls_probe.h"
#include "gateway/rpc/call_chain.h"
#include "gateway/rpc/evidence_service.h"
#include "gateway/rpc/gateway_server.h"
#include "gateway/rpc/health_service.h"
#include "gateway/rpc/operations_log.h"
#include "gateway/rpc/trace_service.h"
#include "gateway/storage/sqlite_record_store.h"
#include "gateway/tracing/timer_queue.h"
#include "gateway/tracing/tracer.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

constexpr absl::Duration kProbeTimeout = absl::Seconds(3);

// The address to reach our own listener at.
std::string OwnHost(const std::string& listen) {
  const std::string host = listen.substr(0, listen.rfind(':'));
  return host == "0.0.0.0" || host == "[::]" || host.empty() ? "127.0.0.1" : host;
}

// Read at start, so that a table that is wrong shows then and not at the first trace.
void WarmCatalogues() {
  MakerCatalogue::Standard();
  CalibreCatalogue::Standard();
  StateCatalogue::Standard();
  ImporterList::Standard();
  WordList::Standard();
}

}  // namespace

// Members stand in the order they are built; what uses another stands behind it.
class Gateway::Impl {
 public:
  explicit Impl(Configuration configuration)
      : configuration_(std::move(configuration)),
        verifier_(configuration_.trust, CallerVerifierOptions{}) {}

  absl::Status Start() {
    WarmCatalogues();
    if (auto status = OpenLog(); !status.ok()) return status;
    tracer_ = std::make_unique<Tracer>(
        House{.store = store_.get(),
              .log = log_.get(),
              .agreements = configuration_.agreements.get(),
              .registries = configuration_.registries.get(),
              .timers = &timers_,
              .clock = absl::Now,
              .gateway_id = configuration_.gateway_id,
              .gateway_state = configuration_.gateway_state},
        configuration_.limits);
    ServeTraces(tracer_.get(), &handlers_);
    ServeEvidence(store_.get(), log_.get(), configuration_.registries.get(), &handlers_);
    health_.Serve(&handlers_);
    const auto& server = configuration_.proto.server();
    chain_ = std::make_unique<CallChain>(CallChain::Parts{
        .verifier = &verifier_,
        .handlers = &handlers_,
        .log = log_.get(),
        .clock = absl::Now,
        .message_bytes_max = static_cast<size_t>(server.message_bytes_max())});
    if (auto status = RecordStart(); !status.ok()) return status;
    if (auto status = tracer_->Resume(); !status.ok()) return status;
    auto listener = GatewayServer::Start(
        {.listen = server.listen(),
         .certificate_chain_pem = configuration_.certificate_chain_pem,
         .private_key_pem = configuration_.private_key_pem,
         .message_bytes_max = static_cast<size_t>(server.message_bytes_max()),
         .reflection = server.reflection()},
        chain_.get());
    if (!listener.ok()) return listener.status();
    server_ = *std::move(listener);
    const auto probe = ProbeRefusesTls12(OwnHost(server.listen()),
                                         static_cast<uint16_t>(server_->port()), kProbeTimeout);
    if (!probe.ok()) return probe;
    return Announce();
  }

  void Stop() {
    if (std::exchange(stopped_, true)) return;
    LogInfo("draining", {{"open_traces", tracer_ ? tracer_->open_traces() : 0}});
    health_.StopServing();
    if (tracer_) tracer_->Drain();
    if (server_) server_->Shutdown(ToDuration(configuration_.proto.server().drain()));
    timers_.Stop();
    configuration_.registries.reset();
    server_.reset();
    log_.reset();
    tracer_.reset();
    store_.reset();
    LogInfo("stopped");
  }

  int port() const { return server_->port(); }
  std::string verifier_key() const { return log_->verifier_key(); }

 private:
  absl::Status OpenLog() {
    auto store = SqliteRecordStore::Open({.file = configuration_.proto.storage().sqlite().file()});
    if (!store.ok()) return store.status();
    store_ = *std::move(store);
    const auto& evidence = configuration_.proto.evidence();
    auto log = EvidenceLog::Open(store_.get(), {.origin = evidence.origin(),
                                                .signing_key_pem = configuration_.signing_key_pem,
                                                .queue_max = evidence.queue_max(),
                                                .clock = absl::Now});
    if (!log.ok()) return log.status();
    log_ = *std::move(log);
    return absl::OkStatus();
  }

  // What it runs with is part of the record: the configuration holds names of files, no secrets.
  absl::Status RecordStart() {
    RecordDraft draft;
    EntryDraft& entry = draft.entries.emplace_back();
    entry.header.set_kind(v1::ENTRY_KIND_GATEWAY_STARTED);
    entry.header.set_actor(configuration_.gateway_id);
    entry.header.set_state(configuration_.gateway_state);
    entry.content = configuration_.proto.SerializeAsString();
    absl::Notification recorded;
    absl::Status status;
    log_->Append(std::move(draft), [&](const absl::StatusOr<Recorded>& result) {
      status = result.status();
      recorded.Notify();
    });
    recorded.WaitForNotification();
    return status;
  }

  absl::Status Announce() {
    const auto& server = configuration_.proto.server();
    const std::string address = OwnHost(server.listen()) + ":" + std::to_string(port());
    if (!server.address_file().empty()) {
      std::ofstream out(server.address_file());
      if (!(out << address << "\n" << std::flush)) {
        return FieldFailure(v1::REASON_CONFIG_INVALID, "server.address_file",
                            "cannot write " + server.address_file());
      }
    }
    LogInfo("serving", {{"address", address},
                        {"gateway", configuration_.gateway_id},
                        {"log_size", log_->size()},
                        {"verifier_key", log_->verifier_key()},
                        {"certificate_until", absl::FormatTime(configuration_.certificate_not_after,
                                                               absl::UTCTimeZone())}});
    return absl::OkStatus();
  }

  Configuration configuration_;
  const CallerVerifier verifier_;
  TimerQueue timers_;
  std::unique_ptr<SqliteRecordStore> store_;
  std::unique_ptr<Tracer> tracer_;
  std::unique_ptr<EvidenceLog> log_;
  HandlerTable handlers_;
  HealthService health_;
  std::unique_ptr<CallChain> chain_;
  std::unique_ptr<GatewayServer> server_;
  bool stopped_ = false;
};

Gateway::Gateway(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Gateway::~Gateway() { Stop(); }

absl::StatusOr<std::unique_ptr<Gateway>> Gateway::Start(Configuration configuration) {
  auto impl = std::make_unique<Impl>(std::move(configuration));
  const auto status = impl->Start();
  if (!status.ok()) {
    impl->Stop();
    return status;
  }
  return std::unique_ptr<Gateway>(new Gateway(std::move(impl)));
}

int Gateway::port() const { return impl_->port(); }
std::string Gateway::verifier_key() const { return impl_->verifier_key(); }
void Gateway::Stop() { impl_->Stop(); }

}  // namespace tracegate
