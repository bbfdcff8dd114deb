#include "adapters/mapping/field_rule.h"

#include <algorithm>

#include "adapters/mapping/written_text.h"
#include "adapters/marking/states.h"
#include "adapters/marking/words.h"
#include "protos/tracegate/config/nearest_word.h"
#include "tracegate/v1/transfer.pb.h"

namespace tracegate {
namespace {

using google::protobuf::Message;

constexpr size_t kLossValueBytesMax = 256;

std::string StatusText(const absl::Status& status) { return std::string(status.message()); }

std::vector<std::string> TableNames(const CodeTables& tables) {
  std::vector<std::string> names;
  for (const auto& [name, table] : tables) names.push_back(name);
  std::sort(names.begin(), names.end());
  return names;
}

bool IsAmount(Target::Kind kind) {
  return kind == Target::Kind::kAmount || kind == Target::Kind::kDecimal;
}

}  // namespace

absl::StatusOr<FieldRule> FieldRule::Create(const RuleContext& context,
                                            const config::v1::FieldMapping& field,
                                            const std::string& key,
                                            const google::protobuf::Descriptor& root,
                                            SourceTable* table) {
  const YamlPlaces& places = *context.places;
  if (field.to().empty()) {
    return places.Failure(key + ".to", "is missing; expected a field such as " +
                                           (&root == v1::TransferRecord::descriptor()
                                                ? std::string("states.importing")
                                                : std::string("firearm.manufacturer")));
  }
  absl::StatusOr<Target> target = Target::Parse(field.to(), root);
  if (!target.ok()) return places.Failure(key + ".to", StatusText(target.status()));
  FieldRule rule(*std::move(target));

  if (field.column().empty() == field.constant().empty()) {
    return places.Failure(key, "has both column and constant, or neither; expected one of them");
  }
  rule.required_ = field.required();
  for (const std::string& word : field.empty_words()) rule.empty_words_.push_back(WordOf(word));
  absl::Status taken = rule.TakeFormats(context, field, key);
  if (taken.ok()) taken = rule.TakeCodes(context, field, key);
  if (taken.ok() && field.column().empty()) taken = rule.TakeConstant(context, field, key);
  if (!taken.ok()) return taken;
  if (!field.column().empty()) {
    rule.column_ = field.column();
    rule.position_ = table->Read(field.column(), key + ".column");
  }
  return rule;
}

absl::Status FieldRule::TakeFormats(const RuleContext& context,
                                    const config::v1::FieldMapping& field, const std::string& key) {
  const YamlPlaces& places = *context.places;
  const bool is_date = target_.kind() == Target::Kind::kDate;
  if (is_date != !field.date_format().empty()) {
    return places.Failure(
        key + ".date_format",
        is_date ? "is missing; expected such as %d.%m.%Y, as " + field.to() + " is a day"
                : "is set, but " + field.to() + " is no day; expected it left out");
  }
  if (is_date) {
    absl::StatusOr<DateFormat> format = DateFormat::Parse(field.date_format());
    if (!format.ok()) return places.Failure(key + ".date_format", StatusText(format.status()));
    date_format_ = *std::move(format);
  }
  if (field.has_number() && !IsAmount(target_.kind())) {
    return places.Failure(key + ".number",
                          "is set, but " + field.to() + " is no amount; expected it left out");
  }
  if (IsAmount(target_.kind())) {
    absl::StatusOr<NumberFormat> format = NumberFormat::Create(field.number());
    if (!format.ok()) return places.Failure(key + ".number", StatusText(format.status()));
    number_format_ = *std::move(format);
  }
  state_names_ = field.state_names();
  if (state_names_ && target_.kind() != Target::Kind::kState &&
      target_.kind() != Target::Kind::kCountry) {
    return places.Failure(key + ".state_names",
                          "is set, but " + field.to() + " is no State; expected it left out");
  }
  return absl::OkStatus();
}

absl::Status FieldRule::TakeConstant(const RuleContext& context,
                                     const config::v1::FieldMapping& field,
                                     const std::string& key) {
  constant_ = WordOf(field.constant());
  const bool is_read = date_format_ || state_names_ || field.has_number() ||
                       !field.codes().empty() || !empty_words_.empty();
  const std::string problem =
      is_read ? "stands beside codes, date_format, number, state_names or empty_words, which are "
                "for columns"
              : target_.ProblemWith(constant_);
  if (problem.empty()) return absl::OkStatus();
  return context.places->Failure(key + ".constant", "'" + field.constant() + "': " + problem);
}

absl::Status FieldRule::TakeCodes(const RuleContext& context, const config::v1::FieldMapping& field,
                                  const std::string& key) {
  if (field.codes().empty()) return absl::OkStatus();
  const CodeTables& tables = *context.code_tables;
  const auto found = tables.find(field.codes());
  if (found == tables.end()) {
    return context.places->Failure(
        key + ".codes",
        "'" + field.codes() + "' is no code table" + InsteadOf(field.codes(), TableNames(tables)));
  }
  if (target_.kind() == Target::Kind::kDate || IsAmount(target_.kind())) {
    return context.places->Failure(key + ".codes",
                                   "is set for a day or an amount; expected it left out");
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
  others_say_nothing_ = table.others_say_nothing();
  if (others_say_nothing_ && !otherwise_.empty()) {
    return context.places->Failure(table_key + ".others_say_nothing",
                                   "stands beside otherwise; expected one of them");
  }
  return check(otherwise_, table_key + ".otherwise");
}

bool FieldRule::HasValue(const SourceRow& row) const {
  if (is_constant() || position_ >= row.size() || !row[position_]) return false;
  if (row[position_]->find_first_not_of(" \t\r\n") == std::string::npos) return false;
  return empty_words_.empty() || std::find(empty_words_.begin(), empty_words_.end(),
                                           WordOf(*row[position_])) == empty_words_.end();
}

RuleOutcome FieldRule::ApplyConstant(Message* root) const {
  // By itself it would make a holder of whom nothing is known but the kind.
  if (!required_ && !target_.HasParent(*root)) return RuleOutcome::kNothing;
  target_.PutVerbatim(constant_, root);
  if (target_.kind() != Target::Kind::kTerm) target_.Put(constant_, root);
  return RuleOutcome::kPut;
}

RuleOutcome FieldRule::Apply(const SourceRow& row, std::string_view row_name, Message* root,
                             std::vector<v1::TranslationLoss>* losses) const {
  if (is_constant()) return ApplyConstant(root);
  const auto tell = [&](std::string_view value, const std::string& reason) {
    v1::TranslationLoss& loss = losses->emplace_back();
    loss.set_name(std::string(row_name) + column_);
    loss.set_value(std::string(CutText(value, kLossValueBytesMax)));
    loss.set_reason(reason);
    return RuleOutcome::kLost;
  };
  if (!HasValue(row)) return required_ ? tell("", "required but empty") : RuleOutcome::kNothing;
  const std::string word = WordOf(*row[position_]);
  std::string reason;
  if (date_format_) {
    const bool put = PutDate(word, root, &reason);
    if (!reason.empty()) tell(word, reason);
    return put ? RuleOutcome::kPut : RuleOutcome::kLost;
  }
  if (target_.kind() == Target::Kind::kTerm || target_.kind() == Target::Kind::kCountry) {
    if (word.size() > target_.BytesMax()) {
      return tell(word, "longer than the " + std::to_string(target_.BytesMax()) + " bytes of " +
                            target_.path());
    }
    target_.PutVerbatim(word, root);
    if (codes_name_.empty() && !state_names_) return RuleOutcome::kPut;
  }
  const std::optional<std::string> canonical = Translate(word, &reason);
  if (!reason.empty()) tell(word, reason);
  if (!canonical) return RuleOutcome::kLost;
  if (canonical->empty()) return RuleOutcome::kNothing;
  target_.Put(*canonical, root);
  return RuleOutcome::kPut;
}

std::optional<std::string> FieldRule::Translate(const std::string& word,
                                                std::string* reason) const {
  const auto found = codes_.find(word);
  if (found != codes_.end()) return found->second;
  if (state_names_) {
    const std::optional<std::string> state = NameState(word, reason);
    if (state || (otherwise_.empty() && !others_say_nothing_)) return state;
    reason->clear();
  }
  if (!otherwise_.empty() || others_say_nothing_) return otherwise_;
  if (!codes_name_.empty()) {
    *reason = "code not in the table '" + codes_name_ + "'";
    return std::nullopt;
  }
  std::string canonical = word;
  if (number_format_) {
    absl::StatusOr<ReadNumber> number = number_format_->Read(word);
    if (!number.ok()) {
      *reason = StatusText(number.status());
      return std::nullopt;
    }
    canonical = number->text;
    if (number->rounded) *reason = "rounded to " + number->text;
  }
  const std::string problem = target_.ProblemWith(canonical);
  if (problem.empty()) return canonical;
  *reason = problem;
  return std::nullopt;
}

std::optional<std::string> FieldRule::NameState(const std::string& word,
                                                std::string* reason) const {
  // "N/A" is no Namibia.
  const State* state = TellsNothing(word) ? nullptr : StateCatalogue::Standard().Named(word);
  if (state == nullptr) {
    *reason = "names no State that is known; a code table may say which it is";
    return std::nullopt;
  }
  if (!state->IsFormer() || target_.kind() == Target::Kind::kCountry) return state->code;
  *reason =
      "names " + state->name + ", which is no State any more; a code table may say which it is";
  return std::nullopt;
}

bool FieldRule::PutDate(const std::string& word, Message* root, std::string* reason) const {
  const absl::StatusOr<v1::Date> date = date_format_->Read(word);
  if (!date.ok()) {
    *reason = StatusText(date.status());
    return false;
  }
  target_.MutableValue(root)->CopyFrom(*date);
  if (date_format_->guesses_century()) {
    *reason = "two-digit year, read as " + std::to_string(date->year());
  }
  return true;
}

}  // namespace tracegate
