#ifndef TRACEGATE_ADAPTERS_MARKING_IMPORT_MARK_H_
#define TRACEGATE_ADAPTERS_MARKING_IMPORT_MARK_H_

#include <string>
#include <string_view>

namespace tracegate {

// What an import mark tells; what it does not tell is empty or zero.
struct ImportMark {
  std::string state;     // ISO 3166-1 alpha-2 of the importing State, alpha-4 of a former one
  int year = 0;          // four digits
  std::string importer;  // as the table of importers calls it, else as marked
  std::string place;     // "ST ALB VT", as marked
};

// Reads an import mark: State and year as the ITI asks for ("DE 19", "IMPORT AT 2004", "BJ 2015
// 000123"; ITI 8(b)), a code meaning what it meant in that year; importer and place as the United
// States does ("CAI ST ALB VT"; 27 CFR 478.92), where the last word is a state of the Union and no
// country, also between other marks; name and address with the State in full as CIFTA asks for
// ("Importado por Armería Sur, Lima, Perú"; CIFTA VI); "NOT ENGLISH MAKE" of British proof. Exact
// look-ups only: a text that fits none, or of more than 64 words, tells nothing. Any bytes, linear
// time.
ImportMark ReadImportMark(std::string_view text);

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_MARKING_IMPORT_MARK_H_
