#ifndef TRACEGATE_GATEWAY_CLI_TABLE_H_
#define TRACEGATE_GATEWAY_CLI_TABLE_H_

#include <string>
#include <vector>

namespace tracegate {

// Rows in columns, for people: as wide as the widest cell, counted in characters.
class Table {
 public:
  explicit Table(std::vector<std::string> head) { rows_.push_back(std::move(head)); }
  void Add(std::vector<std::string> row) { rows_.push_back(std::move(row)); }
  bool empty() const { return rows_.size() == 1; }
  std::string Text() const;

 private:
  std::vector<std::vector<std::string>> rows_;
};

// An enum value's name without its prefix, in lower case with spaces: "no record of export".
std::string Words(std::string_view enum_name, std::string_view prefix);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_CLI_TABLE_H_
