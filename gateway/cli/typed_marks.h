#ifndef TRACEGATE_GATEWAY_CLI_TYPED_MARKS_H_
#define TRACEGATE_GATEWAY_CLI_TYPED_MARKS_H_

#include <CLI/CLI.hpp>
#include <string>

#include "tracegate/v1/firearm.pb.h"

namespace tracegate {

// What an officer types to describe a weapon.
struct TypedMarks {
  std::string serial;
  std::string manufacturer;
  std::string model;
  std::string calibre;
  std::string country;
  std::string import_mark;

  // The options of a command that they are typed to; the marks outlive the parse.
  void AddTo(CLI::App* command);

  bool empty() const;
};

// Lays the typed marks over the item of a file, each over its field; the import mark is added. Nothing typed changes
// nothing.
void LayOver(const TypedMarks& typed, v1::Item* item);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_CLI_TYPED_MARKS_H_
