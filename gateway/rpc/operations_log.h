#ifndef TRACEGATE_GATEWAY_RPC_OPERATIONS_LOG_H_
#define TRACEGATE_GATEWAY_RPC_OPERATIONS_LOG_H_

#include <string_view>

#include "nlohmann/json.hpp"

namespace tracegate {

// The log for whoever operates the gateway: one JSON object a line on standard error, e.g.
//   {"time":"2026-11-23T10:00:00.123456Z","level":"info","event":"call","method":"...","code":"OK"}
// It never holds protected content: no marks, no names, no messages, only ids, codes, States, counts and times.
// Thread-safe.
void LogInfo(std::string_view event, const nlohmann::json& fields = nlohmann::json::object());
void LogWarning(std::string_view event, const nlohmann::json& fields = nlohmann::json::object());
void LogError(std::string_view event, const nlohmann::json& fields = nlohmann::json::object());

// Whether LogInfo writes; on at start. For benchmarks and quiet tools.
void SetInfoLogged(bool logged);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_RPC_OPERATIONS_LOG_H_
