#include "adapters/mapping/record_writer.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "adapters/mapping/written_text.h"

namespace tracegate {
namespace {

using Day = std::tuple<int, int, int>;

// Oldest first. An event without a day stays behind the one that the registry put before it.
void SortEvents(google::protobuf::RepeatedPtrField<v1::LifeEvent>* events) {
  std::vector<std::pair<Day, v1::LifeEvent>> dated;
  Day last{};
  for (v1::LifeEvent& event : *events) {
    if (event.has_date()) last = {event.date().year(), event.date().month(), event.date().day()};
    dated.emplace_back(last, std::move(event));
  }
  std::stable_sort(dated.begin(), dated.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  for (size_t i = 0; i < dated.size(); ++i)
    (*events)[static_cast<int>(i)] = std::move(dated[i].second);
}

}  // namespace

SourceRow RecordWriter::KeepVerbatim(const SourceTable& table, const SourceRow& row,
                                     const std::string& row_name) {
  SourceRow kept(table.columns.size());
  for (size_t i = 0; i < std::min(row.size(), kept.size()); ++i) {
    if (!row[i]) continue;
    WrittenText written = ReadWritten(*row[i]);
    const std::string name = row_name + table.columns[i].name;
    if (!written.changed.empty()) Lose(name, CutText(written.text, 256), written.changed);
    verbatim_bytes_ += name.size() + written.text.size();
    if (verbatim_bytes_ <= kVerbatimBytesMax &&
        static_cast<size_t>(record_.verbatim_size()) < kVerbatimFieldsMax) {
      v1::VerbatimField* field = record_.add_verbatim();
      field->set_name(name);
      field->set_value(written.text);
    } else if (!std::exchange(verbatim_cut_, true)) {
      Lose(name, "", "this and later values are past what one record may carry as written");
    }
    kept[i] = std::move(written.text);
  }
  return kept;
}

void RecordWriter::Apply(const std::vector<FieldRule>& rules, const SourceRow& row,
                         std::string_view row_name, google::protobuf::Message* root) {
  for (const bool constants : {false, true}) {
    for (const FieldRule& rule : rules) {
      if (rule.is_constant() == constants) rule.Apply(row, row_name, root, &losses_);
    }
  }
}

void RecordWriter::Lose(std::string_view name, std::string_view value, std::string_view reason) {
  v1::TranslationLoss& loss = losses_.emplace_back();
  loss.set_name(std::string(name));
  loss.set_value(std::string(value));
  loss.set_reason(std::string(reason));
}

v1::RegistryRecord RecordWriter::Finish() {
  SortEvents(record_.mutable_events());
  const auto events = static_cast<size_t>(record_.events_size());
  if (events > kEventsMax) {
    Lose("", std::to_string(events), "more events than one record may carry; the oldest were kept");
    record_.mutable_events()->DeleteSubrange(kEventsMax, static_cast<int>(events - kEventsMax));
  }
  if (losses_.size() > kLossesMax) {
    const std::string count = std::to_string(losses_.size());
    losses_.resize(kLossesMax - 1);
    Lose("", count, "more losses than one record may tell; the first were kept");
  }
  record_.mutable_losses()->Assign(losses_.begin(), losses_.end());
  return std::move(record_);
}

}  // namespace tracegate
