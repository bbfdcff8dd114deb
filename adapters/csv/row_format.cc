#include "adapters/csv/row_format.h"

#include <algorithm>

namespace tracegate {
namespace {

// Behind the quoted field that `text` begins with; npos where it is not closed in time.
size_t QuotedEnd(std::string_view text) {
  size_t at = 1;
  while (at < std::min(text.size(), kQuotedBytesMax)) {
    at = text.find('"', at);
    if (at == std::string_view::npos || at >= kQuotedBytesMax) break;
    if (at + 1 == text.size() || text[at + 1] != '"') return at + 1;
    at += 2;
  }
  return std::string_view::npos;
}

// Where the row that `text` begins with has its line feed, or the text its end.
size_t RowEnd(std::string_view text, char delimiter) {
  size_t at = 0;
  while (at < text.size()) {
    if (text[at] == '"') {
      const size_t quoted = QuotedEnd(text.substr(at));
      if (quoted == std::string_view::npos) return std::min(text.find('\n'), text.size());
      at += quoted;
    }
    const char stops[] = {delimiter, '\n'};
    at = text.find_first_of(std::string_view(stops, 2), at);
    if (at == std::string_view::npos) return text.size();
    if (text[at] == '\n') return at;
    ++at;
  }
  return text.size();
}

std::string Unquoted(std::string_view inside) {
  std::string text;
  for (size_t at = 0; at < inside.size(); ++at) {
    text += inside[at];
    if (inside[at] == '"') ++at;  // the second of two
  }
  return text;
}

bool Continues(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

// Where each character of UTF-8 text begins, and its end.
std::vector<size_t> CharacterStarts(std::string_view text) {
  std::vector<size_t> starts;
  for (size_t at = 0; at < text.size(); ++at) {
    if (!Continues(text[at])) starts.push_back(at);
  }
  starts.push_back(text.size());
  return starts;
}

std::string_view WithoutPadding(std::string_view field) {
  const size_t first = field.find_first_not_of(' ');
  if (first == std::string_view::npos) return {};
  return field.substr(first, field.find_last_not_of(' ') + 1 - first);
}

}  // namespace

std::string_view RowFormat::TakeRow(std::string_view* rest) const {
  const size_t end =
      slices_.empty() ? RowEnd(*rest, delimiter_) : std::min(rest->find('\n'), rest->size());
  std::string_view row = rest->substr(0, end);
  rest->remove_prefix(std::min(end + 1, rest->size()));
  if (!row.empty() && row.back() == '\r') row.remove_suffix(1);
  return row;
}

std::string_view RowFormat::Split(std::string_view row, std::vector<std::string>* fields) const {
  fields->clear();
  if (slices_.empty()) return SplitDelimited(row, fields);
  SplitFixed(row, fields);
  return {};
}

std::string_view RowFormat::SplitDelimited(std::string_view row,
                                           std::vector<std::string>* fields) const {
  for (size_t at = 0;; ++at) {
    if (at < row.size() && row[at] == '"') {
      const size_t quoted = QuotedEnd(row.substr(at));
      if (quoted == std::string_view::npos) return "has a quote that is not closed";
      fields->push_back(Unquoted(row.substr(at + 1, quoted - 2)));
      at += quoted;
      if (at < row.size() && row[at] != delimiter_) return "has text behind a closing quote";
    } else {
      const size_t end = std::min(row.find(delimiter_, at), row.size());
      fields->emplace_back(row.substr(at, end - at));
      at = end;
    }
    if (at >= row.size()) return {};
  }
}

void RowFormat::SplitFixed(std::string_view row, std::vector<std::string>* fields) const {
  const std::vector<size_t> starts = CharacterStarts(row);
  const size_t characters = starts.size() - 1;
  for (const Slice& slice : slices_) {
    const size_t first = starts[std::min(slice.first, characters)];
    const size_t end = starts[std::min(slice.first + slice.length, characters)];
    fields->emplace_back(WithoutPadding(row.substr(first, end - first)));
  }
}

}  // namespace tracegate
