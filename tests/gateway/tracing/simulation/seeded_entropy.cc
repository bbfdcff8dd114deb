#include "tests/gateway/tracing/simulation/seeded_entropy.h"

namespace tracegate::simulation {
namespace {

thread_local std::mt19937_64* seeded = nullptr;

}  // namespace

SeededEntropy::SeededEntropy(uint64_t seed) : random_(seed) { seeded = &random_; }
SeededEntropy::~SeededEntropy() { seeded = nullptr; }

// What the linker puts in the place of std::random_device::_M_getval and of RAND_bytes, under the names that it gives.
extern "C" {

unsigned int __real__ZNSt13random_device9_M_getvalEv(std::random_device* device);
unsigned int __wrap__ZNSt13random_device9_M_getvalEv(std::random_device* device) {
  if (seeded != nullptr) return static_cast<unsigned int>((*seeded)());
  return __real__ZNSt13random_device9_M_getvalEv(device);
}

int __real_RAND_bytes(unsigned char* bytes, int count);
int __wrap_RAND_bytes(unsigned char* bytes, int count) {
  if (seeded == nullptr) return __real_RAND_bytes(bytes, count);
  for (int i = 0; i < count; ++i) bytes[i] = static_cast<unsigned char>((*seeded)());
  return 1;
}

}  // extern "C"

}  // namespace tracegate::simulation
