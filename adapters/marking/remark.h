#ifndef TRACEGATE_ADAPTERS_MARKING_REMARK_H_
#define TRACEGATE_ADAPTERS_MARKING_REMARK_H_

#include <string>
#include <string_view>
#include <vector>

#include "adapters/marking/reading.h"
#include "tracegate/v1/trace.pb.h"

namespace tracegate {

// The remarks of one item as they are found, each under the item's own path.
class RemarkList {
 public:
  explicit RemarkList(std::string_view path) : path_(path) {}

  void Error(const std::string& field, v1::RemarkKind kind, std::string message, std::string help);
  void Warning(const std::string& field, v1::RemarkKind kind, std::string message,
               std::string help);
  void Note(const std::string& field, v1::RemarkKind kind, std::string message, std::string help);

  std::vector<v1::MarkRemark> Take() { return std::move(remarks_); }

 private:
  void Add(v1::RemarkSeverity severity, const std::string& field, v1::RemarkKind kind,
           std::string message, std::string help);

  std::string path_;
  std::vector<v1::MarkRemark> remarks_;
};

// A text in quotes, for a message: at most 60 bytes of it, whole characters, valid UTF-8, no
// controls.
std::string Quoted(std::string_view text);

// Remarks on the serial number of a weapon or an essential part.
void RemarkOnSerial(const ItemReading& read, RemarkList& remarks);

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_MARKING_REMARK_H_
