#include "gateway/rpc/operations_log.h"

#include <unistd.h>

#include <atomic>
#include <string>

#include "absl/time/clock.h"
#include "absl/time/time.h"

namespace tracegate {
namespace {

std::atomic<bool> info_logged{true};

void Write(std::string_view level, std::string_view event, const nlohmann::json& fields) {
  nlohmann::ordered_json line;
  line["time"] = absl::FormatTime("%Y-%m-%dT%H:%M:%E6SZ", absl::Now(), absl::UTCTimeZone());
  line["level"] = level;
  line["event"] = event;
  for (const auto& [key, value] : fields.items()) line[key] = value;
  const std::string text =
      line.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
  // One write a line keeps lines of several threads apart. Nothing can be done where standard error is gone.
  [[maybe_unused]] const auto written = ::write(STDERR_FILENO, text.data(), text.size());
}

}  // namespace

void LogInfo(std::string_view event, const nlohmann::json& fields) {
  if (info_logged.load(std::memory_order_relaxed)) Write("info", event, fields);
}

void LogWarning(std::string_view event, const nlohmann::json& fields) {
  Write("warning", event, fields);
}

void LogError(std::string_view event, const nlohmann::json& fields) {
  Write("error", event, fields);
}

void SetInfoLogged(bool logged) { info_logged.store(logged); }

}  // namespace tracegate
