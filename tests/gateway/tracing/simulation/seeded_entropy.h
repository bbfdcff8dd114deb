#ifndef TRACEGATE_TESTS_GATEWAY_TRACING_SIMULATION_SEEDED_ENTROPY_H_
#define TRACEGATE_TESTS_GATEWAY_TRACING_SIMULATION_SEEDED_ENTROPY_H_

#include <cstdint>
#include <random>

namespace tracegate::simulation {

// While it lives, what this thread draws from the system follows from a seed: std::random_device (ids, the jitter of
// retries) and RAND_bytes (salts). The program is linked so that both come here (see CMakeLists.txt).
class SeededEntropy {
 public:
  explicit SeededEntropy(uint64_t seed);
  ~SeededEntropy();
  SeededEntropy(const SeededEntropy&) = delete;
  SeededEntropy& operator=(const SeededEntropy&) = delete;

 private:
  std::mt19937_64 random_;
};

}  // namespace tracegate::simulation

#endif  // TRACEGATE_TESTS_GATEWAY_TRACING_SIMULATION_SEEDED_ENTROPY_H_
