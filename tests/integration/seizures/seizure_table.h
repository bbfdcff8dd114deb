#ifndef TRACEGATE_TESTS_INTEGRATION_SEIZURES_SEIZURE_TABLE_H_
#define TRACEGATE_TESTS_INTEGRATION_SEIZURES_SEIZURE_TABLE_H_

#include <ostream>
#include <vector>

#include "tests/integration/seizures/row_trace.h"

namespace tracegate {

// Prints what became of all rows, in figures only: no row's own words.
void PrintSeizureTable(const std::vector<RowTrace>& rows, std::ostream& out);

}  // namespace tracegate

#endif  // TRACEGATE_TESTS_INTEGRATION_SEIZURES_SEIZURE_TABLE_H_
