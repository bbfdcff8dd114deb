#include "adapters/marking/table_directory.h"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "adapters/marking/calibre_words.h"
#include "adapters/marking/calibres.h"
#include "adapters/marking/csv_table.h"
#include "adapters/marking/firearm_types.h"
#include "adapters/marking/importers.h"
#include "adapters/marking/makers.h"
#include "adapters/marking/models.h"
#include "adapters/marking/name_words.h"
#include "adapters/marking/proof_years.h"
#include "adapters/marking/remark_texts.h"
#include "adapters/marking/selectors.h"
#include "adapters/marking/serial_rules.h"
#include "adapters/marking/standard_table.h"
#include "adapters/marking/states.h"
#include "adapters/marking/symbols.h"
#include "adapters/marking/tables.h"
#include "adapters/marking/words.h"

namespace tracegate {
namespace {

// The tables that are set beside those carried.
class Tables {
 public:
  std::string_view Of(std::string_view name, std::string_view carried) const {
    const auto found = texts.find(std::string(name));
    return found == texts.end() ? carried : std::string_view(found->second);
  }

  TableTexts texts;
  absl::flat_hash_map<std::string, size_t> carried_lines;  // before the rows of the texts
};

// One table: how it is carried, and whether all tables together are right as far as it goes.
struct Table {
  std::string_view name;
  std::string_view (*carried)();
  absl::Status (*check)(const Tables& tables, const Table& table);
};

// Of a table that stands by itself.
template <typename Catalogue>
absl::Status CheckAlone(const Tables& tables, const Table& table) {
  return Catalogue::Parse(tables.Of(table.name, table.carried())).status();
}

const Table kTables[] = {
    {"words", WordsCsv, CheckAlone<WordList>},
    {"name_words", NameWordsCsv, CheckAlone<NameWords>},
    {"calibre_words", CalibreWordsCsv, CheckAlone<CalibreWords>},
    {"firearm_types", FirearmTypesCsv, CheckAlone<FirearmTypeList>},
    {"calibres", CalibresCsv, CheckAlone<CalibreCatalogue>},
    {"remarks", RemarksCsv, CheckAlone<RemarkTexts>},
    {"selectors", SelectorsCsv, CheckAlone<SelectorList>},
    {"proof_years", ProofYearsCsv, CheckAlone<ProofYears>},
    {"serial_rules", SerialRulesCsv, CheckAlone<SerialRules>},
    {"importers", ImportersCsv, CheckAlone<ImporterList>},
    {"states", StatesCsv,
     [](const Tables& t, const Table&) {
       return StateCatalogue::Parse(IsoStatesCsv(), t.Of("states", StatesCsv())).status();
     }},
    {"makers", MakersCsv, CheckAlone<MakerCatalogue>},
    {"models", ModelsCsv,
     [](const Tables& t, const Table&) {
       const auto makers = MakerCatalogue::Parse(t.Of("makers", MakersCsv()));
       if (!makers.ok()) return makers.status();
       return ModelCatalogue::Parse(t.Of("models", ModelsCsv()), **makers).status();
     }},
    {"symbols", SymbolsCsv,
     [](const Tables& t, const Table&) {
       const auto makers = MakerCatalogue::Parse(t.Of("makers", MakersCsv()));
       if (!makers.ok()) return makers.status();
       return SymbolCatalogue::Parse(t.Of("symbols", SymbolsCsv()), **makers).status();
     }},
};

std::string Text(std::string_view text) { return std::string(text.data(), text.size()); }

size_t LinesOf(std::string_view text) { return std::count(text.begin(), text.end(), '\n'); }

// The same fault with the file's name and line in place of the table's. The file's rows stand behind
// `carried_lines` lines, its header left out; 0 where the fault is in the file alone.
absl::Status FaultIn(const std::filesystem::path& file, size_t carried_lines,
                     const absl::Status& fault) {
  const std::string message(fault.message().data(), fault.message().size());
  constexpr std::string_view kLine = ", line ";
  const size_t line = message.find(kLine);
  size_t end = line == std::string::npos ? 0 : line + kLine.size();
  size_t number = 0;
  while (end > 0 && end < message.size() && message[end] >= '0' && message[end] <= '9')
    number = number * 10 + static_cast<size_t>(message[end++] - '0');
  if (number <= carried_lines) return absl::InvalidArgumentError(file.string() + ": " + message);
  const size_t header = carried_lines == 0 ? 0 : 1;
  return absl::InvalidArgumentError(file.string() + Text(kLine) +
                                    std::to_string(number - carried_lines + header) +
                                    message.substr(end));
}

absl::StatusOr<std::string> ReadFile(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  std::ostringstream bytes;
  bytes << stream.rdbuf();
  if (!stream) return absl::InvalidArgumentError(file.string() + " cannot be read");
  return bytes.str();
}

// The whole table: what is carried, and the file's rows without their header.
absl::StatusOr<std::string> WithFile(const Table& table, const std::filesystem::path& file) {
  const absl::StatusOr<std::string> added = ReadFile(file);
  if (!added.ok()) return added.status();
  const std::string_view carried = table.carried();
  const std::string_view header = carried.substr(0, carried.find('\n'));
  const auto rows = ReadCsv(*added, header);
  if (!rows.ok()) return FaultIn(file, 0, rows.status());
  return Text(carried) + added->substr(header.size() + 1);
}

absl::StatusOr<std::vector<std::filesystem::path>> TablesIn(
    const std::filesystem::path& directory) {
  std::error_code error;
  std::vector<std::filesystem::path> files;
  std::filesystem::directory_iterator entries(directory, error);
  for (; !error && entries != std::filesystem::directory_iterator(); entries.increment(error)) {
    if (entries->path().extension() == ".csv") files.push_back(entries->path());
  }
  if (error) return absl::NotFoundError(directory.string() + ": " + error.message());
  std::sort(files.begin(), files.end());
  return files;
}

absl::StatusOr<Tables> ReadFiles(const std::filesystem::path& directory) {
  const auto files = TablesIn(directory);
  if (!files.ok()) return files.status();
  Tables tables;
  for (const std::filesystem::path& file : *files) {
    const auto* const table =
        std::find_if(std::begin(kTables), std::end(kTables),
                     [&](const Table& known) { return known.name == file.stem().string(); });
    if (table == std::end(kTables))
      return absl::InvalidArgumentError(file.string() + " is named like no table");
    absl::StatusOr<std::string> whole = WithFile(*table, file);
    if (!whole.ok()) return whole.status();
    tables.carried_lines.emplace(Text(table->name), LinesOf(table->carried()));
    tables.texts.emplace(Text(table->name), *std::move(whole));
  }
  return tables;
}

absl::Status Check(const std::filesystem::path& directory, const Tables& tables) {
  for (const Table& table : kTables) {
    const absl::Status checked = table.check(tables, table);
    if (checked.ok()) continue;
    const auto lines = tables.carried_lines.find(Text(table.name));
    return FaultIn(directory / (Text(table.name) + ".csv"),
                   lines == tables.carried_lines.end() ? 0 : lines->second, checked);
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<TableTexts> ReadTables(const std::filesystem::path& directory) {
  absl::StatusOr<Tables> tables = ReadFiles(directory);
  if (!tables.ok()) return tables.status();
  if (const absl::Status checked = Check(directory, *tables); !checked.ok()) return checked;
  return std::move(tables->texts);
}

// Set before they are checked: to read one table, a catalogue of another may be made.
absl::Status LoadTables(const std::filesystem::path& directory) {
  if (AnyStandardTableMade())
    return absl::FailedPreconditionError(
        "the catalogues are in use: tables are added at the start");
  const absl::StatusOr<Tables> tables = ReadFiles(directory);
  if (!tables.ok()) return tables.status();
  SetTables(tables->texts);
  return Check(directory, *tables);
}

}  // namespace tracegate
