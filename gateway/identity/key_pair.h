#ifndef TRACEGATE_GATEWAY_IDENTITY_KEY_PAIR_H_
#define TRACEGATE_GATEWAY_IDENTITY_KEY_PAIR_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace tracegate {

// A certificate chain and its private key as read from two files, before anything serves with them.
struct KeyPairSource {
  std::string chain_file;  // names, for messages only
  std::string key_file;
  std::string chain_pem;  // leaf first, then intermediates, each issued by the next
  std::string key_pem;    // one unencrypted private key
};

// What the pair is to be used for.
struct KeyPairUsages {
  bool server = false;  // accepting connections: serverAuth
  bool client = false;  // opening them, as a peer does: clientAuth
};

// What a sound pair is.
struct KeyPairSummary {
  std::string spiffe_id;    // of the leaf; empty where it has no URI name
  std::string fingerprint;  // SHA-256 of the leaf's DER, 64 lowercase hex digits
  absl::Time not_after;     // the earliest end of validity in the chain, for a warning in good time
};

// Tells whether a listener with this pair would work, so that a torn rotation (a new key beside an
// old chain) is refused before it breaks every new connection. Checks that the chain parses and is
// in order, is valid at `now`, that the key is the leaf's, and that the leaf is an end-entity
// certificate with the usages asked for. Does not ask whether anybody trusts the chain.
//
// Thread safety: safe. Errors: CONFIG_INVALID, whose field is the file that is wrong; where the
// two do not belong together that is the key file, and the message names both.
absl::StatusOr<KeyPairSummary> CheckKeyPair(const KeyPairSource& source, KeyPairUsages usages,
                                            absl::Time now);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_IDENTITY_KEY_PAIR_H_
