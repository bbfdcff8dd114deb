#ifndef TRACEGATE_GATEWAY_POLICY_DISCLOSURE_H_
#define TRACEGATE_GATEWAY_POLICY_DISCLOSURE_H_

#include <string>
#include <string_view>
#include <vector>

#include "tracegate/config/v1/gateway.pb.h"
#include "tracegate/v1/trace.pb.h"

namespace tracegate {

// Whether `path` names a field of v1::RegistryRecord (through lists: "events.to_party.name").
bool IsDisclosurePath(std::string_view path);

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
