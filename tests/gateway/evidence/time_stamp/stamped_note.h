#ifndef TRACEGATE_TESTS_GATEWAY_EVIDENCE_TIME_STAMP_STAMPED_NOTE_H_
#define TRACEGATE_TESTS_GATEWAY_EVIDENCE_TIME_STAMP_STAMPED_NOTE_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "protos/tracegate/failure.h"

namespace tracegate {

// A checkpoint note of a log of that size, as https://c2sp.org/signed-note has it. Nobody here looks
// at its signature.
inline std::string ExampleNoteOf(int64_t tree_size) {
  return "registry.example/log\n" + std::to_string(tree_size) +
         "\n+sVCA+fMaWzw38tCySodnbr3CtnmIfS9jZhmLwDjwSU=\n\n"
         "\xE2\x80\x94 registry.example/log AAAAAGJvZ3Vz\n";
}

// The one field that a failure names; its message where it names none.
inline std::string FieldOf(const absl::Status& status) {
  const v1::FailureDetail detail = DetailOf(status);
  return detail.violations_size() == 1 ? detail.violations(0).field()
                                       : std::string(status.message());
}

}  // namespace tracegate

#endif  // TRACEGATE_TESTS_GATEWAY_EVIDENCE_TIME_STAMP_STAMPED_NOTE_H_
