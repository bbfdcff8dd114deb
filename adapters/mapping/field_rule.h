#ifndef TRACEGATE_ADAPTERS_MAPPING_FIELD_RULE_H_
#define TRACEGATE_ADAPTERS_MAPPING_FIELD_RULE_H_

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "adapters/mapping/date_format.h"
#include "adapters/mapping/number_format.h"
#include "adapters/mapping/source_table.h"
#include "adapters/mapping/target.h"
#include "protos/tracegate/config/yaml_places.h"
#include "tracegate/config/v1/mapping.pb.h"
#include "tracegate/v1/registry_record.pb.h"

namespace tracegate {

// Code tables by name.
using CodeTables = google::protobuf::Map<std::string, config::v1::CodeTable>;

// What a rule is made from: the mapping's code tables, and where its keys stood.
struct RuleContext {
  const CodeTables* code_tables = nullptr;
  const YamlPlaces* places = nullptr;
};

// What became of a rule's value.
enum class RuleOutcome {
  kNothing,  // there was none
  kPut,
  kLost,  // it, or its canonical word, could not be put
};

// One column, or a constant, put into one canonical field.
//
// Thread safety: immutable.
class FieldRule {
 public:
  // `key` is the rule's own path in the mapping, `root` the type it fills; its column is read from
  // `table`. Errors: CONFIG_INVALID with file and line.
  static absl::StatusOr<FieldRule> Create(const RuleContext& context,
                                          const config::v1::FieldMapping& field,
                                          const std::string& key,
                                          const google::protobuf::Descriptor& root,
                                          SourceTable* table);

  // Translates the value of `row`, whose texts are fit for a message. What could not be translated is
  // added to `losses` under `row_name` and the column's name, and left out of `root`, but for the
  // verbatim part of terms and countries. What was put may have a loss too, such as a century that was guessed.
  RuleOutcome Apply(const SourceRow& row, std::string_view row_name,
                    google::protobuf::Message* root,
                    std::vector<v1::TranslationLoss>* losses) const;

  // Whether there is something to translate. A constant is nothing by itself.
  bool HasValue(const SourceRow& row) const;

  bool is_constant() const { return column_.empty(); }
  bool required() const { return required_; }
  const std::string& column() const { return column_; }
  const Target& target() const { return target_; }

 private:
  explicit FieldRule(Target target) : target_(std::move(target)) {}

  absl::Status TakeFormats(const RuleContext& context, const config::v1::FieldMapping& field,
                           const std::string& key);
  absl::Status TakeCodes(const RuleContext& context, const config::v1::FieldMapping& field,
                         const std::string& key);
  absl::Status TakeConstant(const RuleContext& context, const config::v1::FieldMapping& field,
                            const std::string& key);
  RuleOutcome ApplyConstant(google::protobuf::Message* root) const;
  // The canonical word for `word`; nothing and a reason where there is none. A word may have a reason too.
  std::optional<std::string> Translate(const std::string& word, std::string* reason) const;
  std::optional<std::string> NameState(const std::string& word, std::string* reason) const;
  // Whether the day was put; a reason also where it was put but is not certain.
  bool PutDate(const std::string& word, google::protobuf::Message* root, std::string* reason) const;

  Target target_;
  std::string column_;
  size_t position_ = 0;
  std::string constant_;
  bool required_ = false;
  std::optional<DateFormat> date_format_;
  std::optional<NumberFormat> number_format_;
  bool state_names_ = false;
  std::string codes_name_;  // empty: values are not coded
  std::unordered_map<std::string, std::string> codes_;
  std::string otherwise_;
  bool others_say_nothing_ = false;
  std::vector<std::string> empty_words_;
};

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_MAPPING_FIELD_RULE_H_
