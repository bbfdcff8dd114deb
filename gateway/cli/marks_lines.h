#ifndef TRACEGATE_GATEWAY_CLI_MARKS_LINES_H_
#define TRACEGATE_GATEWAY_CLI_MARKS_LINES_H_

#include <cstddef>
#include <iosfwd>
#include <string_view>

#include "adapters/marking/weapon_index.h"
#include "gateway/cli/exit_code.h"

namespace tracegate {

// Reads one weapon a line (see ReadWeaponLine) and writes one line of JSON for each, with its id as
// given. A line that is no weapon is answered with {"line":N,"error":"..."}, and the rest goes on;
// kExitUsage then, else kExitOk.
//
// What was understood of each (see ReadingJson).
ExitCode ReadWeaponLines(std::istream& in, std::ostream& out, std::string_view language);

// The `top` best candidates of the index for each, best first: {"id","candidates":[{"id","score",
// "grade","identity","why":[...]}],"in_doubt","us"}. `us` is the microseconds it took to read the
// weapon and to find them.
ExitCode MatchWeaponLines(const WeaponIndex& index, size_t top, std::istream& in,
                          std::ostream& out);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_CLI_MARKS_LINES_H_
