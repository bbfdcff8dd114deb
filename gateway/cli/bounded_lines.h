#ifndef TRACEGATE_GATEWAY_CLI_BOUNDED_LINES_H_
#define TRACEGATE_GATEWAY_CLI_BOUNDED_LINES_H_

#include <cstddef>
#include <cstdint>
#include <iosfwd>
#include <optional>
#include <string>

namespace tracegate {

// Lines that somebody else sends, each answered with one line, for as long as they come: what was
// answered is flushed before waiting for more, so that both ends of a pipe can take turns.
//
// Thread safety: none. Lifetime: the streams outlive it.
class BoundedLines {
 public:
  struct Line {
    int64_t number = 0;     // from 1
    std::string text;       // without its end
    bool too_long = false;  // over line_bytes_max; `text` is empty
  };

  BoundedLines(std::istream& in, std::ostream& out, size_t line_bytes_max)
      : in_(in), out_(out), line_bytes_max_(line_bytes_max) {}

  // The next line; none at the end. A last line needs no end.
  std::optional<Line> Next();

 private:
  std::istream& in_;
  std::ostream& out_;
  const size_t line_bytes_max_;
  int64_t number_ = 0;
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_CLI_BOUNDED_LINES_H_
