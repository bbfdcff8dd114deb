#ifndef TRACEGATE_GATEWAY_POLICY_DISCLOSURE_H_
#define TRACEGATE_GATEWAY_POLICY_DISCLOSURE_H_

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "tracegate/config/v1/gateway.pb.h"
#include "tracegate/v1/trace.pb.h"

namespace tracegate {

// Whether `path` names a field of `type` (through lists: "events.to_party.name").
bool IsDisclosurePath(const google::protobuf::Descriptor& type, std::string_view path);

// Cuts a message down to the fields at `paths`, each with all that is in it. What is cut is added to `withheld` by its
// path, once.
void CutToPaths(const google::protobuf::RepeatedPtrField<std::string>& paths,
                google::protobuf::Message* message, std::set<std::string>* withheld);

// One field of RegistryRecord that has no fields itself.
struct DisclosedPath {
  std::string path;
  bool told = false;
};

// Every such field, in the order of the contract, and whether the agreement tells it.
std::vector<DisclosedPath> DisclosureOf(const config::v1::Agreement& agreement);

// Cuts an answer down to what the agreement discloses and adds its handling to what the answer
// came with (JoinHandling). What is cut is named in
// `withheld_fields`, once each, by its path: withheld, never absent. The State that the record leads to is told
// where `events.to_state` is; a comparison's recorded side where its field is.
void RedactAnswer(const config::v1::Agreement& agreement, v1::Answer* answer);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_POLICY_DISCLOSURE_H_
