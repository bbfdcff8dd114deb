#include "adapters/sql/registry_connection.h"

#include <utility>

#include "protos/tracegate/failure.h"

namespace tracegate {

absl::StatusOr<RegistryConnection::Call> RegistryConnection::Call::Begin(
    RegistryConnection* connection, const CallWatch* watch, bool snapshot) {
  if (absl::Status may_go_on = watch->Check(); !may_go_on.ok()) return may_go_on;
  Call call(connection);
  if (absl::Status begun = connection->Begin(watch, snapshot); !begun.ok()) return begun;
  return call;
}

RegistryConnection::Call::Call(Call&& other) noexcept
    : connection_(std::exchange(other.connection_, nullptr)) {}

RegistryConnection::Call::~Call() {
  if (connection_ != nullptr) connection_->End();
}

std::string SourceValue(std::string_view bytes, const CharacterSet& character_set) {
  return character_set.Decode(bytes.substr(0, kSourceValueBytesMax));
}

absl::Status RegistryUnavailable(const std::string& registry, std::string_view why) {
  return Failure(v1::REASON_REGISTRY_UNAVAILABLE,
                 "registry '" + registry + "' cannot be read: " + std::string(why));
}

}  // namespace tracegate
