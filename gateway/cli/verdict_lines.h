#ifndef TRACEGATE_GATEWAY_CLI_VERDICT_LINES_H_
#define TRACEGATE_GATEWAY_CLI_VERDICT_LINES_H_

#include <iosfwd>

#include "gateway/cli/exit_code.h"

namespace tracegate {

// Judges one question a line, for running thousands of them. A line of `in` is a JSON object:
//
//   id                 anything; comes back
//   roots, chain       lists of PEM texts; the chain leaf first. Required
//   crls               list of PEM texts; empty or absent: revocation is not checked
//   at                 RFC 3339. Required
//   path_only          true: the path alone (path_judgement.h), else a caller of that State
//   state, trust_domain  whose roots they are; required unless path_only
//   max_intermediates  4
//
// and so is a line of `out`, with `id` and the verdict (certificate_verdict.h), in the same order. A line that is no
// such question gets the verdict "unreadable" with a message, and makes the exit code kExitUsage.
ExitCode JudgeLines(std::istream& in, std::ostream& out);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_CLI_VERDICT_LINES_H_
