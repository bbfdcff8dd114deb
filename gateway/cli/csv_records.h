#ifndef TRACEGATE_GATEWAY_CLI_CSV_RECORDS_H_
#define TRACEGATE_GATEWAY_CLI_CSV_RECORDS_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <iosfwd>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tracegate {

// One record of a CSV file that somebody else wrote.
struct CsvRecord {
  int64_t line = 0;  // on which it starts, from 1
  std::vector<std::string> fields;
  std::string fault;  // why it cannot be read; empty: it can
};

// Reads RFC 4180: commas, fields in quotes where they hold commas, quotes or line ends; CR LF or LF;
// a byte order mark passed over; empty lines passed over. A record that cannot be read is given with
// its fault, and reading goes on with the line after the one it starts on: a quote that is never
// closed costs one record. Memory is bounded, whatever the file.
//
// Thread safety: none. Lifetime: the stream outlives it.
class CsvRecords {
 public:
  static constexpr size_t kRecordBytesMax = 64 << 10;
  static constexpr size_t kRecordLinesMax = 64;

  explicit CsvRecords(std::istream& in) : in_(in) {}

  // The next record; none at the end.
  std::optional<CsvRecord> Next();

 private:
  struct Line {
    std::string text;  // without its end; the first bytes of one that is too long
    bool too_long = false;
  };

  bool Load(size_t count);
  bool ReadLine(Line& line);

  std::istream& in_;
  int64_t line_ = 1;        // number of ahead_.front()
  std::deque<Line> ahead_;  // read, and in no record yet
  bool at_start_ = true;
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_CLI_CSV_RECORDS_H_
