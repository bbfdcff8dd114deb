#include "gateway/daemon/gateway.h"

#include <fstream>
#include <utility>

#include "absl/synchronization/mutex.h"
#include "absl/time/clock.h"
#include "adapters/marking/calibres.h"
#include "adapters/marking/firearm_types.h"
#include "adapters/marking/importers.h"
#include "adapters/marking/makers.h"
#include "adapters/marking/models.h"
#include "adapters/marking/name_words.h"
#include "adapters/marking/states.h"
#include "adapters/marking/symbols.h"
#include "adapters/marking/words.h"
#include "gateway/daemon/erasure_rounds.h"
#include "gateway/daemon/file_watch.h"
#include "gateway/daemon/lookout.h"
#include "gateway/daemon/metrics.h"
#include "gateway/daemon/record_keeping.h"
#include "gateway/daemon/retention_check.h"
#include "gateway/directory/directory.h"
#include "gateway/evidence/retention/legal_holds.h"
#include "gateway/evidence/retention/lengthening.h"
#include "gateway/identity/current.h"
#include "gateway/identity/tls_probe.h"
#include "gateway/liaison/cross_checks.h"
#include "gateway/liaison/fellow_searchers.h"
#include "gateway/liaison/hit_feed.h"
#include "gateway/liaison/link_finder.h"
#include "gateway/liaison/subscription_book.h"
#include "gateway/liaison/subscriptions.h"
#include "gateway/rpc/call_chain.h"
#include "gateway/rpc/directory_service.h"
#include "gateway/rpc/evidence_service.h"
#include "gateway/rpc/gateway_server.h"
#include "gateway/rpc/handshake_failures.h"
#include "gateway/rpc/health_service.h"
#include "gateway/rpc/hold_service.h"
#include "gateway/rpc/import_traces.h"
#include "gateway/rpc/liaison_service.h"
#include "gateway/rpc/operations_log.h"
#include "gateway/rpc/trace_service.h"
#include "gateway/rpc/transfer_service.h"
#include "gateway/rpc/witness_service.h"
#include "gateway/tracing/timer_queue.h"
#include "gateway/tracing/tracer.h"
#include "gateway/transfers/transfers.h"
#include "protos/tracegate/duration.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

constexpr absl::Duration kProbeTimeout = absl::Seconds(3);
constexpr absl::Duration kLookPeriod = absl::Seconds(1);

std::string Instant(absl::Time time) { return absl::FormatTime(time, absl::UTCTimeZone()); }

// The address to reach our own listener at.
std::string OwnHost(const std::string& listen) {
  const std::string host = listen.substr(0, listen.rfind(':'));
  return host == "0.0.0.0" || host == "[::]" || host.empty() ? "127.0.0.1" : host;
}

ServingPem ServingPemOf(const LiveTrust::Parts& parts) {
  ServingPem pem{parts.certificate_chain_pem, parts.private_key_pem, ""};
  for (const TrustBundleSource& source : parts.sources) pem.caller_roots += source.pem + "\n";
  return pem;
}

void LogSuspicion(const v1::HarvestSuspicion& suspicion) {
  LogError("harvest_suspected", {{"asking", suspicion.asking_state() + "/" + suspicion.agency()},
                                 {"answering", suspicion.answering_state()},
                                 {"verdict", v1::HarvestVerdict_Name(suspicion.verdict())},
                                 {"asked", suspicion.asked()},
                                 {"hits", suspicion.hits()}});
}

// The office to turn to, as the directory has it: the first for tracing, else the first; empty where it has none.
std::string ContactOf(const DirectoryBook& directory, std::string_view state) {
  const config::v1::DirectoryState* known = directory.Find(state);
  if (known == nullptr || known->contacts().empty()) return "";
  const auto traces = [](const v1::PointOfContact& contact) {
    const auto& purposes = contact.purposes();
    return std::find(purposes.begin(), purposes.end(), v1::CONTACT_PURPOSE_TRACING) !=
           purposes.end();
  };
  const auto& contacts = known->contacts();
  auto contact = std::find_if(contacts.begin(), contacts.end(), traces);
  if (contact == contacts.end()) contact = contacts.begin();
  return contact->agency().name() + ", " +
         (contact->email().empty() ? contact->phone() : contact->email());
}

void LogOverdueTransfer(const Overdue& overdue) {
  LogWarning("transfer_overdue", {{"owed", overdue.what},
                                  {"id", overdue.document_id},
                                  {"state", overdue.state},
                                  {"due", overdue.due}});
}

void LogOverdue(const DirectoryBook& directory, std::string_view trace_id, std::string_view state,
                std::string_view owed) {
  LogWarning("answer_overdue", {{"trace", std::string(trace_id)},
                                {"state", std::string(state)},
                                {"owed", std::string(owed)},
                                {"contact", ContactOf(directory, state)}});
}

// Read at start, so that a table that is wrong shows then and not at the first trace.
void WarmCatalogues() {
  MakerCatalogue::Standard();
  ModelCatalogue::Standard();
  NameWords::Standard();
  SymbolCatalogue::Standard();
  CalibreCatalogue::Standard();
  StateCatalogue::Standard();
  FirearmTypeList::Standard();
  ImporterList::Standard();
  WordList::Standard();
}

}  // namespace

// Members stand in the order they are built; what uses another stands behind it.
class Gateway::Impl {
 public:
  explicit Impl(Configuration configuration)
      : configuration_(std::move(configuration)),
        agreements_(configuration_.agreements),
        directory_book_(configuration_.directory),
        call_limits_(configuration_.proto.limits()),
        harvest_guard_(configuration_.proto.harvest_guard()),
        certificate_(ServingPemOf(configuration_.trust_parts)),
        open_connections_(static_cast<size_t>(configuration_.proto.server().connections_max())) {}

  absl::Status Start() {
    WarmCatalogues();
    FollowHandshakes();
    auto records = RecordKeeping::Open(configuration_);
    if (!records.ok()) return records.status();
    records_ = *std::move(records);
    EvidenceLog* const log = records_->log();
    tracer_ = std::make_unique<Tracer>(OwnHouse(), configuration_.limits);
    ServeTraces(tracer_.get(), &handlers_);
    transfers_ = std::make_unique<Transfers>(OwnTransferHouse());
    ServeTransfers(transfers_.get(), absl::Now, &handlers_);
    if (auto status = ServeLiaison(); !status.ok()) return status;
    directory_ =
        std::make_unique<Directory>(Directory::Parts{.registries = configuration_.registries.get(),
                                                     .agreements = &agreements_,
                                                     .book = &directory_book_,
                                                     .clock = absl::Now});
    ServeDirectory(directory_.get(), &handlers_);
    ServeImports({.tracer = tracer_.get(), .timers = &timers_, .clock = absl::Now}, &handlers_);
    ServeEvidence(records_->store(), log, configuration_.registries.get(), &handlers_);
    if (auto status = ServeHolds(); !status.ok()) return status;
    if (records_->witness() != nullptr) ServeWitness(records_->witness(), &handlers_);
    health_.Serve(&handlers_);
    const auto& server = configuration_.proto.server();
    chain_ = std::make_unique<CallChain>(
        CallChain::Parts{.verifier = &configuration_.trust->verifier(),
                         .handlers = &handlers_,
                         .log = log,
                         .open = &open_calls_,
                         .connections = &open_connections_,
                         .limits = &call_limits_,
                         .timers = &timers_,
                         .clock = absl::Now,
                         .message_bytes_max = static_cast<size_t>(server.message_bytes_max())});
    WarmRegistries();
    if (auto status = TakeUpWork(); !status.ok()) return status;
    auto listener =
        GatewayServer::Start({.listen = server.listen(),
                              .certificate = &certificate_,
                              .connections = &open_connections_,
                              .message_bytes_max = static_cast<size_t>(server.message_bytes_max()),
                              .reflection = server.reflection()},
                             chain_.get());
    if (!listener.ok()) return listener.status();
    server_ = *std::move(listener);
    const auto probe = ProbeRefusesTls12(OwnHost(server.listen()),
                                         static_cast<uint16_t>(server_->port()), kProbeTimeout);
    if (!probe.ok()) return probe;
    TakeHandshakeFailures();  // the probe's own
    open_connections_.TakeCallless();
    if (auto status = ServeMetrics(); !status.ok()) return status;
    if (auto status = Announce(); !status.ok()) return status;
    lookout_ = std::make_unique<Lookout>(Lookout::Parts{.chain = chain_.get(),
                                                        .connections = &open_connections_,
                                                        .limits = &call_limits_,
                                                        .own = &records_->own(),
                                                        .metrics = metrics_.get()});
    watch_ = std::make_unique<FileWatch>(
        FileWatch::Options{.files = [this] { return FilesFollowed(configuration_); },
                           .look = [this](bool changed) { Look(changed); },
                           .period = kLookPeriod});
    return absl::OkStatus();
  }

  void Reload() {
    if (watch_ != nullptr) watch_->LookNow();
  }

  void Stop() {
    if (std::exchange(stopped_, true)) return;
    watch_.reset();
    metrics_.reset();
    if (records_) records_->StopAsking();
    erasure_rounds_.reset();
    LogInfo("draining", {{"open_traces", tracer_ ? tracer_->open_traces() : 0}});
    health_.StopServing();
    if (tracer_) tracer_->Drain();
    if (transfers_) transfers_->Drain();
    if (subscriptions_) subscriptions_->Drain();
    if (cross_checks_) cross_checks_->Drain();
    if (fellow_searchers_) fellow_searchers_->Drain();
    if (hit_feed_) hit_feed_->Drain();
    if (chain_) chain_->Drain();
    if (server_) server_->Shutdown(ToDuration(configuration_.proto.server().drain()));
    timers_.Stop();
    configuration_.registries.reset();
    server_.reset();
    if (records_) records_->CloseLog();
    subscriptions_.reset();
    cross_checks_.reset();
    fellow_searchers_.reset();
    subscription_book_.reset();
    hit_feed_.reset();
    transfers_.reset();
    tracer_.reset();
    records_.reset();
    LogInfo("stopped");
  }

  int port() const { return server_->port(); }
  std::string verifier_key() const { return records_->log()->verifier_key(); }

 private:
  // Goes on where the gateway stopped; with a damaged log it only lets what there is be read.
  absl::Status TakeUpWork() {
    if (const absl::Status damage = records_->log()->damage(); !damage.ok()) {
      LogError("log_damaged", {{"why", std::string(damage.message())}});
      health_.StopServing();
      return absl::OkStatus();
    }
    absl::Status status = CheckRetentionKept(configuration_, records_->store());
    if (status.ok()) status = records_->RecordKeys();
    if (status.ok()) status = RecordConfiguration(v1::ENTRY_KIND_GATEWAY_STARTED, configuration_);
    if (status.ok()) status = fellow_searchers_->Recall();
    if (status.ok()) status = tracer_->Resume();
    if (status.ok()) status = transfers_->Resume();
    if (status.ok()) subscriptions_->Begin();
    if (status.ok()) status = records_->Begin(configuration_);
    if (status.ok()) BeginErasing();
    return status;
  }

  // Registries of this house that read much before they can answer begin now, not with the first trace.
  void WarmRegistries() {
    for (const Registry& registry : configuration_.registries->registries()) {
      if (!registry.is_peer) registry.adapter->Health({}, [](const absl::Status&) {});
    }
  }

  House OwnHouse() {
    return {
        .store = records_->store(),
        .log = records_->log(),
        .agreements = &agreements_,
        .quota = &quota_,
        .harvest_guard = &harvest_guard_,
        .registries = configuration_.registries.get(),
        .timers = &timers_,
        .clock = absl::Now,
        .tell_suspicion = &LogSuspicion,
        .tell_overdue =
            [this](std::string_view trace_id, std::string_view state, std::string_view owed) {
              LogOverdue(*directory_book_.Now(), trace_id, state, owed);
            },
        .tell_inquiry =
            [this](Inquiry inquiry) {
              if (fellow_searchers_) fellow_searchers_->Note(std::move(inquiry));
            },
        .check_peer_log = [this](std::string_view state) { return records_->CheckPeerLog(state); },
        .gateway_id = configuration_.gateway_id,
        .gateway_state = configuration_.gateway_state};
  }

  TransferHouse OwnTransferHouse() {
    return {
        .store = records_->store(),
        .log = records_->log(),
        .agreements = &agreements_,
        .registries = configuration_.registries.get(),
        .timers = &timers_,
        .clock = absl::Now,
        .check_peer_log = [this](std::string_view state) { return records_->CheckPeerLog(state); },
        .quota = &quota_,
        .directory_of =
            [this](std::string_view state) {
              const auto book = directory_book_.Now();
              const config::v1::DirectoryState* row = book->Find(state);
              return row == nullptr ? config::v1::DirectoryState() : *row;
            },
        .tell_overdue = &LogOverdueTransfer,
        .gateway_id = configuration_.gateway_id,
        .gateway_state = configuration_.gateway_state};
  }

  absl::Status ServeLiaison() {
    auto feed = HitFeed::Open(records_->store());
    // A log that cannot be read says nothing of hits; what else there is of it may be read.
    if (!feed.ok()) return records_->log()->damage().ok() ? feed.status() : absl::OkStatus();
    hit_feed_ = *std::move(feed);
    auto book = SubscriptionBook::Open(records_->store());
    if (!book.ok()) return book.status();
    subscription_book_ = *std::move(book);
    const LiaisonHouse house{.house = OwnHouse(), .directory = &directory_book_};
    fellow_searchers_ =
        std::make_unique<FellowSearchers>(house, hit_feed_.get(), subscription_book_.get());
    cross_checks_ = std::make_unique<CrossChecks>(house, hit_feed_.get());
    const auto& liaison = configuration_.proto.liaison();
    subscriptions_ = std::make_unique<Subscriptions>(
        house,
        SubscriptionLimits{.per_agency_max = liaison.subscriptions_max(),
                           .ask_every = ToDuration(liaison.ask_every())},
        subscription_book_.get(), cross_checks_.get());
    link_finder_ = std::make_unique<LinkFinder>(records_->store(), configuration_.registries.get());
    tracegate::ServeLiaison({.checks = cross_checks_.get(),
                             .subscriptions = subscriptions_.get(),
                             .subscription_book = subscription_book_.get(),
                             .feed = hit_feed_.get(),
                             .links = link_finder_.get(),
                             .registries = configuration_.registries.get()},
                            &handlers_);
    return absl::OkStatus();
  }

  absl::Status ServeHolds() {
    if (const absl::Status damage = records_->log()->damage(); !damage.ok()) {
      RefuseHolds(damage, &handlers_);
      return absl::OkStatus();
    }
    auto holds = LegalHolds::Open(records_->store(), records_->log());
    if (!holds.ok()) return holds.status();
    holds_ = *std::move(holds);
    tracegate::ServeHolds(holds_.get(), records_->store(), configuration_.registries.get(),
                          &handlers_);
    return absl::OkStatus();
  }

  void BeginErasing() {
    const auto& retention = configuration_.proto.retention();
    if (retention.rules().empty()) return;
    erasure_rounds_ = std::make_unique<ErasureRounds>(
        ContentEraser::Options{.store = records_->store(),
                               .log = records_->log(),
                               .holds = holds_.get(),
                               .gateway_id = configuration_.gateway_id,
                               .gateway_state = configuration_.gateway_state,
                               .retention = retention,
                               .clock = absl::Now},
        ToDuration(retention.interval()));
  }

  std::vector<Metrics::Gauge> Gauges() {
    std::vector<Metrics::Gauge> gauges = {
        {"tracegate_open_calls", "Calls being served.",
         [this] { return static_cast<int64_t>(open_calls_.size()); }},
        {"tracegate_open_connections", "Connections to the gateway.",
         [this] { return static_cast<int64_t>(open_connections_.size()); }},
        {"tracegate_open_traces", "Traces not yet ended.",
         [this] { return tracer_->open_traces(); }},
        {"tracegate_log_entries", "Entries in the evidence log.",
         [this] { return records_->log()->size(); }},
        {"tracegate_time_stamp_timestamp_seconds",
         "When the newest time-stamp of the log was kept; 0: none since the start.",
         [this] { return records_->stamped_at_s(); }},
        {"tracegate_log_damaged", "1 where the evidence log is damaged and only read.",
         [this] { return records_->log()->damage().ok() ? 0 : 1; }}};
    for (const Registry& registry : configuration_.registries->registries()) {
      gauges.push_back({"tracegate_registry_rests",
                        "1 where a registry failed several times running and is not asked for now.",
                        [&registry] { return registry.standing().rests ? 1 : 0; },
                        {{"registry", registry.name}, {"state", registry.state}}});
    }
    return gauges;
  }

  absl::Status ServeMetrics() {
    const std::string& listen = configuration_.proto.metrics().listen();
    if (listen.empty()) return absl::OkStatus();
    auto metrics = Metrics::Serve(listen, Gauges());
    if (!metrics.ok()) return metrics.status();
    metrics_ = *std::move(metrics);
    LogInfo("metrics", {{"port", metrics_->port()}});
    return absl::OkStatus();
  }

  // What it runs with is part of the record: the configuration holds names of files, no secrets.
  absl::Status RecordConfiguration(v1::EntryKind kind, const Configuration& configuration) {
    return records_->own().Record(kind, configuration.proto.SerializeAsString());
  }

  // On the watch's thread, about once a second.
  void Look(bool changed) {
    if (changed || std::exchange(unrecorded_, false)) TakeOverFiles();
    records_->Look();
    lookout_->Look(configuration_.proto.identity());
  }

  // A configuration that is wrong changes nothing; one that is right counts from now on, once that is on record.
  void TakeOverFiles() {
    auto next = ReloadConfiguration(configuration_, absl::Now());
    if (!next.ok()) {
      return LogError("reload_refused", {{"why", std::string(next.status().message())}});
    }
    if (IsSame(configuration_, *next)) return;
    const auto kept = CheckNotShortened(configuration_.proto.retention(), next->proto.retention());
    if (!kept.ok()) return LogError("reload_refused", {{"why", std::string(kept.message())}});
    const auto recorded = RecordConfiguration(v1::ENTRY_KIND_POLICY_CHANGED, *next);
    if (!recorded.ok()) {
      unrecorded_ = true;  // tried again at the next look
      return LogError("reload_refused", {{"why", std::string(recorded.message())}});
    }
    const auto needs_restart = KeysNeedingRestart(configuration_, *next);
    agreements_.Replace(next->agreements);
    directory_book_.Replace(next->directory);
    certificate_.Replace(ServingPemOf(next->trust_parts));
    configuration_.trust->Replace(next->trust_parts);
    call_limits_.Configure(next->proto.limits());
    harvest_guard_.Configure(next->proto.harvest_guard());
    LogInfo("reloaded", {{"agreements", next->proto.agreements_size()},
                         {"certificate_until", Instant(next->certificate_not_after)}});
    if (!needs_restart.empty()) LogWarning("restart_needed", {{"keys", needs_restart}});
    *configuration_.proto.mutable_identity() = next->proto.identity();
    *configuration_.proto.mutable_agreements() = next->proto.agreements();
    *configuration_.proto.mutable_directory() = next->proto.directory();
    *configuration_.proto.mutable_limits() = next->proto.limits();
    *configuration_.proto.mutable_harvest_guard() = next->proto.harvest_guard();
    configuration_.trust_parts = std::move(next->trust_parts);
    lookout_->LookAtCertificates();
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
                        {"log_size", records_->log()->size()},
                        {"verifier_key", records_->log()->verifier_key()},
                        {"certificate_until", Instant(configuration_.certificate_not_after)}});
    return absl::OkStatus();
  }

  Configuration configuration_;
  Current<AgreementBook> agreements_;
  Current<DirectoryBook> directory_book_;
  CallLimits call_limits_;
  PairQuota quota_;
  HarvestGuard harvest_guard_;
  ServingCertificate certificate_;
  OpenCalls open_calls_;
  OpenConnections open_connections_;
  TimerQueue timers_;
  std::unique_ptr<RecordKeeping> records_;
  std::unique_ptr<LegalHolds> holds_;
  std::unique_ptr<ErasureRounds> erasure_rounds_;
  std::unique_ptr<Tracer> tracer_;
  std::unique_ptr<Transfers> transfers_;
  std::unique_ptr<HitFeed> hit_feed_;
  std::unique_ptr<SubscriptionBook> subscription_book_;
  std::unique_ptr<FellowSearchers> fellow_searchers_;
  std::unique_ptr<CrossChecks> cross_checks_;
  std::unique_ptr<Subscriptions> subscriptions_;
  std::unique_ptr<LinkFinder> link_finder_;
  std::unique_ptr<Directory> directory_;
  HandlerTable handlers_;
  HealthService health_;
  std::unique_ptr<CallChain> chain_;
  std::unique_ptr<GatewayServer> server_;
  std::unique_ptr<Metrics> metrics_;
  std::unique_ptr<Lookout> lookout_;  // the watch's own
  std::unique_ptr<FileWatch> watch_;  // alone changes configuration_ once it runs
  bool unrecorded_ = false;           // the watch's own: a change waits for the log
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
void Gateway::Reload() { impl_->Reload(); }
void Gateway::Stop() { impl_->Stop(); }

}  // namespace tracegate
