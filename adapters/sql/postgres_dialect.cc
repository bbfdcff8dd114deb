#include "adapters/sql/postgres_dialect.h"

namespace tracegate {
namespace {

// All of ASCII but letters and digits.
constexpr char kSign[] = R"([\u0001-\u002F\u003A-\u0040\u005B-\u0060\u007B-\u007F])";

bool IsWord(char c) {
  const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  return letter || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
}

// The number as a regular expression that fits nothing else.
std::string Literally(std::string_view number) {
  std::string text;
  for (const char c : number) {
    if (!IsWord(c)) text += '\\';
    text += c;
  }
  return text;
}

}  // namespace

std::string PostgresDialect::Parameter(size_t n) const { return "$" + std::to_string(n); }

std::string PostgresDialect::AsText(const std::string& column) const {
  return "LEFT(CAST(" + column + " AS TEXT), 8192)";
}

std::string PostgresDialect::Bounded(const std::string& select, size_t rows) const {
  return select + " LIMIT " + std::to_string(rows);
}

std::string PostgresDialect::Like(const std::string& what, size_t n) const {
  return "CAST(" + what + " AS TEXT) ILIKE " + Parameter(n) + " ESCAPE '!'";
}

std::string PostgresDialect::Begins(const std::string& what, size_t n) const {
  return "CAST(" + what + " AS TEXT) ~ " + Parameter(n);
}

std::vector<QueryValue> PostgresDialect::BeginsValues(std::string_view number) const {
  return {"^" + Literally(number) + kSign};
}

std::string PostgresDialect::Holds(const std::string& what, size_t n) const {
  return "CAST(" + what + " AS TEXT) ~* " + Parameter(n);
}

std::string PostgresDialect::HoldsValue(std::string_view number) const {
  return "(^|[^0-9A-Za-z])" + Literally(number) + "([^0-9A-Za-z]|$)";
}

}  // namespace tracegate
