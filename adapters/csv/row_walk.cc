#include "adapters/csv/row_walk.h"

#include <algorithm>

namespace tracegate {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

}  // namespace

RowWalk::RowWalk(const RowFormat& format, std::string_view text)
    : format_(format), text_(text), rest_(text) {
  if (rest_.starts_with(kByteOrderMark)) rest_.remove_prefix(kByteOrderMark.size());
}

bool RowWalk::Next() {
  while (!rest_.empty()) {
    begin_ = text_.size() - rest_.size();
    line_ = next_line_;
    const std::string_view row = format_.TakeRow(&rest_);
    next_line_ += 1 + std::count(row.begin(), row.end(), '\n');
    if (row.find_first_not_of(" \t") == std::string_view::npos) continue;
    fault_ = format_.Split(row, &fields_);
    return true;
  }
  return false;
}

}  // namespace tracegate
