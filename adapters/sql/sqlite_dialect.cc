#include "adapters/sql/sqlite_dialect.h"

#include <iterator>

namespace tracegate {
namespace {

// What may stand right behind a number that goes no further: all of ASCII but letters and digits.
// No bound may read as a number itself: a numeric column would compare it as one, and with it
// every number that it holds; hence no blank as the first of them, and something behind each last.
struct Signs {
  char first, last;
};
constexpr Signs kSigns[] = {{'\x01', '/'}, {':', '@'}, {'[', '`'}, {'{', '\x7F'}};
constexpr std::string_view kLastCharacter = "\xF4\x8F\xBF\xBF";  // U+10FFFF

}  // namespace

std::string SqliteDialect::Parameter(size_t n) const { return "?" + std::to_string(n); }

std::string SqliteDialect::AsText(const std::string& column) const {
  return "CAST(" + column + " AS TEXT)";
}

std::string SqliteDialect::Bounded(const std::string& select, size_t rows) const {
  return select + " LIMIT " + std::to_string(rows);
}

// One range after the other: with the column in one comparison each, SQLite uses its index for all.
std::string SqliteDialect::Begins(const std::string& what, size_t n) const {
  std::string text;
  for (size_t i = 0; i < std::size(kSigns); ++i) {
    text += std::string(i == 0 ? "" : " OR ") + "(" + what + " > " + Parameter(n + 2 * i) +
            " AND " + what + " < " + Parameter(n + 2 * i + 1) + ")";
  }
  return text;
}

std::vector<QueryValue> SqliteDialect::BeginsValues(std::string_view number) const {
  std::vector<QueryValue> bounds;
  for (const Signs& signs : kSigns) {
    bounds.emplace_back(std::string(number) + signs.first);
    bounds.emplace_back(std::string(number) + signs.last + std::string(kLastCharacter));
  }
  return bounds;
}

std::string SqliteDialect::Holds(const std::string& what, size_t n) const {
  return "' ' || UPPER(" + what + ") || ' ' GLOB " + Parameter(n);
}

std::string SqliteDialect::HoldsValue(std::string_view number) const {
  constexpr std::string_view kNoneOfAWord = "[^0-9A-Z]";
  std::string glob = "*" + std::string(kNoneOfAWord);
  for (const char c : number) {
    if (c == '*' || c == '?' || c == '[') {
      glob += std::string("[") + c + "]";
    } else {
      glob += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    }
  }
  return glob + std::string(kNoneOfAWord) + "*";
}

}  // namespace tracegate
