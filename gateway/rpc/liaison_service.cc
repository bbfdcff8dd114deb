#include "gateway/rpc/liaison_service.h"

#include <memory>
#include <string>
#include <utility>

#include "gateway/liaison/hit_watch.h"
#include "gateway/liaison/subscribe_request.h"
#include "tracegate/v1/liaison.pb.h"

namespace tracegate {
namespace {

std::string Method(const char* name) { return std::string("/tracegate.v1.LiaisonService/") + name; }

}  // namespace

void ServeLiaison(const LiaisonDesk& desk, HandlerTable* table) {
  table->ServeOwnStream<v1::CrossCheckRequest>(
      Method("CrossCheck"),
      [checks = desk.checks](const Call& call, const v1::CrossCheckRequest& request,
                             std::string bytes, const std::shared_ptr<ReplyStream>& stream) {
        checks->Check(
            call.caller, request, call.method, std::move(bytes), call.deadline,
            [stream](std::string reply) { return stream->Send(std::move(reply)); },
            [stream](absl::Status status) { stream->Finish(std::move(status)); });
      });
  table->ServeStream<v1::WatchHitsRequest>(
      Method("WatchHits"), [desk](const Call& call, const v1::WatchHitsRequest& request,
                                  const std::shared_ptr<ReplyStream>& stream) {
        WatchHits(call.caller, request, *desk.registries, *desk.subscription_book, desk.feed,
                  {.send = [stream](std::string event) { return stream->Send(std::move(event)); },
                   .gone = [stream] { return stream->closed(); },
                   .finish = [stream](absl::Status status) { stream->Finish(std::move(status)); }});
      });
  table->ServeUnary<v1::SubscribeRequest>(
      kSubscribeMethod,
      [subscriptions = desk.subscriptions](const Call& call, const v1::SubscribeRequest& request,
                                           std::string bytes, ReplyDone done) {
        subscriptions->Subscribe(call.caller, request, std::move(bytes), std::move(done));
      });
  table->ServeUnary<v1::FindLinksRequest>(
      Method("FindLinks"),
      [links = desk.links](const Call& call, const v1::FindLinksRequest& request, std::string,
                           ReplyDone done) {
        const auto found = links->Find(call.caller, request);
        if (!found.ok()) return done(found.status());
        done(found->SerializeAsString());
      });
}

}  // namespace tracegate
