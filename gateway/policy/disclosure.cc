#include "gateway/policy/disclosure.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <set>
#include <string>
#include <vector>

#include "gateway/policy/handling.h"

namespace tracegate {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

constexpr std::string_view kNextStatePath = "events.to_state";

enum class Cover { kNone, kPart, kWhole };

bool IsWithin(std::string_view path, std::string_view prefix) {
  return path == prefix || (path.size() > prefix.size() &&
                            path.substr(0, prefix.size()) == prefix && path[prefix.size()] == '.');
}

using Paths = google::protobuf::RepeatedPtrField<std::string>;

// How much of `path` is told: whole where a disclosed path contains it, part where one lies inside it.
Cover CoverOf(const Paths& paths, std::string_view path) {
  Cover cover = Cover::kNone;
  for (const std::string& disclosed : paths) {
    if (IsWithin(path, disclosed)) return Cover::kWhole;
    if (IsWithin(disclosed, path)) cover = Cover::kPart;
  }
  return cover;
}

void CutBelow(const Paths& paths, const std::string& path, Message* message,
              std::set<std::string>* withheld) {
  std::vector<const FieldDescriptor*> fields;
  const auto& reflection = *message->GetReflection();
  reflection.ListFields(*message, &fields);
  for (const FieldDescriptor* field : fields) {
    const std::string at = path.empty() ? field->name() : path + "." + field->name();
    const Cover cover = CoverOf(paths, at);
    if (cover == Cover::kWhole) continue;
    if (cover == Cover::kNone) {
      reflection.ClearField(message, field);
      withheld->insert(at);
      continue;
    }
    if (!field->is_repeated()) {
      CutBelow(paths, at, reflection.MutableMessage(message, field), withheld);
      continue;
    }
    for (int i = 0; i < reflection.FieldSize(*message, field); ++i) {
      CutBelow(paths, at, reflection.MutableRepeatedMessage(message, field, i), withheld);
    }
  }
}

// "manufacturer" as compared is "firearm.manufacturer" in the record.
std::string RecordPath(const std::string& compared) { return "firearm." + compared; }

void RedactReasons(const config::v1::Agreement& agreement, v1::Candidate* candidate) {
  for (auto& reason : *candidate->mutable_reasons()) {
    if (CoverOf(agreement.disclose(), RecordPath(reason.field())) == Cover::kWhole) continue;
    reason.clear_recorded();
    reason.clear_note();
  }
}

// Fields of messages are listed one by one, deeper and deeper; RegistryRecord never contains itself.
void ListPaths(const config::v1::Agreement& agreement, const std::string& path,
               const Descriptor& type, std::vector<DisclosedPath>* out) {
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor* field = type.field(i);
    const std::string at = path.empty() ? field->name() : path + "." + field->name();
    if (field->message_type() != nullptr) {
      ListPaths(agreement, at, *field->message_type(), out);
    } else {
      out->push_back({at, CoverOf(agreement.disclose(), at) == Cover::kWhole});
    }
  }
}

}  // namespace

void CutToPaths(const Paths& paths, Message* message, std::set<std::string>* withheld) {
  CutBelow(paths, "", message, withheld);
}

bool IsDisclosurePath(const Descriptor& in, std::string_view path) {
  const Descriptor* type = &in;
  while (type != nullptr) {
    const size_t dot = path.find('.');
    const FieldDescriptor* field = type->FindFieldByName(std::string(path.substr(0, dot)));
    if (field == nullptr) return false;
    if (dot == std::string_view::npos) return true;
    path.remove_prefix(dot + 1);
    type = field->message_type();
  }
  return false;
}

std::vector<DisclosedPath> DisclosureOf(const config::v1::Agreement& agreement) {
  std::vector<DisclosedPath> paths;
  ListPaths(agreement, "", *v1::RegistryRecord::descriptor(), &paths);
  return paths;
}

void RedactAnswer(const config::v1::Agreement& agreement, v1::Answer* answer) {
  std::set<std::string> withheld(answer->withheld_fields().begin(),
                                 answer->withheld_fields().end());
  for (auto& candidate : *answer->mutable_candidates()) {
    CutToPaths(agreement.disclose(), candidate.mutable_record(), &withheld);
    RedactReasons(agreement, &candidate);
  }
  if (!answer->next_state().empty() &&
      CoverOf(agreement.disclose(), kNextStatePath) != Cover::kWhole) {
    answer->clear_next_state();
    withheld.insert("next_state");
  }
  answer->mutable_withheld_fields()->Assign(withheld.begin(), withheld.end());
  JoinHandling(HandlingOf(agreement), answer->mutable_handling());
}

}  // namespace tracegate
