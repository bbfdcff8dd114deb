#ifndef TRACEGATE_GATEWAY_TRACING_TRACE_ID_H_
#define TRACEGATE_GATEWAY_TRACING_TRACE_ID_H_

#include <cstdint>
#include <string>

#include "absl/time/time.h"

namespace tracegate {

// A trace's id: 26 characters of Crockford's base 32 (ULID shape), 48 bits of milliseconds and 80 of chance, so
// that ids sort by the time they were made and cannot be guessed.
std::string MakeTraceId(absl::Time now, uint64_t chance_high16, uint64_t chance_low64);

// Same, with chance from the system. Thread-safe.
std::string MakeTraceId(absl::Time now);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_TRACING_TRACE_ID_H_
