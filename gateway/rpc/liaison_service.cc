#include "gateway/rpc/liaison_service.h"

#include <memory>
#include <string>
#include <utility>

#include "gateway/liaison/hit_watch.h"
#include "tracegate/v1/liaison.pb.h"

namespace tracegate {
namespace {

std::string Method(const char* name) { return std::string("/tracegate.v1.LiaisonService/") + name; }

}  // namespace

void ServeLiaison(CrossChecks* checks, HitFeed* feed, const LinkFinder* links,
                  const RegistryTable* registries, HandlerTable* table) {
  table->ServeOwnStream<v1::CrossCheckRequest>(
      Method("CrossCheck"),
      [checks](const Call& call, const v1::CrossCheckRequest& request, std::string bytes,
               const std::shared_ptr<ReplyStream>& stream) {
        checks->Check(
            call.caller, request, call.method, std::move(bytes), call.deadline,
            [stream](std::string reply) { return stream->Send(std::move(reply)); },
            [stream](absl::Status status) { stream->Finish(std::move(status)); });
      });
  table->ServeStream<v1::WatchHitsRequest>(
      Method("WatchHits"), [feed, registries](const Call& call, const v1::WatchHitsRequest& request,
                                              const std::shared_ptr<ReplyStream>& stream) {
        WatchHits(call.caller, request, *registries, feed,
                  {.send = [stream](std::string event) { return stream->Send(std::move(event)); },
                   .gone = [stream] { return stream->closed(); },
                   .finish = [stream](absl::Status status) { stream->Finish(std::move(status)); }});
      });
  table->ServeUnary<v1::FindLinksRequest>(
      Method("FindLinks"),
      [links](const Call& call, const v1::FindLinksRequest& request, std::string, ReplyDone done) {
        const auto found = links->Find(call.caller, request);
        if (!found.ok()) return done(found.status());
        done(found->SerializeAsString());
      });
}

}  // namespace tracegate
