#include "adapters/sql/sql_dialect.h"

namespace tracegate {

std::string SqlDialect::Quoted(std::string_view name) const {
  std::string quoted = "\"";
  for (const char c : name) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + "\"";
}

std::string SqlDialect::TableName(std::string_view name) const {
  const size_t point = name.find('.');
  if (point == std::string_view::npos) return Quoted(name);
  return Quoted(name.substr(0, point)) + "." + Quoted(name.substr(point + 1));
}

std::string SqlDialect::LikeFolded(const std::string& what, size_t n) const {
  return what + " LIKE " + Parameter(n) + " ESCAPE '!'";
}

std::string LikePattern(std::string_view pattern, const SqlDialect& dialect) {
  std::string like;
  bool after_star = false;
  for (const char c : pattern) {
    // Each further `%` multiplies the work of a match, and a run of them means no more than one.
    const bool repeated_star = c == '*' && after_star;
    after_star = c == '*';
    if (repeated_star) continue;
    if (dialect.like_specials().find(c) != std::string_view::npos) like += '!';
    like += c == '?' ? '_' : c == '*' ? '%' : c;
  }
  return like;
}

}  // namespace tracegate
