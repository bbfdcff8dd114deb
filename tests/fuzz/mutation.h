#ifndef TRACEGATE_TESTS_FUZZ_MUTATION_H_
#define TRACEGATE_TESTS_FUZZ_MUTATION_H_

#include <random>
#include <string>
#include <vector>

namespace tracegate {

// One of `seeds`, damaged in one to four places: bytes turned, taken out, put in, repeated, or taken
// from another seed. At most `bytes_max` long. The same `random` gives the same bytes on every machine:
// nothing here is left to the standard library but the engine, whose numbers the standard fixes.
std::string Mutated(const std::vector<std::string>& seeds, size_t bytes_max,
                    std::mt19937_64& random);

}  // namespace tracegate

#endif  // TRACEGATE_TESTS_FUZZ_MUTATION_H_
