#ifndef TRACEGATE_ADAPTERS_MAPPING_RECORD_WRITER_H_
#define TRACEGATE_ADAPTERS_MAPPING_RECORD_WRITER_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/mapping/field_rule.h"
#include "adapters/mapping/source_table.h"
#include "tracegate/v1/registry_record.pb.h"

namespace tracegate {

// Bounds of one record; what is past them is told as a loss.
inline constexpr size_t kVerbatimFieldsMax = 1'000;
inline constexpr size_t kVerbatimBytesMax = 256 << 10;
inline constexpr size_t kLossesMax = 1'000;
inline constexpr size_t kEventsMax = 256;

// One record while it is being translated.
class RecordWriter {
 public:
  // Keeps every value of a row as it was written, under `row_name` and the column's name, and returns
  // the row with texts fit for a message.
  SourceRow KeepVerbatim(const SourceTable& table, const SourceRow& row,
                         const std::string& row_name);

  // Applies the rules: columns first, constants after, since a constant belongs to what columns said.
  void Apply(const std::vector<FieldRule>& rules, const SourceRow& row, std::string_view row_name,
             google::protobuf::Message* root);

  void Lose(std::string_view name, std::string_view value, std::string_view reason);

  // The record with its events put in order and within its bounds.
  v1::RegistryRecord Finish();

  v1::RegistryRecord& record() { return record_; }

 private:
  v1::RegistryRecord record_;
  std::vector<v1::TranslationLoss> losses_;
  size_t verbatim_bytes_ = 0;
  bool verbatim_cut_ = false;
};

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_MAPPING_RECORD_WRITER_H_
