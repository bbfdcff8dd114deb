#include "adapters/mapping/transfer_mapping.h"

#include <algorithm>
#include <utility>

#include "adapters/mapping/line_rules.h"
#include "adapters/mapping/rule_list.h"
#include "adapters/mapping/written_text.h"
#include "protos/tracegate/config/yaml_message.h"

namespace tracegate {
namespace {

constexpr int kLinesMax = 200;     // transfer.proto
constexpr int kVerbatimMax = 128;  // transfer.proto
constexpr size_t kReasonBytesMax = 256;
constexpr size_t kLossValueBytesMax = 256;

bool IsEmpty(const std::optional<std::string>& cell) {
  return !cell || cell->find_first_not_of(" \t\r\n") == std::string::npos;
}

// Adds the rules of a list of fields, and the positions of the columns they read to `positions`.
absl::Status AddFields(const google::protobuf::RepeatedPtrField<config::v1::FieldMapping>& fields,
                       const std::string& list, const RuleContext& context,
                       const google::protobuf::Descriptor& root, SourceTable* table,
                       std::vector<FieldRule>* rules, std::set<size_t>* positions) {
  for (int i = 0; i < fields.size(); ++i) {
    const std::string key = Indexed(list, i);
    absl::StatusOr<FieldRule> rule = FieldRule::Create(context, fields[i], key, root, table);
    if (!rule.ok()) return rule.status();
    if (!rule->is_constant()) positions->insert(table->Read(rule->column(), key));
    absl::Status added = AddRule(*std::move(rule), key, *context.places, rules);
    if (!added.ok()) return added;
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<TransferMapping> TransferMapping::Load(const std::string& path) {
  config::v1::TransferMapping proto;
  YamlPlaces places;
  if (absl::Status read = ReadYamlMessage(path, &proto, &places); !read.ok()) return read;
  return Create(proto, places);
}

absl::StatusOr<TransferMapping> TransferMapping::Create(const config::v1::TransferMapping& proto,
                                                        const YamlPlaces& places) {
  const RuleContext context{&proto.code_tables(), &places};
  TransferMapping mapping;
  absl::Status taken = mapping.TakeFile(proto, places);
  if (taken.ok()) {
    taken = AddFields(proto.fields(), "fields", context, *v1::TransferRecord::descriptor(),
                      &mapping.table_, &mapping.fields_, &mapping.own_positions_);
  }
  if (taken.ok()) taken = mapping.AddLines(proto, context);
  if (taken.ok()) taken = mapping.AddSkips(proto, places);
  for (int i = 0; taken.ok() && i < proto.keep_size(); ++i) {
    mapping.own_positions_.insert(mapping.table_.Read(proto.keep(i), Indexed("keep", i)));
  }
  if (taken.ok() && !proto.reference().empty()) {
    mapping.reference_ = mapping.table_.Read(proto.reference(), "reference");
    mapping.own_positions_.insert(*mapping.reference_);
  }
  if (taken.ok()) taken = mapping.CheckAllThere(places);
  if (taken.ok()) taken = CheckColumns(mapping.table_, places);
  for (const auto& [name, table] : proto.code_tables()) {
    if (taken.ok()) taken = CheckName(name, "code_tables", places);
  }
  if (!taken.ok()) return taken;
  return mapping;
}

absl::Status TransferMapping::TakeFile(const config::v1::TransferMapping& proto,
                                       const YamlPlaces& places) {
  file_ = proto.file();
  record_per_line_ = proto.record_per_line();
  const std::string& delimiter = file_.delimiter();
  if (delimiter.size() > 1 || delimiter.find_first_of("\"\r\n") == 0) {
    return places.Failure("file.delimiter", "'" + delimiter +
                                                "': expected one character, neither a quote nor a "
                                                "line end");
  }
  if (file_.rows_above() < 0 || file_.rows_below() < 0) {
    return places.Failure("file", "has rows_above or rows_below under 0; expected a count");
  }
  if (file_.columns_size() > 0 && file_.rows_below() > 0) {
    return places.Failure("file.rows_below",
                          "stands beside columns; expected rows_above, as no row names columns");
  }
  absl::StatusOr<CharacterSet> character_set = CharacterSet::Named(file_.character_set());
  if (!character_set.ok()) {
    return places.Failure("file.character_set", "'" + file_.character_set() + "' " +
                                                    std::string(character_set.status().message()));
  }
  character_set_ = *std::move(character_set);
  return absl::OkStatus();
}

absl::Status TransferMapping::AddLines(const config::v1::TransferMapping& proto,
                                       const RuleContext& context) {
  const YamlPlaces& places = *context.places;
  if (proto.lines().empty() || proto.lines_size() > kLinesMax) {
    return places.Failure(
        "lines", "has " + std::to_string(proto.lines_size()) + " entries; expected 1 to 200");
  }
  for (int i = 0; i < proto.lines_size(); ++i) {
    const std::string key = Indexed("lines", i);
    Line line;
    absl::Status added =
        AddFields(proto.lines(i).fields(), key + ".fields", context,
                  *v1::TransferLine::descriptor(), &table_, &line.fields, &line.positions);
    if (added.ok()) {
      added = AddFields(proto.line_fields(), "line_fields", context,
                        *v1::TransferLine::descriptor(), &table_, &line.fields, &line.positions);
    }
    if (!added.ok()) return added;
    if (!proto.lines(i).present_if().empty()) {
      line.present_if = table_.Read(proto.lines(i).present_if(), key + ".present_if");
      line.positions.insert(*line.present_if);
    } else if (!proto.lines(i).absent_words().empty()) {
      return places.Failure(key + ".absent_words",
                            "stands without present_if, the column that they are looked for in");
    }
    for (const std::string& word : proto.lines(i).absent_words()) {
      line.absent_words.insert(WordOf(word));
    }
    lines_.push_back(std::move(line));
  }
  return absl::OkStatus();
}

absl::Status TransferMapping::AddSkips(const config::v1::TransferMapping& proto,
                                       const YamlPlaces& places) {
  for (int i = 0; i < proto.skip_size(); ++i) {
    const config::v1::SkippedRows& rows = proto.skip(i);
    const std::string key = Indexed("skip", i);
    if (rows.column().empty() || rows.values().empty() || rows.reason().empty()) {
      return places.Failure(key, "lacks column, values or reason; expected all three");
    }
    if (rows.reason().size() > kReasonBytesMax) {
      return places.Failure(key + ".reason", "is over 256 bytes long");
    }
    Skip skip{table_.Read(rows.column(), key + ".column"), {}, rows.reason()};
    for (const std::string& value : rows.values()) skip.values.insert(WordOf(value));
    skips_.push_back(std::move(skip));
  }
  return absl::OkStatus();
}

absl::Status TransferMapping::CheckAllThere(const YamlPlaces& places) const {
  for (const char* const path : {"basis", "kind", "states.exporting"}) {
    if (Fills(fields_, path)) continue;
    return places.Failure(
        "fields", std::string("fill no ") + path + "; expected a column or a constant for it");
  }
  if (!Fills(fields_, "date") && !Fills(fields_, "date.year")) {
    return places.Failure("fields", "fill no date; expected a column with a date_format");
  }
  for (size_t i = 0; i < lines_.size(); ++i) {
    const std::string key = Indexed("lines", static_cast<int>(i));
    const std::vector<FieldRule>& fields = lines_[i].fields;
    if (!Fills(fields, "category")) {
      return places.Failure(key, "fills no category; expected a column with codes, or a constant");
    }
    if (!Fills(fields, "value.units") && !Fills(fields, "quantity.amount")) {
      return places.Failure(key, "fills neither value.units nor quantity.amount; expected one");
    }
  }
  return absl::OkStatus();
}

std::string TransferMapping::WhySkipped(const SourceRow& row) const {
  if (std::all_of(row.begin(), row.end(), IsEmpty)) return "nothing stands in what is read of it";
  for (const Skip& skip : skips_) {
    if (skip.values.contains(WordOf(row[skip.position].value_or("")))) return skip.reason;
  }
  return "";
}

bool TransferMapping::IsThere(const Line& line, const SourceRow& row) {
  if (!line.present_if) return true;
  const std::optional<std::string>& cell = row[*line.present_if];
  return !IsEmpty(cell) && !line.absent_words.contains(WordOf(*cell));
}

void TransferMapping::AddVerbatim(const SourceRow& row, const Line& line, MappedRow* out,
                                  v1::TransferRecord* record) const {
  for (size_t i = 0; i < row.size(); ++i) {
    const bool belongs =
        !record_per_line_ || own_positions_.contains(i) || line.positions.contains(i);
    if (!row[i] || !belongs) continue;
    if (record->verbatim_size() == kVerbatimMax) {
      out->losses.push_back({table_.columns[i].name, "",
                             "this and later values are past the 128 that a record carries as "
                             "written",
                             false});
      return;
    }
    v1::VerbatimField* field = record->add_verbatim();
    field->set_name(table_.columns[i].name);
    field->set_value(*row[i]);
  }
}

MappedRow TransferMapping::Translate(const SourceRow& row) const {
  MappedRow out;
  SourceRow written(table_.columns.size());
  for (size_t i = 0; i < std::min(row.size(), written.size()); ++i) {
    if (!row[i]) continue;
    WrittenText text = ReadWritten(*row[i]);
    if (!text.changed.empty()) {
      out.losses.push_back({table_.columns[i].name,
                            std::string(CutText(text.text, kLossValueBytesMax)),
                            std::string(text.changed), false});
    }
    written[i] = std::move(text.text);
  }
  out.skipped = WhySkipped(written);
  if (!out.skipped.empty()) return out;

  v1::TransferRecord head;
  const bool head_made = FillRecord(fields_, written, &head, &out.losses);
  v1::TransferRecord record = head;
  bool any = false;
  for (size_t i = 0; i < lines_.size(); ++i) {
    if (!IsThere(lines_[i], written)) continue;
    any = true;
    v1::TransferLine line;
    line.set_number(static_cast<int>(i) + 1);
    const bool made = FillLine(lines_[i].fields, written, &line, &out.losses);
    if (!made || !head_made) {
      ++out.lines_lost;
      continue;
    }
    *record.add_lines() = std::move(line);
    if (!record_per_line_) continue;
    AddVerbatim(written, lines_[i], &out, &record);
    out.records.push_back(std::exchange(record, head));
  }
  if (!any) out.skipped = "none of the columns of its lines holds a transfer";
  if (!record.lines().empty()) {
    AddVerbatim(written, Line(), &out, &record);
    out.records.push_back(std::move(record));
  }
  return out;
}

}  // namespace tracegate
