#ifndef TRACEGATE_ADAPTERS_MAPPING_TRANSFER_MAPPING_H_
#define TRACEGATE_ADAPTERS_MAPPING_TRANSFER_MAPPING_H_

#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "adapters/mapping/character_set.h"
#include "adapters/mapping/field_rule.h"
#include "adapters/mapping/source_table.h"
#include "protos/tracegate/config/yaml_places.h"
#include "tracegate/config/v1/transfer_mapping.pb.h"
#include "tracegate/v1/transfer.pb.h"

namespace tracegate {

// Something that a row says and its record does not.
struct TransferLoss {
  std::string column;  // empty: the row as a whole
  std::string value;   // as written
  std::string reason;
  bool stops = false;  // a line, or all of the row, is in no record because of it

  bool operator==(const TransferLoss&) const = default;
};

// What one row of a file comes to. Every line that the mapping sees in it is in a record, or counted in `lines_lost` and
// told in `losses`.
struct MappedRow {
  std::vector<v1::TransferRecord> records;
  std::vector<TransferLoss> losses;
  int lines_lost = 0;
  std::string skipped;  // why the row is no transfer; empty: it is one
};

// How one State's files of exports and imports are written, checked and ready to translate. Knows nothing of how rows are
// read.
//
// What was written is kept: every value that is read stands in the record's `verbatim`. What decides in which figure a
// line is counted (day, kind, States, category, quantity, value) stops the line where it cannot be read; what else cannot
// be is left out, and told.
//
// Thread safety: immutable.
class TransferMapping {
 public:
  // Reads and checks a YAML file of config.v1.TransferMapping.
  // Errors: CONFIG_INVALID with `file:line:column: key.path`.
  static absl::StatusOr<TransferMapping> Load(const std::string& path);

  // Same, of a mapping that was read already; `places` tells errors where its keys stood.
  static absl::StatusOr<TransferMapping> Create(const config::v1::TransferMapping& proto,
                                                const YamlPlaces& places = YamlPlaces());

  // How the file is cut into rows, and a row into fields.
  const config::v1::TransferFile& file() const { return file_; }
  char delimiter() const { return file_.delimiter().empty() ? ',' : file_.delimiter()[0]; }
  const CharacterSet& character_set() const { return character_set_; }
  bool record_per_line() const { return record_per_line_; }
  // The columns that are read of a row.
  const std::vector<SourceColumn>& columns() const { return table_.columns; }
  // Position among them of what tells rows apart; none: rows are numbered.
  const std::optional<size_t>& reference() const { return reference_; }

  // What a row says, its texts in UTF-8 and in the order of columns(). Never fails.
  MappedRow Translate(const SourceRow& row) const;

 private:
  using Rules = std::vector<FieldRule>;

  struct Line {
    Rules fields;
    std::optional<size_t> present_if;  // position of a column
    std::set<std::string> absent_words;
    std::set<size_t> positions;  // of the columns that it reads
  };

  struct Skip {
    size_t position = 0;
    std::set<std::string> values;
    std::string reason;
  };

  TransferMapping() = default;

  absl::Status TakeFile(const config::v1::TransferMapping& proto, const YamlPlaces& places);
  absl::Status AddLines(const config::v1::TransferMapping& proto, const RuleContext& context);
  absl::Status AddSkips(const config::v1::TransferMapping& proto, const YamlPlaces& places);
  absl::Status CheckAllThere(const YamlPlaces& places) const;
  void AddVerbatim(const SourceRow& row, const Line& line, MappedRow* out,
                   v1::TransferRecord* record) const;
  std::string WhySkipped(const SourceRow& row) const;
  static bool IsThere(const Line& line, const SourceRow& row);

  config::v1::TransferFile file_;
  CharacterSet character_set_;
  SourceTable table_;
  std::optional<size_t> reference_;
  Rules fields_;
  std::set<size_t> own_positions_;  // of the columns that belong to every record of a row
  std::vector<Line> lines_;
  bool record_per_line_ = false;
  std::vector<Skip> skips_;
};

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_MAPPING_TRANSFER_MAPPING_H_
