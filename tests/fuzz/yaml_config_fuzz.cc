// The configurations that people write: a gateway's and a caller's profile.

#include <memory>

#include "protos/tracegate/config/yaml_message.h"
#include "tests/fuzz/property.h"
#include "tracegate/config/v1/client.pb.h"
#include "tracegate/config/v1/gateway.pb.h"

namespace tracegate {
namespace {

void Check(std::string_view text, google::protobuf::Message* message) {
  const std::string before = message->SerializeAsString();
  YamlPlaces places;
  const absl::Status read = ParseYamlMessage(text, "g.yaml", message, &places);
  if (!read.ok()) {
    RequireRefusal(read, v1::REASON_CONFIG_INVALID);
    Require(read.message().substr(0, 6) == "g.yaml", "a refusal names the file");
    Require(message->SerializeAsString() == before, "what is refused changes nothing");
    return;
  }
  const std::unique_ptr<google::protobuf::Message> bare(message->New());
  Require(ParseYamlMessage(text, "g.yaml", bare.get()).ok(), "places need not be asked for");
  Require(bare->SerializeAsString().size() == message->SerializeAsString().size(),
          "read again, it is the same");
  // What is not UTF-8 would not come through.
  Require(bare->ParseFromString(message->SerializeAsString()), "a configuration is text");
}

}  // namespace
}  // namespace tracegate

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  using namespace tracegate;
  config::v1::GatewayConfig gateway;
  gateway.add_states("BR");
  Check(TextOf(bytes, size), &gateway);
  config::v1::ClientProfile profile;
  profile.set_gateway("localhost:1");
  Check(TextOf(bytes, size), &profile);
  return 0;
}
