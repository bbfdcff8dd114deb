#ifndef TRACEGATE_PROTOS_TRACEGATE_CONFIG_YAML_MESSAGE_H_
#define TRACEGATE_PROTOS_TRACEGATE_CONFIG_YAML_MESSAGE_H_

#include <google/protobuf/message.h>

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "protos/tracegate/config/yaml_places.h"

namespace tracegate {

// People's YAML into a typed configuration message.
//
// Keys are the message's field names. Lists are repeated fields; maps are maps; of a oneof at most one
// key is written. Enums are their values' names without the prefix, upper or lower case (`H1`,
// `criminal_investigation`). Durations are `250ms`, `10s`, `5m`, `2h`, `90d`. Booleans are true or
// false, numbers decimal. Text is taken as written: an unquoted NO is Norway. A key without a value is
// an error, as is `null` (as text, it is quoted). Anchors and aliases may be used, tags may not.
//
// Errors: CONFIG_INVALID for the first thing wrong, saying
// `file:line:column: key.path: what is wrong; what would be right`, with the path as the violated
// field: unknown key, key written twice, two keys of one oneof, value of the wrong kind or out of range,
// and everything that yaml_tree.h refuses. `message` is unchanged then.

// `places` may be null; else it is filled with the place of every key.
absl::Status ReadYamlMessage(const std::string& path, google::protobuf::Message* message,
                             YamlPlaces* places = nullptr);

// Same, of text that came from `file` (a name for errors only; nothing is opened).
absl::Status ParseYamlMessage(std::string_view text, const std::string& file,
                              google::protobuf::Message* message, YamlPlaces* places = nullptr);

}  // namespace tracegate

#endif  // TRACEGATE_PROTOS_TRACEGATE_CONFIG_YAML_MESSAGE_H_
