#include "gateway/daemon/metrics.h"

#include <prometheus/collectable.h>
#include <prometheus/exposer.h>
#include <prometheus/metric_family.h>

#include <exception>
#include <utility>

#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

using prometheus::ClientMetric;
using prometheus::MetricFamily;

MetricFamily GaugeFamily(std::string name, std::string help) {
  MetricFamily family;
  family.name = std::move(name);
  family.help = std::move(help);
  family.type = prometheus::MetricType::Gauge;
  return family;
}

void Add(double value, std::vector<ClientMetric::Label> labels, MetricFamily* family) {
  ClientMetric& metric = family->metric.emplace_back();
  metric.label = std::move(labels);
  metric.gauge.value = value;
}

std::vector<ClientMetric::Label> LabelsOf(const Expiry& expiry) {
  return {{"key", expiry.key}, {"name", expiry.name}};
}

std::vector<ClientMetric::Label> LabelsOf(const Metrics::Gauge& gauge) {
  std::vector<ClientMetric::Label> labels;
  for (const auto& [name, value] : gauge.labels) labels.push_back({name, value});
  return labels;
}

}  // namespace

// What is told at each question.
class Metrics::Figures : public prometheus::Collectable {
 public:
  explicit Figures(std::vector<Gauge> gauges) : gauges_(std::move(gauges)) {}

  void SetExpiries(std::vector<Expiry> expiries) {
    absl::MutexLock lock(&mutex_);
    expiries_ = std::move(expiries);
  }

  std::vector<MetricFamily> Collect() const override {
    std::vector<MetricFamily> families;
    for (const Gauge& gauge : gauges_) {
      if (families.empty() || families.back().name != gauge.name) {
        families.push_back(GaugeFamily(gauge.name, gauge.help));
      }
      Add(static_cast<double>(gauge.value()), LabelsOf(gauge), &families.back());
    }
    MetricFamily ends = GaugeFamily("tracegate_certificate_end_timestamp_seconds",
                                    "When a certificate or CRL named in the configuration ends.");
    MetricFamily unsound =
        GaugeFamily("tracegate_certificate_unsound",
                    "1 where a certificate or CRL ended or cannot be read, or a CRL is stale.");
    absl::MutexLock lock(&mutex_);
    for (const Expiry& expiry : expiries_) {
      if (expiry.until)
        Add(absl::ToDoubleSeconds(*expiry.until - absl::UnixEpoch()), LabelsOf(expiry), &ends);
      const bool is_unsound = expiry.standing == ExpiryStanding::kEnded ||
                              expiry.standing == ExpiryStanding::kUnreadable;
      Add(is_unsound ? 1 : 0, LabelsOf(expiry), &unsound);
    }
    families.push_back(std::move(ends));
    families.push_back(std::move(unsound));
    return families;
  }

 private:
  const std::vector<Gauge> gauges_;
  mutable absl::Mutex mutex_;
  std::vector<Expiry> expiries_ ABSL_GUARDED_BY(mutex_);
};

class Metrics::Server {
 public:
  Server(const std::string& listen, std::vector<Gauge> gauges)
      : figures_(std::make_shared<Figures>(std::move(gauges))), exposer_(listen, 1) {
    exposer_.RegisterCollectable(figures_);
  }

  Figures& figures() { return *figures_; }
  int port() const { return exposer_.GetListeningPorts().at(0); }

 private:
  const std::shared_ptr<Figures> figures_;
  prometheus::Exposer exposer_;
};

Metrics::Metrics(std::unique_ptr<Server> server) : server_(std::move(server)) {}
Metrics::~Metrics() = default;

absl::StatusOr<std::unique_ptr<Metrics>> Metrics::Serve(const std::string& listen,
                                                        std::vector<Gauge> gauges) {
  try {  // the library throws where it cannot listen
    return std::unique_ptr<Metrics>(
        new Metrics(std::make_unique<Server>(listen, std::move(gauges))));
  } catch (const std::exception& error) {
    return FieldFailure(v1::REASON_CONFIG_INVALID, "metrics.listen",
                        "cannot listen on " + listen + ": " + error.what());
  }
}

void Metrics::SetExpiries(std::vector<Expiry> expiries) {
  server_->figures().SetExpiries(std::move(expiries));
}

int Metrics::port() const { return server_->port(); }

}  // namespace tracegate
