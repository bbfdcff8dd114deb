#include "gateway/tracing/trace_id.h"

#include <random>

namespace tracegate {
namespace {

__extension__ typedef unsigned __int128 Wide;

constexpr char kDigits[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

// Appends the lowest `count` five-bit digits of `value`, highest first.
void AppendDigits(std::string* out, Wide value, int count) {
  for (int i = count - 1; i >= 0; --i) {
    out->push_back(kDigits[static_cast<unsigned>(value >> (5 * i)) & 31u]);
  }
}

}  // namespace

std::string MakeTraceId(absl::Time now, uint64_t chance_high16, uint64_t chance_low64) {
  std::string id;
  id.reserve(26);
  AppendDigits(&id, static_cast<uint64_t>(absl::ToUnixMillis(now)), 10);
  AppendDigits(&id, (static_cast<Wide>(chance_high16 & 0xFFFF) << 64) | chance_low64, 16);
  return id;
}

std::string MakeTraceId(absl::Time now) {
  thread_local std::random_device device;
  const auto word = [&] {
    return (static_cast<uint64_t>(device()) << 32) | static_cast<uint64_t>(device());
  };
  return MakeTraceId(now, word(), word());
}

}  // namespace tracegate
