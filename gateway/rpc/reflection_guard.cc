#include "gateway/rpc/reflection_guard.h"

#include <grpc/grpc_security_constants.h>

#include <string>

#include "gateway/rpc/grpc_bytes.h"
#include "gateway/rpc/recorded_service.h"

namespace tracegate {
namespace {

constexpr char kReflection[] = "/grpc.reflection.";

}  // namespace

grpc::Status ReflectionGuard::Process(const InputMetadata& metadata, grpc::AuthContext* context,
                                      OutputMetadata*, OutputMetadata*) {
  const auto path = metadata.find(":path");
  if (path == metadata.end() || !path->second.starts_with(kReflection)) return grpc::Status::OK;
  IncomingCall incoming;
  incoming.method = std::string(path->second.data(), path->second.size());
  ReadCertificate(*context, &incoming);
  return ToGrpcStatus(chain_->CheckIdentity(incoming));
}

}  // namespace tracegate
