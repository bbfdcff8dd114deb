#include "adapters/mapping/target.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <iterator>
#include <optional>

#include "absl/status/status.h"
#include "protos/tracegate/config/nearest_word.h"
#include "protos/tracegate/config/yaml_scalar.h"
#include "tracegate/v1/bounds.pb.h"
#include "tracegate/v1/firearm.pb.h"
#include "tracegate/v1/transfer.pb.h"

namespace tracegate {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

constexpr size_t kTextBytesMax = 4096;  // bounds.proto: of a string without a bound of its own

absl::Status Wrong(const std::string& problem) { return absl::InvalidArgumentError(problem); }

bool IsUpper(std::string_view text) {
  return text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ") == std::string_view::npos;
}

// The parts of a record that the mapping fills in other ways.
bool IsFilledOtherwise(const FieldDescriptor& field) {
  static constexpr std::string_view kNames[] = {
      "RegistryRecord.record_number", "RegistryRecord.events", "RegistryRecord.verbatim",
      "RegistryRecord.losses",        "TransferRecord.lines",  "TransferRecord.verbatim",
      "TransferRecord.assessment",    "TransferLine.number",   "Money.nanos",
  };
  const std::string name = field.containing_type()->name() + "." + field.name();
  return std::find(std::begin(kNames), std::end(kNames), name) != std::end(kNames);
}

// A row of a file of transfers may put one entry into each of their lists.
bool IsListOfTransfer(const FieldDescriptor& field) {
  return field.containing_type()->file() == v1::TransferRecord::descriptor()->file();
}

bool NamesState(const std::string& name) {
  static constexpr std::string_view kNames[] = {
      "state",     "from_state", "to_state",       "issuing_state",    "exporting",
      "importing", "transit",    "trans_shipment", "final_destination"};
  return std::find(std::begin(kNames), std::end(kNames), name) != std::end(kNames);
}

bool IsMoney(const FieldDescriptor& field) {
  return field.containing_type() == v1::Money::descriptor();
}

// A number such as 1234.5 in whole units and billionths.
struct Decimal {
  int64_t units = 0;
  int32_t nanos = 0;
};

std::optional<Decimal> ReadDecimal(std::string_view word) {
  Decimal decimal;
  const size_t point = word.find('.');
  const std::string_view whole = word.substr(0, point);
  std::string parts(point == std::string_view::npos ? "" : word.substr(point + 1));
  if (parts.size() > 9 || whole.empty()) return std::nullopt;
  parts.resize(9, '0');
  const auto all_digits = [](std::string_view text) {
    return text.find_first_not_of("0123456789") == std::string_view::npos;
  };
  if (!all_digits(whole) || !all_digits(parts)) return std::nullopt;
  const auto [end, error] =
      std::from_chars(whole.data(), whole.data() + whole.size(), decimal.units);
  if (error != std::errc()) return std::nullopt;
  std::from_chars(parts.data(), parts.data() + parts.size(), decimal.nanos);
  return decimal;
}

// Why a text cannot stand in a field of which more is known than its length.
std::string ProblemWithText(const FieldDescriptor& field, std::string_view word) {
  if (IsMoney(field) && (word.size() != 3 || !IsUpper(word))) {
    return "no ISO 4217 code such as EUR";
  }
  const bool digits = word.find_first_not_of("0123456789") == std::string_view::npos;
  if (field.name() == "hs_code" && (word.size() < 4 || word.size() > 10 || !digits)) {
    return "no code of the Harmonised System, 4 to 10 digits such as 930200";
  }
  return "";
}

std::vector<std::string> FieldNames(const Descriptor& type) {
  std::vector<std::string> names;
  for (int i = 0; i < type.field_count(); ++i) {
    if (!IsFilledOtherwise(*type.field(i))) names.push_back(type.field(i)->name());
  }
  return names;
}

absl::StatusOr<Target::Kind> KindOf(const FieldDescriptor& field) {
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING: {
      return NamesState(field.name()) ? Target::Kind::kState : Target::Kind::kText;
    }
    case FieldDescriptor::CPPTYPE_ENUM: return Target::Kind::kEnum;
    case FieldDescriptor::CPPTYPE_BOOL: return Target::Kind::kYesNo;
    case FieldDescriptor::CPPTYPE_INT64:
      return IsMoney(field) ? Target::Kind::kDecimal : Target::Kind::kAmount;
    case FieldDescriptor::CPPTYPE_INT32: return Target::Kind::kNumber;
    case FieldDescriptor::CPPTYPE_MESSAGE: {
      if (field.message_type() == v1::Term::descriptor()) return Target::Kind::kTerm;
      if (field.message_type() == v1::Country::descriptor()) return Target::Kind::kCountry;
      if (field.message_type() == v1::Date::descriptor()) return Target::Kind::kDate;
      return Wrong("holds several fields" + InsteadOf("", FieldNames(*field.message_type())));
    }
    default: return Wrong("cannot be translated into");
  }
}

// Least and greatest number that a field can have, as its comment in the proto says.
struct Range {
  int32_t min, max;
};

Range RangeOf(const FieldDescriptor& field) {
  if (field.name() == "month") return {1, 12};
  if (field.name() == "day") return {1, 31};
  return {1, 9999};  // years
}

// The message in a field; of a list the first.
Message* MutableStep(Message* message, const FieldDescriptor* step) {
  const auto& reflection = *message->GetReflection();
  if (!step->is_repeated()) return reflection.MutableMessage(message, step);
  if (reflection.FieldSize(*message, step) == 0) return reflection.AddMessage(message, step);
  return reflection.MutableRepeatedMessage(message, step, 0);
}

}  // namespace

absl::StatusOr<Target> Target::Parse(std::string_view path, const Descriptor& root) {
  Target target;
  target.path_ = std::string(path);
  const Descriptor* type = &root;
  std::string_view rest = path;
  while (true) {
    const size_t dot = rest.find('.');
    const std::string name(rest.substr(0, dot));
    const std::string so_far(path.substr(0, path.size() - rest.size() + name.size()));
    const FieldDescriptor* field = type->FindFieldByName(name);
    if (field == nullptr || IsFilledOtherwise(*field)) {
      return Wrong("'" + so_far + "': no field of " + type->name() + " to translate into" +
                   InsteadOf(name, FieldNames(*type)));
    }
    // A list of enum values collects what several columns say; other lists need more than a path.
    if (field->is_repeated() && field->cpp_type() != FieldDescriptor::CPPTYPE_ENUM &&
        !IsListOfTransfer(*field)) {
      return Wrong("'" + so_far +
                   "' is a list, which one column cannot fill; expected a single field");
    }
    target.steps_.push_back(field);
    if (dot == std::string_view::npos) break;
    const absl::StatusOr<Kind> kind = KindOf(*field);
    const bool is_whole = kind.ok() && *kind != Kind::kDate;
    if (is_whole)
      return Wrong("'" + so_far + "' is filled as a whole; expected it without ." +
                   std::string(rest.substr(dot + 1)));
    type = field->message_type();
    rest.remove_prefix(dot + 1);
  }
  absl::StatusOr<Kind> kind = KindOf(*target.steps_.back());
  if (!kind.ok()) return Wrong("'" + target.path_ + "' " + std::string(kind.status().message()));
  target.kind_ = *kind;
  return target;
}

std::string Target::ProblemWith(std::string_view word) const {
  switch (kind_) {
    case Kind::kText:
    case Kind::kTerm:
      if (word.size() <= BytesMax()) return ProblemWithText(field(), word);
      return "longer than the " + std::to_string(BytesMax()) + " bytes of " + path_;
    case Kind::kState:
      return word.size() == 2 && IsUpper(word) ? "" : "no ISO 3166-1 alpha-2 code such as DE";
    case Kind::kCountry:
      if ((word.size() == 2 || word.size() == 4) && IsUpper(word)) return "";
      return "no ISO 3166-1 alpha-2 or 3166-3 alpha-4 code such as DE or YUCS";
    case Kind::kEnum: {
      if (EnumValueNamed(word, *field().enum_type()) != nullptr) return "";
      return "no " + field().enum_type()->name() + InsteadOf(word, EnumNames(*field().enum_type()));
    }
    case Kind::kNumber: {
      const auto [min, max] = RangeOf(field());
      int32_t number = 0;
      const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), number);
      const bool fits = error == std::errc() && end == word.data() + word.size() && number >= min &&
                        number <= max;
      return fits ? "" : "no number from " + std::to_string(min) + " to " + std::to_string(max);
    }
    case Kind::kYesNo: return word == "true" || word == "false" ? "" : "neither true nor false";
    case Kind::kAmount: {
      const std::optional<Decimal> read = ReadDecimal(word);
      return read && read->units > 0 && read->nanos == 0 ? "" : "no whole number from 1";
    }
    case Kind::kDecimal: return ReadDecimal(word) ? "" : "no number such as 1234.5, not below 0";
    case Kind::kDate: break;
  }
  return "a day is read by its date_format";
}

void Target::Put(std::string_view word, Message* root) const {
  Message* parent = MutableParent(root);
  const auto& reflection = *parent->GetReflection();
  switch (kind_) {
    case Kind::kText:
    case Kind::kState:
      if (field().is_repeated()) {
        reflection.AddString(parent, &field(), std::string(word));
      } else {
        reflection.SetString(parent, &field(), std::string(word));
      }
      break;
    case Kind::kTerm:
      static_cast<v1::Term*>(MutableValue(root))->set_canonical(std::string(word));
      break;
    case Kind::kCountry:
      static_cast<v1::Country*>(MutableValue(root))->set_iso_code(std::string(word));
      break;
    case Kind::kEnum: {
      const auto* value = EnumValueNamed(word, *field().enum_type());
      if (field().is_repeated()) {
        reflection.AddEnum(parent, &field(), value);
      } else {
        reflection.SetEnum(parent, &field(), value);
      }
      break;
    }
    case Kind::kNumber: {
      int32_t number = 0;
      std::from_chars(word.data(), word.data() + word.size(), number);
      reflection.SetInt32(parent, &field(), number);
      break;
    }
    case Kind::kYesNo: reflection.SetBool(parent, &field(), word == "true"); break;
    case Kind::kAmount: reflection.SetInt64(parent, &field(), ReadDecimal(word)->units); break;
    case Kind::kDecimal: {
      const Decimal decimal = *ReadDecimal(word);
      reflection.SetInt64(parent, &field(), decimal.units);
      static_cast<v1::Money*>(parent)->set_nanos(decimal.nanos);
      break;
    }
    case Kind::kDate: break;
  }
}

void Target::PutVerbatim(std::string_view word, Message* root) const {
  if (kind_ == Kind::kTerm) {
    static_cast<v1::Term*>(MutableValue(root))->set_verbatim(std::string(word));
  } else if (kind_ == Kind::kCountry) {
    static_cast<v1::Country*>(MutableValue(root))->set_verbatim(std::string(word));
  }
}

Message* Target::MutableValue(Message* root) const {
  return MutableStep(MutableParent(root), &field());
}

bool Target::HasParent(const Message& root) const {
  const Message* message = &root;
  for (size_t i = 0; i + 1 < steps_.size(); ++i) {
    const auto& reflection = *message->GetReflection();
    if (steps_[i]->is_repeated()) {
      if (reflection.FieldSize(*message, steps_[i]) == 0) return false;
      message = &reflection.GetRepeatedMessage(*message, steps_[i], 0);
    } else {
      if (!reflection.HasField(*message, steps_[i])) return false;
      message = &reflection.GetMessage(*message, steps_[i]);
    }
  }
  return true;
}

size_t Target::BytesMax() const {
  const FieldDescriptor* text = &field();
  if (kind_ == Kind::kTerm || kind_ == Kind::kCountry) {
    text = field().message_type()->FindFieldByName("verbatim");
  }
  if (!text->options().HasExtension(v1::bytes_max)) return kTextBytesMax;
  return static_cast<size_t>(text->options().GetExtension(v1::bytes_max));
}

Message* Target::MutableParent(Message* root) const {
  Message* message = root;
  for (size_t i = 0; i + 1 < steps_.size(); ++i) message = MutableStep(message, steps_[i]);
  return message;
}

}  // namespace tracegate
