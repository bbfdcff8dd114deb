#ifndef TRACEGATE_ADAPTERS_MARKING_REMARK_H_
#define TRACEGATE_ADAPTERS_MARKING_REMARK_H_

#include <string>
#include <string_view>
#include <vector>

#include "adapters/marking/making.h"
#include "adapters/marking/reading.h"
#include "adapters/marking/remark_texts.h"
#include "tracegate/v1/trace.pb.h"

namespace tracegate {

// The remarks of one item as they are found, each under the item's own path, in one language.
class RemarkList {
 public:
  // `language` as RemarkLanguage takes it.
  RemarkList(std::string_view path, std::string_view language)
      : path_(path), language_(RemarkLanguage(language)) {}

  // `key` names the text in tables/remarks.csv; `values` are those of its placeholders.
  void Error(const std::string& field, v1::RemarkKind kind, std::string_view key,
             const RemarkValues& values = {});
  void Warning(const std::string& field, v1::RemarkKind kind, std::string_view key,
               const RemarkValues& values = {});
  void Note(const std::string& field, v1::RemarkKind kind, std::string_view key,
            const RemarkValues& values = {});

  std::vector<v1::MarkRemark> Take() { return std::move(remarks_); }

 private:
  void Add(v1::RemarkSeverity severity, const std::string& field, v1::RemarkKind kind,
           std::string_view key, const RemarkValues& values);

  std::string path_;
  std::string_view language_;
  std::vector<v1::MarkRemark> remarks_;
};

// A text in quotes, for a message: at most 60 bytes of it, whole characters, valid UTF-8, no
// controls.
std::string Quoted(std::string_view text);

// Remarks on the serial number of a weapon or an essential part. Of one that no factory made, a
// missing number is not remarked on: see RemarkOnMaking.
void RemarkOnSerial(const ItemReading& read, const Making& making, RemarkList& remarks);

// Remarks on how it was made and what was done to it since: what can still be asked. ERROR where
// there is no number at all.
void RemarkOnMaking(const ItemReading& read, const Making& making, RemarkList& remarks);

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_MARKING_REMARK_H_
