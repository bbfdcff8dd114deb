#ifndef TRACEGATE_PROTOS_TRACEGATE_CONFIG_YAML_PLACES_H_
#define TRACEGATE_PROTOS_TRACEGATE_CONFIG_YAML_PLACES_H_

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/status.h"

namespace tracegate {

// Where each key of a configuration file stood, so that whoever finds a value wrong later can point
// at it. Paths are field names, list positions and map keys: `registries[1].sql.mapping`,
// `code_tables.types.codes.P`.
//
// Thread safety: none; const methods may be called at once.
class YamlPlaces {
 public:
  YamlPlaces() = default;
  explicit YamlPlaces(std::string file) : file_(std::move(file)) {}

  // Line and column count from 1.
  void Add(const std::string& path, int line, int column) { places_[path] = {line, column}; }

  // `gateway.yaml:41:5`. A path that was not written is where its nearest enclosing key is; with
  // none, or in a message that was never a file, what is known of it: the file's name or nothing.
  std::string Of(std::string_view path) const;

  // CONFIG_INVALID saying `file:line:column: path: problem`, with `path` as the violated field.
  absl::Status Failure(std::string_view path, std::string_view problem) const;

 private:
  struct Place {
    int line = 0;
    int column = 0;
  };

  std::string file_;
  std::map<std::string, Place, std::less<>> places_;
};

}  // namespace tracegate

#endif  // TRACEGATE_PROTOS_TRACEGATE_CONFIG_YAML_PLACES_H_
