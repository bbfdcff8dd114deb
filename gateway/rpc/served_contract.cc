#include "gateway/rpc/served_contract.h"

#include "grpc/health/v1/health.pb.h"
#include "tracegate/v1/directory.pb.h"
#include "tracegate/v1/evidence.pb.h"
#include "tracegate/v1/liaison.pb.h"
#include "tracegate/v1/trace.pb.h"
#include "tracegate/v1/transfer.pb.h"

namespace tracegate {

std::vector<const google::protobuf::ServiceDescriptor*> ServedContract() {
  // Naming a message of each file links the file in.
  const google::protobuf::FileDescriptor* files[] = {
      v1::Trace::descriptor()->file(),
      v1::Transfer::descriptor()->file(),
      v1::Entry::descriptor()->file(),
      v1::CrossCheckRequest::descriptor()->file(),
      v1::GetStateRequest::descriptor()->file(),
      grpc::health::v1::HealthCheckRequest::descriptor()->file(),
  };
  std::vector<const google::protobuf::ServiceDescriptor*> services;
  for (const auto* file : files) {
    for (int i = 0; i < file->service_count(); ++i) services.push_back(file->service(i));
  }
  return services;
}

}  // namespace tracegate
