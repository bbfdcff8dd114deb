#ifndef TRACEGATE_ADAPTERS_CSV_ROW_FORMAT_H_
#define TRACEGATE_ADAPTERS_CSV_ROW_FORMAT_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace tracegate {

// A quoted field that goes on for longer was never closed.
inline constexpr size_t kQuotedBytesMax = 64 << 10;

// How a text file is cut into rows, and a row into fields.
//
// Thread safety: immutable.
class RowFormat {
 public:
  // One column of a fixed-width file, in characters from 0.
  struct Slice {
    size_t first = 0;
    size_t length = 0;
  };

  // Fields with `delimiter` between them, quoted as RFC 4180 has it; a quoted field may hold line ends. A quote inside a
  // field that does not begin with one is a character like others.
  static RowFormat Delimited(char delimiter) { return RowFormat(delimiter, {}); }
  // A row is a line; blanks around a field are padding; what a short line does not reach is empty.
  static RowFormat FixedWidth(std::vector<Slice> slices) {
    return RowFormat('\0', std::move(slices));
  }

  // The row that `rest` begins with, without its line end (LF or CRLF), and in `rest` what is behind. Not of empty text.
  // Where a quote is not closed, the row ends with its first line.
  std::string_view TakeRow(std::string_view* rest) const;

  // Puts the row's fields into `fields`. Empty, or what is wrong with the row.
  std::string_view Split(std::string_view row, std::vector<std::string>* fields) const;

 private:
  RowFormat(char delimiter, std::vector<Slice> slices)
      : delimiter_(delimiter), slices_(std::move(slices)) {}

  std::string_view SplitDelimited(std::string_view row, std::vector<std::string>* fields) const;
  void SplitFixed(std::string_view row, std::vector<std::string>* fields) const;

  char delimiter_;
  std::vector<Slice> slices_;  // none: delimited
};

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_CSV_ROW_FORMAT_H_
