#include "adapters/mapping/mapping.h"

#include <algorithm>

#include "adapters/mapping/record_writer.h"
#include "adapters/mapping/rule_list.h"
#include "adapters/mapping/written_text.h"
#include "protos/tracegate/config/nearest_word.h"
#include "protos/tracegate/config/yaml_message.h"
#include "protos/tracegate/config/yaml_scalar.h"

namespace tracegate {
namespace {

constexpr size_t kRecordNumberBytesMax = 128;  // registry_record.proto

absl::Status CheckNames(const SourceTable& table, const YamlPlaces& places) {
  absl::Status checked = CheckName(table.name, table.mapping_key, places);
  checked.Update(CheckColumns(table, places));
  return checked;
}

// The rule that says what kind of event a row is.
absl::StatusOr<FieldRule> KindRule(const RuleContext& context,
                                   const config::v1::EventMapping& event, const std::string& key,
                                   SourceTable* table) {
  const YamlPlaces& places = *context.places;
  config::v1::FieldMapping field;
  field.set_to("kind");
  if (event.kind().empty() == event.kind_column().empty()) {
    return places.Failure(key, "has both kind and kind_column, or neither; expected one of them");
  }
  if (!event.kind().empty()) {
    const auto& kinds = *v1::LifeEventKind_descriptor();
    if (EnumValueNamed(event.kind(), kinds) == nullptr) {
      return places.Failure(key + ".kind", "'" + event.kind() + "' is no LifeEventKind" +
                                               InsteadOf(event.kind(), EnumNames(kinds)));
    }
    if (!event.kind_codes().empty()) {
      return places.Failure(key + ".kind_codes", "stands beside kind; expected kind_column");
    }
    field.set_constant(event.kind());
  } else {
    if (!event.kind_codes().empty() && context.code_tables->count(event.kind_codes()) == 0) {
      return places.Failure(key + ".kind_codes", "'" + event.kind_codes() + "' is no code table");
    }
    table->Read(event.kind_column(), key + ".kind_column");
    field.set_column(event.kind_column());
    field.set_codes(event.kind_codes());
    field.set_required(true);
  }
  return FieldRule::Create(context, field, key, *v1::LifeEvent::descriptor(), table);
}

}  // namespace

absl::StatusOr<Mapping> Mapping::Load(const std::string& path) {
  config::v1::Mapping proto;
  YamlPlaces places;
  if (absl::Status read = ReadYamlMessage(path, &proto, &places); !read.ok()) return read;
  return Create(proto, places);
}

absl::StatusOr<Mapping> Mapping::Create(const config::v1::Mapping& proto,
                                        const YamlPlaces& places) {
  const RuleContext context{&proto.code_tables(), &places};
  Mapping mapping;
  mapping.records_.name = proto.source();
  mapping.records_.mapping_key = "source";
  mapping.records_.record_number = proto.record_number();
  mapping.record_number_ = mapping.records_.Read(proto.record_number(), "record_number");
  mapping.records_.Read(proto.serial_search().column(), "serial_search.column");
  mapping.serial_search_ = proto.serial_search();

  auto character_set = CharacterSet::Named(proto.character_set());
  if (!character_set.ok()) {
    return places.Failure("character_set", "'" + proto.character_set() + "' " +
                                               std::string(character_set.status().message()));
  }
  mapping.character_set_ = *std::move(character_set);

  absl::Status added = mapping.AddRecordFields(proto, context);
  for (int i = 0; added.ok() && i < proto.events_size(); ++i) {
    added = mapping.AddEvent(proto.events(i), context, Indexed("events", i));
  }
  if (added.ok()) added = CheckNames(mapping.records_, places);
  // A code table's name stands in what is told as lost.
  for (const auto& [name, table] : proto.code_tables()) {
    added.Update(CheckName(name, "code_tables", places));
  }
  for (const SourceTable& table : mapping.related_) added.Update(CheckNames(table, places));
  if (!added.ok()) return added;
  return mapping;
}

absl::Status Mapping::AddRecordFields(const config::v1::Mapping& proto,
                                      const RuleContext& context) {
  const auto& root = *v1::RegistryRecord::descriptor();
  const YamlPlaces& places = *context.places;
  const auto add = [&](const config::v1::FieldMapping& field, const std::string& key) {
    absl::StatusOr<FieldRule> rule = FieldRule::Create(context, field, key, root, &records_);
    return rule.ok() ? AddRule(*std::move(rule), key, places, &fields_) : rule.status();
  };
  const auto& fields = proto.fields();
  if (fields.empty()) return places.Failure("fields", "is empty; expected at least one field");
  for (int i = 0; i < fields.size(); ++i) {
    if (absl::Status added = add(fields[i], Indexed("fields", i)); !added.ok()) return added;
  }

  // What the mapping need not say: the serial number is what is searched by, and a coded type keeps
  // the registry's own word beside it.
  config::v1::FieldMapping implied;
  if (!Fills(fields_, "firearm.serial_number")) {
    implied.set_column(proto.serial_search().column());
    implied.set_to("firearm.serial_number");
    if (absl::Status added = add(implied, "serial_search"); !added.ok()) return added;
  }
  for (int i = 0; i < fields.size(); ++i) {
    if (fields[i].to() != "firearm.type" || fields[i].column().empty()) continue;
    if (Fills(fields_, "firearm.type_verbatim")) continue;
    implied.set_column(fields[i].column());
    implied.set_to("firearm.type_verbatim");
    if (absl::Status added = add(implied, Indexed("fields", i)); !added.ok()) return added;
  }
  return absl::OkStatus();
}

absl::Status Mapping::AddEvent(const config::v1::EventMapping& proto, const RuleContext& context,
                               const std::string& key) {
  const YamlPlaces& places = *context.places;
  EventRule event;
  event.key = key;
  if (proto.source().empty() && !proto.record_number().empty()) {
    return places.Failure(event.key,
                          "has record_number without source; expected both, or neither "
                          "where the event stands in the record's own row");
  }
  if (proto.source().empty() && !proto.order_by().empty()) {
    return places.Failure(event.key + ".order_by", "orders a single row; expected it with source");
  }
  SourceTable* table = &records_;
  if (!proto.source().empty()) {
    const auto same = std::find_if(related_.begin(), related_.end(), [&](const SourceTable& other) {
      return other.name == proto.source() && other.record_number == proto.record_number() &&
             other.order_by == proto.order_by();
    });
    event.table = static_cast<int>(same - related_.begin());
    if (same == related_.end()) related_.emplace_back();
    table = &related_[static_cast<size_t>(event.table)];
    table->name = proto.source();
    table->record_number = proto.record_number();
    table->order_by = proto.order_by();
    if (table->mapping_key.empty()) table->mapping_key = event.key + ".source";
    if (!proto.record_number().empty()) {
      table->Read(proto.record_number(), event.key + ".record_number");
    }
    if (!proto.order_by().empty()) table->Read(proto.order_by(), event.key + ".order_by");
  }
  if (!proto.present_if().empty()) {
    event.present_if = static_cast<int>(table->Read(proto.present_if(), event.key + ".present_if"));
  }
  absl::StatusOr<FieldRule> kind = KindRule(context, proto, event.key, table);
  if (!kind.ok()) return kind.status();
  event.fields.push_back(*std::move(kind));
  for (int i = 0; i < proto.fields_size(); ++i) {
    const std::string key = event.key + "." + Indexed("fields", i);
    absl::StatusOr<FieldRule> rule =
        FieldRule::Create(context, proto.fields(i), key, *v1::LifeEvent::descriptor(), table);
    if (!rule.ok()) return rule.status();
    absl::Status added = AddRule(*std::move(rule), key, places, &event.fields);
    if (!added.ok()) return added;
  }
  events_.push_back(std::move(event));
  return absl::OkStatus();
}

std::string Mapping::KeyOfListInRecord() const {
  const auto list = std::find_if(related_.begin(), related_.end(), [](const SourceTable& table) {
    return table.record_number.empty();
  });
  return list == related_.end() ? "" : list->mapping_key;
}

std::string Mapping::KeyOfOtherTable() const {
  const auto other = std::find_if(related_.begin(), related_.end(), [](const SourceTable& table) {
    return !table.record_number.empty();
  });
  return other == related_.end() ? "" : other->mapping_key;
}

bool Mapping::Exists(const EventRule& event, const SourceRow& row) {
  if (event.present_if >= 0) {
    const auto& value = row[static_cast<size_t>(event.present_if)];
    return value && value->find_first_not_of(" \t\r\n") != std::string::npos;
  }
  // A row of another table is an event by being there; columns of the record's own say it by a value.
  return event.table >= 0 || std::any_of(event.fields.begin(), event.fields.end(),
                                         [&](const FieldRule& rule) { return rule.HasValue(row); });
}

v1::RegistryRecord Mapping::Translate(const SourceRow& row,
                                      const std::vector<std::vector<SourceRow>>& rows) const {
  RecordWriter writer;
  const SourceRow own = writer.KeepVerbatim(records_, row, "");
  const std::string number = WordOf(own[record_number_].value_or(""));
  if (number.empty() || number.size() > kRecordNumberBytesMax) {
    writer.Lose(records_.record_number, CutText(number, kRecordNumberBytesMax),
                number.empty() ? "required but empty" : "longer than 128 bytes and was cut");
  }
  writer.record().set_record_number(std::string(CutText(number, kRecordNumberBytesMax)));
  writer.Apply(fields_, own, "", &writer.record());

  const auto apply_event = [&](const EventRule& event, const SourceRow& event_row,
                               const std::string& row_name) {
    if (!Exists(event, event_row)) return;
    writer.Apply(event.fields, event_row, row_name, writer.record().add_events());
  };
  for (const EventRule& event : events_) {
    if (event.table < 0) apply_event(event, own, "");
  }
  for (size_t i = 0; i < std::min(rows.size(), related_.size()); ++i) {
    const size_t count = std::min(rows[i].size(), kRelatedRowsMax);
    if (rows[i].size() > count) {
      writer.Lose(related_[i].name, "", "more rows about the record than are read; the first were");
    }
    for (size_t j = 0; j < count; ++j) {
      const std::string row_name = Indexed(related_[i].name, static_cast<int>(j)) + ".";
      const SourceRow written = writer.KeepVerbatim(related_[i], rows[i][j], row_name);
      for (const EventRule& event : events_) {
        if (event.table == static_cast<int>(i)) apply_event(event, written, row_name);
      }
    }
  }
  return writer.Finish();
}

}  // namespace tracegate
