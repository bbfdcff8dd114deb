#ifndef TRACEGATE_ADAPTERS_PEER_PEER_WORD_H_
#define TRACEGATE_ADAPTERS_PEER_PEER_WORD_H_

#include <string>

#include "absl/status/statusor.h"
#include "adapters/cross_checker.h"

namespace tracegate {

// A peer's reply to CrossCheck as that State's word. A reply that is no such message, speaks of another State, or
// contradicts itself (a hit without an owner, "no hit" with one, a refusal without its ground) is PEER_REFUSED; one that
// uses words of a newer contract PEER_NEWER: neither is ever taken for "no hit".
absl::StatusOr<CrossCheckWord> ReadPeerWord(std::string reply, const std::string& state);

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_PEER_PEER_WORD_H_
