#include "protos/tracegate/config/yaml_message.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/duration.pb.h>

#include <cerrno>
#include <cstdio>
#include <map>
#include <memory>
#include <set>
#include <system_error>
#include <utility>
#include <vector>

#include "protos/tracegate/config/nearest_word.h"
#include "protos/tracegate/config/yaml_scalar.h"
#include "protos/tracegate/config/yaml_tree.h"

namespace tracegate {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::OneofDescriptor;
using Kind = YamlNode::Kind;

std::vector<std::string> FieldNames(const Descriptor& type) {
  std::vector<std::string> names;
  for (int i = 0; i < type.field_count(); ++i) names.push_back(type.field(i)->name());
  return names;
}

std::string Joined(const std::string& path, const std::string& key) {
  return path.empty() ? key : path + "." + key;
}

// Walks the tree and the message's type side by side. The type is the bound of the depth: what is
// nested deeper than it meets a field that holds no more.
class MessageReader {
 public:
  MessageReader(std::string file, YamlPlaces* places) : file_(std::move(file)), places_(places) {}

  absl::Status ReadMessage(const YamlRef& ref, const std::string& path, Message* message) {
    if (ref.node->kind != Kind::kMap) return NotOfKind(ref, path, "keys and values");
    std::set<std::string> seen;
    std::map<const OneofDescriptor*, std::string> chosen;
    for (const auto& [key, value] : ref.node->entries) {
      if (absl::Status taken = TakeKey(key, path, &seen); !taken.ok()) return taken;
      const std::string& name = key.node->text;
      const std::string field_path = Joined(path, name);
      const FieldDescriptor* field = message->GetDescriptor()->FindFieldByName(name);
      if (field == nullptr) {
        return Failure(
            key, field_path,
            "is not a key here" + InsteadOf(name, FieldNames(*message->GetDescriptor())));
      }
      if (const OneofDescriptor* oneof = field->containing_oneof()) {
        const auto [other, first] = chosen.emplace(oneof, name);
        if (!first) {
          return Failure(key, field_path,
                         "stands beside '" + other->second + "'; expected only one of '" +
                             other->second + "' and '" + name + "'");
        }
      }
      if (absl::Status read = ReadField(value, field_path, *field, message); !read.ok())
        return read;
    }
    return absl::OkStatus();
  }

 private:
  absl::Status ReadField(const YamlRef& ref, const std::string& path, const FieldDescriptor& field,
                         Message* message) {
    if (field.is_map()) return ReadMap(ref, path, field, message);
    if (!field.is_repeated()) return ReadValue(ref, path, field, message);
    if (ref.node->kind != Kind::kList) return NotOfKind(ref, path, "a list");
    for (size_t i = 0; i < ref.node->entries.size(); ++i) {
      const YamlRef& item = ref.node->entries[i].value;
      const std::string item_path = path + "[" + std::to_string(i) + "]";
      if (places_ != nullptr) places_->Add(item_path, item.line, item.column);
      if (absl::Status read = ReadValue(item, item_path, field, message); !read.ok()) return read;
    }
    return absl::OkStatus();
  }

  // A map is, to reflection, a list of entries with a key and a value.
  absl::Status ReadMap(const YamlRef& ref, const std::string& path, const FieldDescriptor& field,
                       Message* message) {
    if (ref.node->kind != Kind::kMap) return NotOfKind(ref, path, "keys and values");
    std::set<std::string> seen;
    for (const auto& [key, value] : ref.node->entries) {
      if (absl::Status taken = TakeKey(key, path, &seen); !taken.ok()) return taken;
      const std::string entry_path = Joined(path, key.node->text);
      Message* entry = message->GetReflection()->AddMessage(message, &field);
      const Descriptor& type = *field.message_type();
      absl::Status read = ReadValue(key, entry_path, *type.map_key(), entry);
      if (read.ok()) read = ReadValue(value, entry_path, *type.map_value(), entry);
      if (!read.ok()) return read;
    }
    return absl::OkStatus();
  }

  absl::Status ReadValue(const YamlRef& ref, const std::string& path, const FieldDescriptor& field,
                         Message* message) {
    const bool holds_message = field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE;
    const bool is_duration =
        holds_message && field.message_type() == google::protobuf::Duration::descriptor();
    Message* inner = nullptr;
    if (holds_message) {
      inner = field.is_repeated() ? message->GetReflection()->AddMessage(message, &field)
                                  : message->GetReflection()->MutableMessage(message, &field);
    }
    if (holds_message && !is_duration) return ReadMessage(ref, path, inner);

    if (ref.node->kind != Kind::kScalar) return NotOfKind(ref, path, "a single value");
    const std::string problem =
        is_duration ? PutDuration(ref.node->text, static_cast<google::protobuf::Duration*>(inner))
                    : PutScalar(ref.node->text, field, message);
    return problem.empty() ? absl::OkStatus() : Failure(ref, path, problem);
  }

  absl::Status TakeKey(const YamlRef& key, const std::string& path, std::set<std::string>* seen) {
    if (key.node->kind != Kind::kScalar) {
      return Failure(key, path, "has a key that is no word; quote it if it is meant as one");
    }
    const std::string key_path = Joined(path, key.node->text);
    if (!seen->insert(key.node->text).second) {
      return Failure(key, key_path, "is written twice; expected once");
    }
    if (places_ != nullptr) places_->Add(key_path, key.line, key.column);
    return absl::OkStatus();
  }

  absl::Status NotOfKind(const YamlRef& ref, const std::string& path, const std::string& expected) {
    switch (ref.node->kind) {
      case Kind::kNull:
        return Failure(ref, path,
                       "has no value; expected " + expected +
                           ", or leave the key out (null as text is quoted)");
      case Kind::kScalar: return Failure(ref, path, "is a single value; expected " + expected);
      case Kind::kList: return Failure(ref, path, "is a list; expected " + expected);
      case Kind::kMap: return Failure(ref, path, "is keys and values; expected " + expected);
    }
    return absl::OkStatus();
  }

  absl::Status Failure(const YamlRef& ref, const std::string& path, std::string_view problem) {
    YamlPlaces place(file_);
    place.Add(path, ref.line, ref.column);
    return place.Failure(path, problem);
  }

  const std::string file_;
  YamlPlaces* const places_;
};

// Reads one byte past the bound, so that a file over it is seen to be.
absl::Status ReadText(const std::string& path, std::string* text) {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "rb"),
                                                             &std::fclose);
  if (file != nullptr) {
    text->resize(kYamlBytesMax + 1);
    text->resize(std::fread(text->data(), 1, text->size(), file.get()));
    if (std::ferror(file.get()) == 0) return absl::OkStatus();
  }
  return YamlPlaces(path).Failure(
      "", "cannot be read: " + std::generic_category().message(errno) + "; expected a YAML file");
}

}  // namespace

absl::Status ReadYamlMessage(const std::string& path, Message* message, YamlPlaces* places) {
  std::string text;
  if (absl::Status read = ReadText(path, &text); !read.ok()) return read;
  return ParseYamlMessage(text, path, message, places);
}

absl::Status ParseYamlMessage(std::string_view text, const std::string& file, Message* message,
                              YamlPlaces* places) {
  const absl::StatusOr<YamlTree> tree = YamlTree::Parse(text, file);
  if (!tree.ok()) return tree.status();
  YamlPlaces read_places(file);
  const std::unique_ptr<Message> read_message(message->New());
  MessageReader reader(file, &read_places);
  if (absl::Status read = reader.ReadMessage(tree->root(), "", read_message.get()); !read.ok()) {
    return read;
  }
  message->GetReflection()->Swap(message, read_message.get());
  if (places != nullptr) *places = std::move(read_places);
  return absl::OkStatus();
}

}  // namespace tracegate
