#ifndef TRACEGATE_ADAPTERS_CSV_ROW_WALK_H_
#define TRACEGATE_ADAPTERS_CSV_ROW_WALK_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/csv/row_format.h"

namespace tracegate {

// Goes through the rows of a text, each taken apart. A byte order mark and rows of nothing but blanks are passed over.
//
// Thread safety: none. Lifetime: format and text outlive it.
class RowWalk {
 public:
  RowWalk(const RowFormat& format, std::string_view text);

  // The next row; false where there is none. What is below is of this row.
  bool Next();

  const std::vector<std::string>& fields() const { return fields_; }
  std::vector<std::string>& fields() { return fields_; }
  // Why it could not be taken apart; empty: it could.
  std::string_view fault() const { return fault_; }
  int64_t line() const { return line_; }   // it begins on, from 1
  size_t begin() const { return begin_; }  // in the text

 private:
  const RowFormat& format_;
  const std::string_view text_;
  std::string_view rest_;
  int64_t next_line_ = 1;
  std::vector<std::string> fields_;
  std::string_view fault_;
  int64_t line_ = 0;
  size_t begin_ = 0;
};

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_CSV_ROW_WALK_H_
