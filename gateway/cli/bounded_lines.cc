#include "gateway/cli/bounded_lines.h"

#include <istream>
#include <ostream>

namespace tracegate {

std::optional<BoundedLines::Line> BoundedLines::Next() {
  std::streambuf& bytes = *in_.rdbuf();
  if (bytes.in_avail() <= 0) out_.flush();
  constexpr int kEnd = std::istream::traits_type::eof();
  int c = bytes.sbumpc();
  if (c == kEnd) return std::nullopt;
  Line line;
  line.number = ++number_;
  for (; c != kEnd && c != '\n'; c = bytes.sbumpc()) {
    line.too_long = line.too_long || line.text.size() >= line_bytes_max_;
    if (!line.too_long) line.text += static_cast<char>(c);
  }
  if (line.too_long) line.text.clear();
  return line;
}

}  // namespace tracegate
