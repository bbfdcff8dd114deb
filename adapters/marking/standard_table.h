#ifndef TRACEGATE_ADAPTERS_MARKING_STANDARD_TABLE_H_
#define TRACEGATE_ADAPTERS_MARKING_STANDARD_TABLE_H_

#include <memory>

#include "absl/status/statusor.h"

namespace tracegate {

// The catalogue made from a table that ships with the library. Ends the program, saying why, where
// that table is malformed: tests read every table, so such a program was never tested.
template <typename Catalogue>
const Catalogue* MustParse(absl::StatusOr<std::unique_ptr<Catalogue>> parsed);

// Whether MustParse was called: rows that are added to a table from now on would not be seen.
bool AnyStandardTableMade();

[[noreturn]] void EndForBadTable(const absl::Status& status);
void NoteStandardTable();

template <typename Catalogue>
const Catalogue* MustParse(absl::StatusOr<std::unique_ptr<Catalogue>> parsed) {
  if (!parsed.ok()) EndForBadTable(parsed.status());
  NoteStandardTable();
  return parsed->release();  // never freed: it serves until the last thread is gone
}

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_MARKING_STANDARD_TABLE_H_
