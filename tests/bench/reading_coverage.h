#ifndef TRACEGATE_TESTS_BENCH_READING_COVERAGE_H_
#define TRACEGATE_TESTS_BENCH_READING_COVERAGE_H_

#include <string>
#include <vector>

#include "tests/integration/seizures/seizure_file.h"

namespace tracegate {

// Prints, for each field of each file in the folder, how many of the rows that name something are
// understood, and how many weapons a second one core reads.
void PrintCoverage(const std::string& folder, const std::vector<Seizure>& seizures);

}  // namespace tracegate

#endif  // TRACEGATE_TESTS_BENCH_READING_COVERAGE_H_
