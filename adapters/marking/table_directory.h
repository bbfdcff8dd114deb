#ifndef TRACEGATE_ADAPTERS_MARKING_TABLE_DIRECTORY_H_
#define TRACEGATE_ADAPTERS_MARKING_TABLE_DIRECTORY_H_

#include <filesystem>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "adapters/marking/added_rows.h"

namespace tracegate {

// Adds to the catalogues the rows of a user's own: the files <name>.csv of a directory, each with
// the header of the table of that name (see tables/). All Standard() catalogues are then made of
// the carried rows and these. Call it once, at the start, before any catalogue is used and before
// other threads are.
//
// Errors: NOT_FOUND where there is no such directory; INVALID_ARGUMENT naming file and line where a
// file is no table or a row is wrong, after which the program should end; FAILED_PRECONDITION where
// a catalogue was used before.
absl::Status LoadTables(const std::filesystem::path& directory);

// The same without using them: the tables as LoadTables would set them.
absl::StatusOr<TableTexts> ReadTables(const std::filesystem::path& directory);

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_MARKING_TABLE_DIRECTORY_H_
