#ifndef TRACEGATE_TESTS_INTEGRATION_SEIZURES_SEIZURE_FILE_H_
#define TRACEGATE_TESTS_INTEGRATION_SEIZURES_SEIZURE_FILE_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace tracegate {

// One weapon as the police wrote it down, column by column.
struct Seizure {
  std::string year;
  std::string type;
  std::string make;
  std::string model;
  std::string calibre;
  std::string country;
  std::string force_mark;
  std::string restricted;
  std::string origin;
  std::string serial;
};

// Reads such a file, RFC 4180: quoted fields, CR LF or LF. Strict in form, so that no row is lost or shifted unseen;
// what the fields say is kept as it is. Errors: INVALID_ARGUMENT naming the row.
absl::StatusOr<std::vector<Seizure>> ReadSeizures(std::string_view csv);

}  // namespace tracegate

#endif  // TRACEGATE_TESTS_INTEGRATION_SEIZURES_SEIZURE_FILE_H_
