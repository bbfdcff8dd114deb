#ifndef TRACEGATE_ADAPTERS_PLUGIN_ADAPTER_CHANNEL_H_
#define TRACEGATE_ADAPTERS_PLUGIN_ADAPTER_CHANNEL_H_

#include <grpcpp/grpcpp.h>

namespace tracegate {

// The largest answer that is read: 50 records fit into it many times.
inline constexpr int kAnswerBytesMax = 4 << 20;

// How every adapter's process is spoken to.
inline grpc::ChannelArguments AdapterChannelArguments() {
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(kAnswerBytesMax);
  arguments.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY, 0);
  // A channel of its own: what was opened anew must not be reached by an old connection.
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  return arguments;
}

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_PLUGIN_ADAPTER_CHANNEL_H_
