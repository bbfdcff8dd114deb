#include "adapters/plugin/plugin_config.h"

#include <stdlib.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string_view>

#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

using config::v1::PluginRegistry;

constexpr int kArgumentsMax = 64;
constexpr std::string_view kOurs = "TRACEGATE_ADAPTER_";
constexpr const char* kInherited[] = {"PATH", "LANG", "LC_ALL", "TZ"};

absl::Status Wrong(std::string_view field, std::string_view what) {
  return FieldFailure(v1::REASON_CONFIG_INVALID, "plugin." + std::string(field), what);
}

bool HasNul(std::string_view text) { return text.find('\0') != std::string_view::npos; }

bool IsName(std::string_view name) {
  const auto is_word = [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  };
  return !name.empty() && !(name[0] >= '0' && name[0] <= '9') &&
         std::all_of(name.begin(), name.end(), is_word);
}

absl::Status CheckEnvironment(const PluginRegistry& config) {
  if (config.environment_size() > kArgumentsMax) return Wrong("environment", "has over 64 names");
  for (const auto& [name, value] : config.environment()) {
    if (!IsName(name) || name.starts_with(kOurs) || HasNul(value)) {
      return Wrong("environment", "'" + name +
                                      "' cannot be set; expected a name of letters, digits and _ "
                                      "that does not begin with TRACEGATE_ADAPTER_");
    }
  }
  return absl::OkStatus();
}

bool IsProgram(const std::string& path) {
  std::error_code ignored;
  return std::filesystem::is_regular_file(path, ignored) && access(path.c_str(), X_OK) == 0;
}

absl::Status CheckChild(const PluginRegistry& config) {
  if (!config.roots().empty()) return Wrong("roots", "means nothing beside command");
  if (!config.tls_name().empty()) return Wrong("tls_name", "means nothing beside command");
  const auto& command = config.command();
  if (command.size() > kArgumentsMax || std::any_of(command.begin(), command.end(), HasNul)) {
    return Wrong("command", "has more than 64 parts, or one with a NUL in it");
  }
  if (!IsProgram(command[0])) {
    return Wrong("command", "'" + command[0] +
                                "' is no program that may be run; expected the path of one, and "
                                "then its arguments");
  }
  std::error_code ignored;
  if (!config.folder().empty() && !std::filesystem::is_directory(config.folder(), ignored)) {
    return Wrong("folder", "'" + config.folder() + "' is no folder");
  }
  return CheckEnvironment(config);
}

absl::Status CheckRemote(const PluginRegistry& config) {
  if (!config.folder().empty()) return Wrong("folder", "means nothing beside address");
  if (!config.environment().empty()) return Wrong("environment", "means nothing beside address");
  const size_t colon = config.address().rfind(':');
  if (colon == std::string::npos || colon == 0 || colon + 1 == config.address().size()) {
    return Wrong("address", "is no host:port");
  }
  return ReadRoots(config).status();
}

}  // namespace

absl::Status CheckPluginConfig(const PluginRegistry& config) {
  if (config.command().empty() == config.address().empty()) {
    return Wrong("command",
                 "is a program for the gateway to run, and plugin.address one that runs "
                 "by itself; expected one of them");
  }
  return config.address().empty() ? CheckChild(config) : CheckRemote(config);
}

ChildProcess::Command CommandOf(const PluginRegistry& config) {
  ChildProcess::Command command{.arguments = {config.command().begin(), config.command().end()},
                                .folder = config.folder(),
                                .environment = {}};
  for (const char* name : kInherited) {
    const char* value = getenv(name);
    if (value != nullptr && !config.environment().contains(name)) {
      command.environment.push_back(std::string(name) + "=" + value);
    }
  }
  for (const auto& [name, value] : config.environment()) {
    command.environment.push_back(name + "=" + value);
  }
  return command;
}

absl::StatusOr<std::string> ReadRoots(const PluginRegistry& config) {
  std::ifstream file(config.roots(), std::ios::binary);
  std::string pem{std::istreambuf_iterator<char>(file), {}};
  if (pem.find("-----BEGIN CERTIFICATE-----") != std::string::npos) return pem;
  return Wrong("roots", config.roots().empty()
                            ? "is missing; expected the CA of the adapter's certificate, PEM"
                            : "'" + config.roots() + "' holds no certificate, PEM");
}

}  // namespace tracegate
