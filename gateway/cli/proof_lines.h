#ifndef TRACEGATE_GATEWAY_CLI_PROOF_LINES_H_
#define TRACEGATE_GATEWAY_CLI_PROOF_LINES_H_

#include <cstddef>
#include <cstdint>
#include <iosfwd>
#include <string_view>

#include "gateway/cli/exit_code.h"
#include "nlohmann/json.hpp"

namespace tracegate {

inline constexpr size_t kProofLineBytesMax = 64 << 10;

// The verdict on one proof. `line` is a JSON object:
//
//   type                                        "inclusion" or "consistency"; may be left out, the other keys tell
//   leaf_hash, leaf_index, tree_size, root      of an inclusion proof
//   from_size, to_size, from_root, to_root      of a consistency proof
//   path                                        list of hashes, leaf to root; null is an empty one
//   expect                                      may be left out: whether the proof should be valid
//
// Hashes are 64 hex digits or base64. The names of published test vectors (transparency-dev/merkle) do as well: leafIdx,
// treeSize, leafHash, proof, size1, size2, root1, root2, and wantErr, the opposite of expect. Other keys are passed over.
// Of a consistency proof between equal sizes the roots may have any length.
//
// The verdict has `line`, `valid`, and where it is false `reason`: what does not hold. Of a line that is no such object
// `error` says what of it cannot be read, and `valid` is false. With `expect`, `agrees` says whether the verdict is that.
nlohmann::json JudgeProofLine(int64_t number, std::string_view line);

// Judges one proof a line. kExitOk where there is at least one line and all are valid, else kExitNoProof.
ExitCode JudgeProofLines(std::istream& in, std::ostream& out);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_CLI_PROOF_LINES_H_
