#ifndef TRACEGATE_GATEWAY_RPC_SERVED_CONTRACT_H_
#define TRACEGATE_GATEWAY_RPC_SERVED_CONTRACT_H_

#include <google/protobuf/descriptor.h>

#include <vector>

namespace tracegate {

// Every service of the wire contract, whether its RPCs are handled yet or not.
std::vector<const google::protobuf::ServiceDescriptor*> ServedContract();

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_RPC_SERVED_CONTRACT_H_
