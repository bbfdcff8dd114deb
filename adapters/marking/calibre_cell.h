#ifndef TRACEGATE_ADAPTERS_MARKING_CALIBRE_CELL_H_
#define TRACEGATE_ADAPTERS_MARKING_CALIBRE_CELL_H_

#include <optional>

#include "adapters/marking/calibres.h"

namespace tracegate {

// The grammar over the table of calibres: what a cell means that may hold a gauge with the length of
// its chamber ("12 GA 2 3/4"), bore, case and name together ("9x19 Parabellum"), a designation and
// its repetition, or several calibres. None where a part of it is not known, or where it has more
// than 32 tokens. Pure; any thread.
std::optional<CalibreMeaning> ReadCalibreCell(const CalibreCatalogue& calibres,
                                              CalibreTokens tokens);

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_MARKING_CALIBRE_CELL_H_
