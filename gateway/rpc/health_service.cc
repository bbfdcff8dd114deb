#include "gateway/rpc/health_service.h"

#include <algorithm>
#include <string>
#include <utility>

#include "gateway/rpc/served_contract.h"
#include "grpc/health/v1/health.pb.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

using grpc::health::v1::HealthCheckRequest;
using grpc::health::v1::HealthCheckResponse;

std::string Reply(bool serving) {
  HealthCheckResponse response;
  response.set_status(serving ? HealthCheckResponse::SERVING : HealthCheckResponse::NOT_SERVING);
  return response.SerializeAsString();
}

bool IsKnown(const std::string& service) {
  return service.empty() || std::ranges::any_of(ServedContract(), [&](const auto* served) {
           return served->full_name() == service;
         });
}

}  // namespace

void HealthService::Serve(HandlerTable* table) {
  table->ServeUnary<HealthCheckRequest>(
      "/grpc.health.v1.Health/Check",
      [this](const Call&, const HealthCheckRequest& request, std::string, ReplyDone done) {
        if (!IsKnown(request.service())) {
          return done(
              Failure(v1::REASON_METHOD_UNKNOWN, "this gateway does not serve that service"));
        }
        absl::MutexLock lock(&mutex_);
        done(Reply(serving_));
      });
  table->ServeStream<HealthCheckRequest>(
      "/grpc.health.v1.Health/Watch",
      [this](const Call&, const HealthCheckRequest&, const std::shared_ptr<ReplyStream>& stream) {
        absl::MutexLock lock(&mutex_);
        std::erase_if(watchers_, [](const auto& watcher) { return watcher->closed(); });
        stream->Send(Reply(serving_));
        if (serving_)
          watchers_.push_back(stream);
        else
          stream->Finish(absl::OkStatus());
      });
}

void HealthService::StopServing() {
  std::vector<std::shared_ptr<ReplyStream>> watchers;
  {
    absl::MutexLock lock(&mutex_);
    serving_ = false;
    watchers.swap(watchers_);
  }
  for (const auto& watcher : watchers) {
    watcher->Send(Reply(false));
    watcher->Finish(absl::OkStatus());
  }
}

}  // namespace tracegate
