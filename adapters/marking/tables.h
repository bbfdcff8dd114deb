#ifndef TRACEGATE_ADAPTERS_MARKING_TABLES_H_
#define TRACEGATE_ADAPTERS_MARKING_TABLES_H_

#include <string_view>

namespace tracegate {

// The bytes of tables/<name>.csv as they were when the library was built, and behind them the rows
// that LoadTables added. Every row says in its column `source` where the fact is from. UTF-8; they
// live as long as the program.
std::string_view MakersCsv();
std::string_view ModelsCsv();
std::string_view NameWordsCsv();
std::string_view SymbolsCsv();
std::string_view SelectorsCsv();
std::string_view ProofYearsCsv();
std::string_view CalibresCsv();
std::string_view CalibreWordsCsv();
std::string_view StatesCsv();
std::string_view FirearmTypesCsv();
std::string_view ImportersCsv();
std::string_view WordsCsv();
std::string_view SerialRulesCsv();
std::string_view RemarksCsv();

// The table of IsoStates (iso/iso_states.h), made from Debian's iso-codes when the library was built.
std::string_view IsoStatesCsv();

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_MARKING_TABLES_H_
