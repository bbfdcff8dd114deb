#include "gateway/rpc/reflection_guard.h"

#include <grpc/grpc.h>
#include <grpc/grpc_security_constants.h>
#include <grpc/slice.h>

#include <string>
#include <string_view>

namespace tracegate {
namespace {

constexpr std::string_view kReflection = "/grpc.reflection.";

std::string_view TextOf(const grpc_slice& slice) {
  return {reinterpret_cast<const char*>(GRPC_SLICE_START_PTR(slice)), GRPC_SLICE_LENGTH(slice)};
}

std::string_view PathOf(const grpc_metadata* metadata, size_t count) {
  for (size_t i = 0; i < count; ++i) {
    if (TextOf(metadata[i].key) == ":path") return TextOf(metadata[i].value);
  }
  return {};
}

std::string PropertyOf(const grpc_auth_context* context, const char* name) {
  auto properties = grpc_auth_context_find_properties_by_name(context, name);
  const grpc_auth_property* property = grpc_auth_property_iterator_next(&properties);
  return property == nullptr ? "" : std::string(property->value, property->value_length);
}

void Process(void* chain, grpc_auth_context* context, const grpc_metadata* metadata, size_t count,
             grpc_process_auth_metadata_done_cb done, void* state) {
  const std::string_view path = PathOf(metadata, count);
  if (!path.starts_with(kReflection)) {
    return done(state, nullptr, 0, nullptr, 0, GRPC_STATUS_OK, nullptr);
  }
  IncomingCall incoming;
  incoming.method = std::string(path);
  incoming.leaf_pem = PropertyOf(context, GRPC_X509_PEM_CERT_PROPERTY_NAME);
  incoming.chain_pem = PropertyOf(context, GRPC_X509_PEM_CERT_CHAIN_PROPERTY_NAME);
  const absl::Status known = static_cast<const CallChain*>(chain)->CheckIdentity(incoming);
  done(state, nullptr, 0, nullptr, 0, static_cast<grpc_status_code>(known.code()),
       std::string(known.message()).c_str());
}

}  // namespace

grpc_auth_metadata_processor ReflectionGuard(const CallChain* chain) {
  return {&Process, nullptr, const_cast<CallChain*>(chain)};
}

}  // namespace tracegate
