#include "adapters/mapping/field_rule.h"

#include <algorithm>

#include "adapters/mapping/written_text.h"
#include "protos/tracegate/config/nearest_word.h"

namespace tracegate {
namespace {

using google::protobuf::Message;

constexpr size_t kLossValueBytesMax = 256;

std::string StatusText(const absl::Status& status) { return std::string(status.message()); }

std::vector<std::string> TableNames(const config::v1::Mapping& mapping) {
  std::vector<std::string> names;
  for (const auto& [name, table] : mapping.code_tables()) names.push_back(name);
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace

absl::StatusOr<FieldRule> FieldRule::Create(const RuleContext& context,
                                            const config::v1::FieldMapping& field,
                                            const std::string& key,
                                            const google::protobuf::Descriptor& root,
                                            SourceTable* table) {
  const YamlPlaces& places = *context.places;
  if (field.to().empty()) {
    return places.Failure(key + ".to", "is missing; expected a field such as firearm.manufacturer");
  }
  absl::StatusOr<Target> target = Target::Parse(field.to(), root);
  if (!target.ok()) return places.Failure(key + ".to", StatusText(target.status()));
  FieldRule rule(*std::move(target));

  if (field.column().empty() == field.constant().empty()) {
    return places.Failure(key, "has both column and constant, or neither; expected one of them");
  }
  const bool is_date = rule.target_.kind() == Target::Kind::kDate;
  if (is_date != !field.date_format().empty()) {
    return places.Failure(
        key + ".date_format",
        is_date ? "is missing; expected such as %d.%m.%Y, as " + field.to() + " is a day"
                : "is set, but " + field.to() + " is no day; expected it left out");
  }
  if (is_date) {
    absl::StatusOr<DateFormat> format = DateFormat::Parse(field.date_format());
    if (!format.ok()) return places.Failure(key + ".date_format", StatusText(format.status()));
    rule.date_format_ = *std::move(format);
  }
  rule.required_ = field.required();
  if (absl::Status taken = rule.TakeCodes(context, field, key); !taken.ok()) return taken;

  if (!field.column().empty()) {
    rule.column_ = field.column();
    rule.position_ = table->Read(field.column(), key + ".column");
    return rule;
  }
  rule.constant_ = WordOf(field.constant());
  const std::string problem = is_date || !field.codes().empty() || field.required()
                                  ? "stands beside codes, date_format or required"
                                  : rule.target_.ProblemWith(rule.constant_);
  if (!problem.empty()) {
    return places.Failure(key + ".constant", "'" + field.constant() + "': " + problem);
  }
  return rule;
}

absl::Status FieldRule::TakeCodes(const RuleContext& context, const config::v1::FieldMapping& field,
                                  const std::string& key) {
  if (field.codes().empty()) return absl::OkStatus();
  const auto& tables = context.mapping->code_tables();
  const auto found = tables.find(field.codes());
  if (found == tables.end()) {
    return context.places->Failure(key + ".codes",
                                   "'" + field.codes() + "' is no code table" +
                                       InsteadOf(field.codes(), TableNames(*context.mapping)));
  }
  if (target_.kind() == Target::Kind::kDate) {
    return context.places->Failure(key + ".codes", "is set for a day; expected it left out");
  }
  const config::v1::CodeTable& table = found->second;
  const std::string table_key = "code_tables." + field.codes();
  const auto check = [&](const std::string& word, const std::string& word_key) {
    const std::string problem = word.empty() ? "" : target_.ProblemWith(word);
    if (problem.empty()) return absl::OkStatus();
    return context.places->Failure(
        word_key, "'" + word + "', which " + key + " puts into " + field.to() + ": " + problem);
  };
  for (const auto& [code, word] : table.codes()) {
    const std::string code_key = table_key + ".codes." + code;
    if (absl::Status checked = check(word, code_key); !checked.ok()) return checked;
    if (!codes_.emplace(WordOf(code), word).second) {
      return context.places->Failure(code_key,
                                     "is the same code as another but for blanks or accents "
                                     "written in another way; expected once");
    }
  }
  codes_name_ = field.codes();
  otherwise_ = table.otherwise();
  return check(otherwise_, table_key + ".otherwise");
}

bool FieldRule::HasValue(const SourceRow& row) const {
  if (is_constant() || position_ >= row.size() || !row[position_]) return false;
  return row[position_]->find_first_not_of(" \t\r\n") != std::string::npos;
}

void FieldRule::Apply(const SourceRow& row, std::string_view row_name, Message* root,
                      std::vector<v1::TranslationLoss>* losses) const {
  if (is_constant()) {
    // By itself it would make a holder of whom nothing is known but the kind.
    if (!target_.HasParent(*root)) return;
    target_.PutVerbatim(constant_, root);
    if (target_.kind() != Target::Kind::kTerm) target_.Put(constant_, root);
    return;
  }
  const auto lose = [&](std::string_view value, const std::string& reason) {
    v1::TranslationLoss& loss = losses->emplace_back();
    loss.set_name(std::string(row_name) + column_);
    loss.set_value(std::string(CutText(value, kLossValueBytesMax)));
    loss.set_reason(reason);
  };
  if (!HasValue(row)) {
    if (required_) lose("", "required but empty");
    return;
  }
  const std::string word = WordOf(*row[position_]);
  if (date_format_) {
    const std::string reason = ReadDate(word, root);
    if (!reason.empty()) lose(word, reason);
    return;
  }
  if (target_.kind() == Target::Kind::kTerm || target_.kind() == Target::Kind::kCountry) {
    if (word.size() > target_.BytesMax()) {
      return lose(word, "longer than the " + std::to_string(target_.BytesMax()) + " bytes of " +
                            target_.path());
    }
    target_.PutVerbatim(word, root);
    if (codes_name_.empty()) return;
  }
  std::string reason;
  const std::optional<std::string> canonical = Translate(word, &reason);
  if (!canonical) return lose(word, reason);
  if (!canonical->empty()) target_.Put(*canonical, root);
}

std::optional<std::string> FieldRule::Translate(const std::string& word,
                                                std::string* reason) const {
  if (codes_name_.empty()) {
    *reason = target_.ProblemWith(word);
    return reason->empty() ? std::optional(word) : std::nullopt;
  }
  const auto found = codes_.find(word);
  if (found != codes_.end()) return found->second;
  if (!otherwise_.empty()) return otherwise_;
  *reason = "code not in the table '" + codes_name_ + "'";
  return std::nullopt;
}

std::string FieldRule::ReadDate(const std::string& word, Message* root) const {
  const absl::StatusOr<v1::Date> date = date_format_->Read(word);
  if (!date.ok()) return StatusText(date.status());
  target_.MutableValue(root)->CopyFrom(*date);
  if (!date_format_->guesses_century()) return "";
  return "two-digit year, read as " + std::to_string(date->year());
}

}  // namespace tracegate
