#include "gateway/cli/csv_records.h"

#include <algorithm>
#include <istream>
#include <utility>

#include "protos/tracegate/utf8.h"

namespace tracegate {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

enum class Taken { kRecord, kOpenQuote, kFault };

// Takes one field off the front of `rest` and leaves its comma there.
Taken TakeField(std::string_view& rest, CsvRecord& record) {
  std::string& field = record.fields.emplace_back();
  if (rest.empty() || rest.front() != '"') {
    const size_t end = std::min(rest.find(','), rest.size());
    field = rest.substr(0, end);
    rest.remove_prefix(end);
    if (field.find('"') == std::string::npos) return Taken::kRecord;
    record.fault = "has a quote inside a field that is not in quotes";
    return Taken::kFault;
  }
  rest.remove_prefix(1);
  while (true) {
    const size_t quote = rest.find('"');
    if (quote == std::string_view::npos) return Taken::kOpenQuote;
    field += rest.substr(0, quote);
    rest.remove_prefix(quote + 1);
    if (rest.empty() || rest.front() != '"') break;
    field += '"';
    rest.remove_prefix(1);
  }
  if (rest.empty() || rest.front() == ',') return Taken::kRecord;
  record.fault = "has text behind a closing quote";
  return Taken::kFault;
}

Taken TakeRecord(std::string_view text, CsvRecord& record) {
  record.fields.clear();
  while (true) {
    const Taken taken = TakeField(text, record);
    if (taken != Taken::kRecord || text.empty()) return taken;
    text.remove_prefix(1);
  }
}

}  // namespace

bool CsvRecords::ReadLine(Line& line) {
  std::streambuf& bytes = *in_.rdbuf();
  constexpr int kEnd = std::istream::traits_type::eof();
  int c = bytes.sbumpc();
  if (c == kEnd) return false;
  for (; c != kEnd && c != '\n'; c = bytes.sbumpc()) {
    line.too_long = line.text.size() >= kRecordBytesMax;
    if (!line.too_long) line.text += static_cast<char>(c);
  }
  if (!line.text.empty() && line.text.back() == '\r') line.text.pop_back();
  return true;
}

bool CsvRecords::Load(size_t count) {
  while (ahead_.size() < count) {
    Line line;
    if (!ReadLine(line)) return false;
    if (std::exchange(at_start_, false) && line.text.starts_with(kByteOrderMark))
      line.text.erase(0, kByteOrderMark.size());
    ahead_.push_back(std::move(line));
  }
  return true;
}

std::optional<CsvRecord> CsvRecords::Next() {
  while (Load(1) && ahead_.front().text.empty()) {
    ahead_.pop_front();
    ++line_;
  }
  if (ahead_.empty()) return std::nullopt;
  CsvRecord record;
  record.line = line_;
  size_t lines = 1;
  std::string text = ahead_.front().text;
  Taken taken = ahead_.front().too_long ? Taken::kFault : TakeRecord(text, record);
  if (ahead_.front().too_long) record.fault = "is over 64 KiB";
  while (taken == Taken::kOpenQuote) {
    const bool more = lines < kRecordLinesMax && Load(lines + 1) &&
                      text.size() + ahead_[lines].text.size() < kRecordBytesMax;
    if (!more) {
      record.fault = "has a quote that is not closed within 64 lines and 64 KiB";
      break;
    }
    text.append(1, '\n').append(ahead_[lines++].text);
    taken = TakeRecord(text, record);
  }
  if (record.fault.empty() && ValidUtf8Prefix(text) != text.size()) record.fault = "is not UTF-8";
  if (!record.fault.empty()) lines = 1;
  ahead_.erase(ahead_.begin(), ahead_.begin() + static_cast<ptrdiff_t>(lines));
  line_ += static_cast<int64_t>(lines);
  return record;
}

}  // namespace tracegate
