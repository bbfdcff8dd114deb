#ifndef TRACEGATE_GATEWAY_RPC_GRPC_BYTES_H_
#define TRACEGATE_GATEWAY_RPC_GRPC_BYTES_H_

#include <grpcpp/grpcpp.h>

#include <string>

#include "absl/status/status.h"

namespace tracegate {

// Where a reply's receipt travels that has no field for it: trailing metadata, a serialised v1::Receipt.
inline constexpr char kReceiptMetadata[] = "tracegate-receipt-bin";

// The bytes of a message as received; empty where gRPC gave none.
std::string BytesOf(const grpc::ByteBuffer& buffer);

grpc::ByteBuffer BufferOf(std::string_view bytes);

// The status as it travels, with google.rpc details.
grpc::Status ToGrpcStatus(const absl::Status& status);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_RPC_GRPC_BYTES_H_
