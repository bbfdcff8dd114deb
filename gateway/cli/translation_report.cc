#include "gateway/cli/translation_report.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>
#include <google/protobuf/text_format.h>

#include <vector>

#include "gateway/cli/table.h"

namespace tracegate {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

constexpr char kIndent[] = "  ";

std::string ValueOf(const Message& message, const FieldDescriptor* field, int index) {
  const auto* reflection = message.GetReflection();
  const bool is_list = index >= 0;
  if (field->cpp_type() == FieldDescriptor::CPPTYPE_STRING) {
    return is_list ? reflection->GetRepeatedString(message, field, index)
                   : reflection->GetString(message, field);
  }
  std::string text;
  google::protobuf::TextFormat::PrintFieldValueToString(message, field, index, &text);
  return text;
}

// Every field that is set below `message`, with its path.
void AddFields(const Message& message, const std::string& path, Table* table) {
  const auto* reflection = message.GetReflection();
  std::vector<const FieldDescriptor*> fields;
  reflection->ListFields(message, &fields);
  for (const FieldDescriptor* field : fields) {
    const int count = field->is_repeated() ? reflection->FieldSize(message, field) : 1;
    for (int i = 0; i < count; ++i) {
      const std::string place =
          path + field->name() + (field->is_repeated() ? "[" + std::to_string(i) + "]" : "");
      if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
        AddFields(field->is_repeated() ? reflection->GetRepeatedMessage(message, field, i)
                                       : reflection->GetMessage(message, field),
                  place + ".", table);
      } else {
        table->Add({place, ValueOf(message, field, field->is_repeated() ? i : -1)});
      }
    }
  }
}

std::string Indented(const std::string& text) {
  std::string indented;
  bool at_start = true;
  for (const char c : text) {
    if (at_start) indented += kIndent;
    indented += c;
    at_start = c == '\n';
  }
  return indented;
}

std::string MatchLine(const v1::Candidate& match) {
  std::string line = std::string(kIndent) + "held against what was asked: " +
                     Words(v1::MatchGrade_Name(match.grade()), "MATCH_GRADE_") + "\n";
  for (const v1::MatchReason& reason : match.reasons()) {
    if (reason.note().empty()) continue;
    line += std::string(kIndent) + kIndent + reason.field() + ": " + reason.note() + "\n";
  }
  return line;
}

}  // namespace

std::string TranslationReport(const v1::RegistryRecord& record, const v1::Candidate* match) {
  std::string report = "record " + record.record_number() + "\n";
  Table written({"as written", ""});
  for (const v1::VerbatimField& field : record.verbatim()) {
    written.Add({field.name(), field.value()});
  }
  report += Indented(written.Text());
  v1::RegistryRecord canonical = record;
  canonical.clear_verbatim();
  canonical.clear_losses();
  Table translated({"canonical", ""});
  AddFields(canonical, "", &translated);
  report += Indented(translated.Text());
  if (!record.losses().empty()) {
    Table losses({"lost", "", ""});
    for (const v1::TranslationLoss& loss : record.losses()) {
      losses.Add({loss.name(), loss.value(), loss.reason()});
    }
    report += Indented(losses.Text());
  }
  return match == nullptr ? report : report + MatchLine(*match);
}

}  // namespace tracegate
