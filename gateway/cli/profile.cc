#include "gateway/cli/profile.h"

#include <filesystem>
#include <fstream>
#include <sstream>

#include "protos/tracegate/config/yaml_message.h"
#include "protos/tracegate/failure.h"
#include "tracegate/config/v1/client.pb.h"

namespace tracegate {
namespace {

// Reads files that the profile names.
class ProfileFiles {
 public:
  ProfileFiles(const std::string& profile, const YamlPlaces& places)
      : folder_(std::filesystem::absolute(profile).parent_path()), places_(places) {}

  absl::StatusOr<std::string> Read(const std::string& file, const std::string& key) const {
    if (file.empty()) return places_.Failure(key, "is required");
    std::ifstream in(folder_ / file, std::ios::binary);
    std::stringstream text;
    if (!in || !(text << in.rdbuf())) {
      return places_.Failure(key, "the file " + (folder_ / file).string() + " cannot be read");
    }
    return text.str();
  }

 private:
  const std::filesystem::path folder_;
  const YamlPlaces& places_;
};

}  // namespace

absl::StatusOr<Connection> OpenProfile(const std::string& path) {
  if (path.empty()) {
    return FieldFailure(v1::REASON_CONFIG_INVALID, "--profile",
                        "say which gateway to speak to: --profile FILE, or TRACEGATE_PROFILE");
  }
  config::v1::ClientProfile profile;
  YamlPlaces places;
  if (auto status = ReadYamlMessage(path, &profile, &places); !status.ok()) return status;
  const ProfileFiles files(path, places);
  GatewayClient::Options options;
  options.address = profile.gateway();
  options.tls_name = profile.tls_name();
  if (options.address.empty()) {
    auto address = files.Read(profile.gateway_file(), "gateway");
    if (!address.ok()) return address.status();
    options.address = address->substr(0, address->find('\n'));
  }
  for (const auto& [file, key, target] :
       {std::tuple{profile.roots(), "roots", &options.roots_pem},
        std::tuple{profile.certificate_chain(), "certificate_chain",
                   &options.certificate_chain_pem},
        std::tuple{profile.private_key(), "private_key", &options.private_key_pem}}) {
    auto pem = files.Read(file, key);
    if (!pem.ok()) return pem.status();
    *target = *std::move(pem);
  }
  return Connection{std::make_unique<GatewayClient>(options), profile.log_key()};
}

}  // namespace tracegate
