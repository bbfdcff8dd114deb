#ifndef TRACEGATE_GATEWAY_RPC_HANDLER_TABLE_H_
#define TRACEGATE_GATEWAY_RPC_HANDLER_TABLE_H_

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "gateway/rpc/call.h"
#include "protos/tracegate/bounds_check.h"

namespace tracegate {

// Which code serves which RPC. Filled once at start by the services; an RPC without a handler is refused as
// METHOD_UNKNOWN.
class HandlerTable {
 public:
  using Unary = std::function<void(const Call&, std::string request_bytes, ReplyDone)>;
  using Stream =
      std::function<void(const Call&, std::string request_bytes, std::shared_ptr<ReplyStream>)>;
  using Items = std::function<std::shared_ptr<ItemServer>(const Call&)>;

  // Serves `method` with `handler(call, request, request_bytes, done)`; the request is parsed and held against its
  // bounds before.
  template <typename Request, typename Handler>
  void ServeUnary(std::string_view method, Handler handler) {
    unary_[std::string(method)] = [handler = std::move(handler)](
                                      const Call& call, std::string bytes, ReplyDone done) {
      Request request;
      if (auto status = ParseChecked(bytes, &request); !status.ok()) return done(status);
      handler(call, request, std::move(bytes), std::move(done));
    };
  }

  // Same, with a stream of replies: `handler(call, request, stream)`.
  template <typename Request, typename Handler>
  void ServeStream(std::string_view method, Handler handler) {
    ServeOwnStream<Request>(
        method,
        [handler = std::move(handler)](const Call& call, const Request& request, const std::string&,
                                       const std::shared_ptr<ReplyStream>& stream) {
          handler(call, request, stream);
        });
  }

  // Same, for a service that records by itself: `handler(call, request, request_bytes, stream)`.
  template <typename Request, typename Handler>
  void ServeOwnStream(std::string_view method, Handler handler) {
    stream_[std::string(method)] = [handler = std::move(handler)](
                                       const Call& call, std::string bytes,
                                       const std::shared_ptr<ReplyStream>& stream) {
      Request request;
      if (auto status = ParseChecked(bytes, &request); !status.ok()) return stream->Finish(status);
      handler(call, request, std::move(bytes), stream);
    };
  }

  // Serves `method`, where the caller streams, with what `open` makes for each call. It parses and checks its items itself.
  void ServeItems(std::string_view method, Items open) {
    items_[std::string(method)] = std::move(open);
  }

  // Null where nothing serves it.
  const Unary* FindUnary(std::string_view method) const { return Find(unary_, method); }
  const Stream* FindStream(std::string_view method) const { return Find(stream_, method); }
  const Items* FindItems(std::string_view method) const { return Find(items_, method); }

 private:
  template <typename Map>
  static auto Find(const Map& map, std::string_view method) -> const typename Map::mapped_type* {
    const auto found = map.find(method);
    return found == map.end() ? nullptr : &found->second;
  }

  std::map<std::string, Unary, std::less<>> unary_;
  std::map<std::string, Stream, std::less<>> stream_;
  std::map<std::string, Items, std::less<>> items_;
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_RPC_HANDLER_TABLE_H_
