#ifndef TRACEGATE_PROTOS_TRACEGATE_CONFIG_YAML_TREE_H_
#define TRACEGATE_PROTOS_TRACEGATE_CONFIG_YAML_TREE_H_

#include <cstddef>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace tracegate {

// Bounds of a file that people write.
inline constexpr size_t kYamlBytesMax = 1 << 20;
inline constexpr size_t kYamlValuesMax = 100'000;  // counted with every alias spelled out

struct YamlNode;

// A node, and where it stands: an alias stands elsewhere than what it repeats.
struct YamlRef {
  const YamlNode* node = nullptr;
  int line = 0;  // from 1
  int column = 0;
};

struct YamlEntry {
  YamlRef key;  // no node in a list
  YamlRef value;
};

struct YamlNode {
  enum class Kind { kNull, kScalar, kList, kMap };
  Kind kind = Kind::kNull;
  std::string text;  // of a scalar, as written, without its quotes
  std::vector<YamlEntry> entries;
  size_t values = 1;      // in it, aliases spelled out
  bool complete = false;  // its end was read
};

// One YAML document, with the place of everything in it. No type is guessed: `NO` and `0123` are the
// texts they are.
//
// Lifetime: nodes live as long as the tree, also when it is moved.
class YamlTree {
 public:
  // Errors: CONFIG_INVALID with `file:line:column` where the text is over kYamlBytesMax, no UTF-8,
  // no YAML, no document or more than one, or has over kYamlValuesMax values; where a control
  // character stands in it, also by an escape; where an alias stands in what it repeats; where a tag
  // is used.
  static absl::StatusOr<YamlTree> Parse(std::string_view text, const std::string& file);

  const YamlRef& root() const { return root_; }

 private:
  friend class YamlTreeBuilder;

  std::deque<YamlNode> nodes_;
  YamlRef root_;
};

}  // namespace tracegate

#endif  // TRACEGATE_PROTOS_TRACEGATE_CONFIG_YAML_TREE_H_
