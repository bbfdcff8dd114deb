#include "protos/tracegate/config/yaml_tree.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <exception>
#include <sstream>
#include <utility>

#include "protos/tracegate/config/yaml_places.h"
#include "protos/tracegate/utf8.h"

namespace tracegate {
namespace {

constexpr char kNotText[] = "has a byte that is no text; expected UTF-8 without control characters";

bool IsControl(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte == 0x7F || (byte < 0x20 && c != '\t' && c != '\n' && c != '\r');
}

// The parser quotes single bytes of what it does not understand, and byte 4 at the end of the file.
std::string Message(const YAML::Exception& e) {
  std::string message = e.msg.substr(0, ValidUtf8Prefix(e.msg));
  std::erase_if(message, IsControl);
  return message;
}

}  // namespace

// Builds the tree from the parser's events. After the first problem it only listens.
class YamlTreeBuilder : public YAML::EventHandler {
 public:
  void OnDocumentStart(const YAML::Mark& mark) override {
    if (++documents_ == 2) Problem(mark, "a second document begins; expected one per file");
  }
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    AddLeaf(mark, anchor, YamlNode::Kind::kNull, "");
  }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    CheckTag(mark, tag);
    CheckText(mark, value);
    AddLeaf(mark, anchor, YamlNode::Kind::kScalar, value);
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    if (!problem_.empty()) return;
    const YamlNode* node = anchors_.at(anchor);
    if (!node->complete) return Problem(mark, "an alias stands inside what it repeats");
    Add(RefTo(node, mark));
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    Open(mark, tag, anchor, YamlNode::Kind::kList);
  }
  void OnSequenceEnd() override { Close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    Open(mark, tag, anchor, YamlNode::Kind::kMap);
  }
  void OnMapEnd() override { Close(); }

  void Problem(const YAML::Mark& mark, std::string problem) {
    if (!problem_.empty()) return;
    problem_ = std::move(problem);
    problem_line_ = mark.line + 1;
    problem_column_ = mark.column + 1;
  }

  bool HasProblem() const { return !problem_.empty(); }

  absl::StatusOr<YamlTree> Finish(const std::string& file) {
    YamlPlaces places(file);
    if (problem_.empty() && documents_ == 0) problem_ = "is empty; expected keys and values";
    if (problem_.empty()) return std::move(tree_);
    if (problem_line_ > 0) places.Add("", problem_line_, problem_column_);
    return places.Failure("", problem_);
  }

 private:
  struct Opened {
    YamlNode* node = nullptr;
    YamlRef ref;
    YamlRef key;  // read, its value not yet
  };

  static YamlRef RefTo(const YamlNode* node, const YAML::Mark& mark) {
    return {node, mark.line + 1, mark.column + 1};
  }

  // Plain scalars are tagged `?`, quoted ones `!`; anything else was written by somebody.
  void CheckTag(const YAML::Mark& mark, const std::string& tag) {
    if (tag.empty() || tag == "?" || tag == "!") return;
    Problem(mark, "tag " + tag + " is not used here; leave it out");
  }

  // What stands in quotes may have escapes: "\0" is no byte of the file.
  void CheckText(const YAML::Mark& mark, const std::string& value) {
    if (std::none_of(value.begin(), value.end(), IsControl)) return;
    Problem(mark, "has an escape that is no text; expected it without control characters");
  }

  YamlNode* NewNode(YAML::anchor_t anchor, YamlNode::Kind kind) {
    YamlNode* node = &tree_.nodes_.emplace_back();
    node->kind = kind;
    if (anchor != YAML::NullAnchor) {
      if (anchors_.size() <= anchor) anchors_.resize(anchor + 1);
      anchors_[anchor] = node;
    }
    return node;
  }

  void AddLeaf(const YAML::Mark& mark, YAML::anchor_t anchor, YamlNode::Kind kind,
               const std::string& text) {
    if (!problem_.empty()) return;
    YamlNode* node = NewNode(anchor, kind);
    node->text = text;
    node->complete = true;
    Add(RefTo(node, mark));
  }

  void Open(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
            YamlNode::Kind kind) {
    CheckTag(mark, tag);
    if (!problem_.empty()) return;
    YamlNode* node = NewNode(anchor, kind);
    open_.push_back({node, RefTo(node, mark), {}});
  }

  void Close() {
    if (!problem_.empty()) return;
    const Opened closed = open_.back();
    open_.pop_back();
    closed.node->complete = true;
    Add(closed.ref);
  }

  void Add(const YamlRef& ref) {
    if (open_.empty()) {
      tree_.root_ = ref;
      return;
    }
    Opened& parent = open_.back();
    parent.node->values += ref.node->values;
    if (parent.node->values > kYamlValuesMax) {
      problem_ = "has more than " + std::to_string(kYamlValuesMax) + " values; split the file";
      problem_line_ = ref.line;
      problem_column_ = ref.column;
    } else if (parent.node->kind == YamlNode::Kind::kList) {
      parent.node->entries.push_back({{}, ref});
    } else if (parent.key.node == nullptr) {
      parent.key = ref;
    } else {
      parent.node->entries.push_back({parent.key, ref});
      parent.key = {};
    }
  }

  YamlTree tree_;
  std::vector<Opened> open_;
  std::vector<const YamlNode*> anchors_;
  int documents_ = 0;
  std::string problem_;
  int problem_line_ = 0;
  int problem_column_ = 0;
};

namespace {

// Offset of the first byte that a configuration cannot have; npos if none. The parser itself takes
// byte 4 for the end of the file, and would leave out silently what follows it.
size_t FindNonText(std::string_view text) {
  const size_t valid = ValidUtf8Prefix(text);
  for (size_t i = 0; i < valid; ++i) {
    if (IsControl(text[i])) return i;
  }
  return valid < text.size() ? valid : std::string_view::npos;
}

YAML::Mark MarkAt(std::string_view text, size_t offset) {
  YAML::Mark mark;
  for (const char c : text.substr(0, offset)) {
    if (c == '\n') {
      ++mark.line;
      mark.column = 0;
    } else {
      ++mark.column;
    }
  }
  return mark;
}

}  // namespace

absl::StatusOr<YamlTree> YamlTree::Parse(std::string_view text, const std::string& file) {
  if (text.size() > kYamlBytesMax) {
    return YamlPlaces(file).Failure(
        "", "is larger than " + std::to_string(kYamlBytesMax) + " bytes; split the file");
  }
  YamlTreeBuilder builder;
  const size_t non_text = FindNonText(text);
  if (non_text != std::string_view::npos) {
    builder.Problem(MarkAt(text, non_text), kNotText);
    return builder.Finish(file);
  }
  std::istringstream stream{std::string(text)};
  try {
    YAML::Parser parser(stream);
    // A stray comma is a document to the parser, which gives it again and again.
    while (!builder.HasProblem() && parser.HandleNextDocument(builder)) {
    }
  } catch (const YAML::Exception& e) {
    builder.Problem(e.mark, "is not YAML: " + Message(e));
  } catch (const std::exception& e) {
    builder.Problem(YAML::Mark(), std::string("is not YAML: ") + e.what());
  }
  return builder.Finish(file);
}

}  // namespace tracegate
