#include "tests/bench/reading_coverage.h"

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <functional>
#include <iterator>
#include <set>
#include <sstream>

#include "absl/time/clock.h"
#include "adapters/csv/row_walk.h"
#include "adapters/marking/quality_gate.h"
#include "adapters/marking/reading.h"
#include "adapters/marking/routing.h"
#include "adapters/marking/words.h"
#include "adapters/marking/written_weapon.h"

namespace tracegate {
namespace {

// Of what was written: how often something, how often it came to one thing, how often to a few that
// it could be.
struct Count {
  size_t named = 0;
  size_t one = 0;
  size_t several = 0;
};

void Print(const char* file, const char* field, const Count& count) {
  const double named = static_cast<double>(std::max<size_t>(count.named, 1));
  std::printf("%-12s %-10s %7zu named %8.4f resolved (one %.4f, ambiguous %.4f)\n", file, field,
              count.named, static_cast<double>(count.one + count.several) / named,
              static_cast<double>(count.one) / named, static_cast<double>(count.several) / named);
}

void AddTerm(const v1::Term& read, Count& count) {
  if (TellsNothing(read.verbatim())) return;
  ++count.named;
  if (!read.canonical().empty()) ++count.one;
  if (read.canonical().empty() && !read.could_be().empty()) ++count.several;
}

void AddTold(const std::string& written, bool understood, Count& count) {
  if (TellsNothing(written)) return;
  ++count.named;
  count.one += understood ? 1 : 0;
}

v1::Firearm Read(const WrittenWeapon& weapon) { return ReadItem(ItemOf(weapon)).weapon(); }

void CoverSeizures(const std::vector<Seizure>& seizures) {
  Count make;
  Count calibre;
  Count country;
  Count type;
  for (const Seizure& seizure : seizures) {
    const v1::Firearm read = Read({.make = seizure.make,
                                   .model = seizure.model,
                                   .calibre = seizure.calibre,
                                   .type = seizure.type,
                                   .country = seizure.country});
    AddTerm(read.manufacturer(), make);
    AddTerm(read.calibre(), calibre);
    AddTold(seizure.country, !read.country_of_manufacture().iso_code().empty(), country);
    AddTold(seizure.type, read.type() != v1::FIREARM_TYPE_UNSPECIFIED, type);
  }
  Print("seizures", "make", make);
  Print("seizures", "calibre", calibre);
  Print("seizures", "country", country);
  Print("seizures", "type", type);
}

// Calls `take` with the cells of the named columns of every record.
void EachRecord(const std::string& file, const std::vector<std::string>& columns,
                const std::function<void(const std::vector<std::string>&)>& take) {
  std::ostringstream text;
  text << std::ifstream(file, std::ios::binary).rdbuf();
  const RowFormat format = RowFormat::Delimited(',');
  RowWalk rows(format, text.view());
  if (!rows.Next()) return std::printf("SKIPPED: %s is not there\n", file.c_str()), void();
  const std::vector<std::string> header = rows.fields();
  while (rows.Next()) {
    std::vector<std::string> cells;
    for (const std::string& column : columns) {
      const auto place = std::find(header.begin(), header.end(), column) - header.begin();
      cells.push_back(place < static_cast<ptrdiff_t>(rows.fields().size()) ? rows.fields()[place]
                                                                           : std::string());
    }
    take(cells);
  }
}

void CoverRetail(const std::string& folder) {
  Count make;
  Count calibre;
  EachRecord(folder + "/retail_firearm_products.csv", {"BRAND", "caliber"},
             [&](const std::vector<std::string>& cells) {
               const v1::Firearm read = Read({.make = cells[0], .calibre = cells[1]});
               AddTerm(read.manufacturer(), make);
               AddTerm(read.calibre(), calibre);
             });
  Print("retail", "make", make);
  Print("retail", "calibre", calibre);
}

// The makers of a FHIR code system, in lines such as `"ACCU-TEK - AT25"`.
void CoverModels(const std::string& folder) {
  std::ifstream in(folder + "/nvdrs_firearm_models.fsh", std::ios::binary);
  std::set<std::string> makers;
  for (std::string line; std::getline(in, line);) {
    const size_t quote = line.find_first_not_of(' ');
    const size_t dash = line.find(" - ");
    if (quote == std::string::npos || line[quote] != '"' || dash == std::string::npos) continue;
    makers.insert(line.substr(quote + 1, dash - quote - 1));
  }
  Count make;
  for (const std::string& maker : makers) AddTerm(Read({.make = maker}).manufacturer(), make);
  Print("NVDRS", "make", make);
}

void CoverExports(const std::string& folder) {
  std::set<std::string> names;
  for (const char* file :
       {"/fin_actual_exports_military.csv", "/fin_actual_exports_civilian.csv"}) {
    EachRecord(folder + file, {"Country of destination"},
               [&](const std::vector<std::string>& cells) { names.insert(cells[0]); });
  }
  Count country;
  for (const std::string& name : names) {
    const v1::Firearm read = Read({.country = name});
    AddTold(name, !read.country_of_manufacture().iso_code().empty(), country);
  }
  Print("exports", "country", country);
}

void Speed(const std::vector<Seizure>& seizures) {
  size_t remarks = 0;
  const absl::Time start = absl::Now();
  for (const Seizure& seizure : seizures) {
    const ItemReading read(ItemOf({.make = seizure.make,
                                   .model = seizure.model,
                                   .calibre = seizure.calibre,
                                   .type = seizure.type,
                                   .country = seizure.country,
                                   .serial = seizure.serial}));
    remarks += CheckMarks(read).size() + RouteOf(read.item).size();
  }
  const double seconds = absl::ToDoubleSeconds(absl::Now() - start);
  std::printf(
      "reading, quality gate and route: %.0f weapons a second on one core (%.1f remarks and "
      "States each)\n",
      static_cast<double>(seizures.size()) / seconds,
      static_cast<double>(remarks) / static_cast<double>(seizures.size()));
}

}  // namespace

void PrintCoverage(const std::string& folder, const std::vector<Seizure>& seizures) {
  CoverSeizures(seizures);
  CoverRetail(folder);
  CoverModels(folder);
  CoverExports(folder);
  Speed(seizures);
}

}  // namespace tracegate
