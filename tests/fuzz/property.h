#ifndef TRACEGATE_TESTS_FUZZ_PROPERTY_H_
#define TRACEGATE_TESTS_FUZZ_PROPERTY_H_

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "absl/status/status.h"
#include "tracegate/v1/reason.pb.h"

namespace tracegate {

// What a fuzz target claims of a parser, besides that it ends. Each ends the program where the claim
// does not hold, saying which: libFuzzer keeps the input then, and so does corpus_driver.

void Require(bool holds, std::string_view claim);

// UTF-8 without control characters but tabs and line breaks, as bounds_check.h has it.
void RequireText(std::string_view text, std::string_view claim);

// A refusal that a caller can be told: that reason, with its code, and text all through. The reason is
// read from the status as a caller reads it, so a detail that does not parse is seen.
void RequireRefusal(const absl::Status& status, v1::Reason reason);

// The input as text.
inline std::string_view TextOf(const uint8_t* bytes, size_t size) {
  return {reinterpret_cast<const char*>(bytes), size};
}

}  // namespace tracegate

#endif  // TRACEGATE_TESTS_FUZZ_PROPERTY_H_
