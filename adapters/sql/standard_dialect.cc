#include "adapters/sql/standard_dialect.h"

#include <algorithm>

namespace tracegate {
namespace {

// Signs of ASCII behind a number, but for those that drivers read themselves: `\`, `{` and `}`.
constexpr std::string_view kSigns = " !\"#$%&'()*+,-./:;<=>?@[]^_`|~";

// `'!', '"', ''''`
std::string SignList() {
  std::string list;
  for (const char c : kSigns) {
    list += list.empty() ? "'" : ", '";
    list += c;
    if (c == '\'') list += c;
    list += '\'';
  }
  return list;
}

int64_t CharactersOf(std::string_view text) {
  return std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; });
}

StandardDialect::RowBound BoundOf(const std::string& database) {
  using RowBound = StandardDialect::RowBound;
  const auto is = [&](std::string_view name) { return database.find(name) != std::string::npos; };
  if (is("SQL Server") || is("Adaptive Server") || is("ACCESS")) return RowBound::kTop;
  if (is("SQLite") || is("MariaDB") || is("MySQL")) return RowBound::kLimit;
  return RowBound::kFetchFirst;
}

}  // namespace

StandardDialect::StandardDialect(const std::string& database, std::string quote)
    : bound_(BoundOf(database)), quote_(std::move(quote)) {}

std::string StandardDialect::Quoted(std::string_view name) const {
  if (quote_ == " ") return std::string(name);
  std::string quoted = quote_;
  for (const char c : name) {
    if (c == quote_.front()) quoted += c;
    quoted += c;
  }
  return quoted + quote_;
}

std::string StandardDialect::Bounded(const std::string& select, size_t rows) const {
  const std::string count = std::to_string(rows);
  switch (bound_) {
    case RowBound::kTop:
      return "SELECT TOP " + count + select.substr(std::string_view("SELECT").size());
    case RowBound::kLimit: return select + " LIMIT " + count;
    case RowBound::kFetchFirst: break;
  }
  return select + " FETCH FIRST " + count + " ROWS ONLY";
}

std::string StandardDialect::Like(const std::string& what, size_t) const {
  return "UPPER(CAST(" + what + " AS VARCHAR(512))) LIKE UPPER(?) ESCAPE '!'";
}

// Transact-SQL alone has a third wildcard, and others refuse an escape before what is none.
std::string_view StandardDialect::like_specials() const {
  return bound_ == RowBound::kTop ? "%_![" : "%_!";
}

std::string StandardDialect::Begins(const std::string& what, size_t) const {
  static const std::string signs = SignList();
  return "(" + what + " LIKE ? ESCAPE '!' AND {fn SUBSTRING(" + what + ", ?, 1)} IN (" + signs +
         "))";
}

std::vector<QueryValue> StandardDialect::BeginsValues(std::string_view number) const {
  return {HoldsValue(number).substr(1), CharactersOf(number) + 1};
}

std::string StandardDialect::Holds(const std::string& what, size_t n) const {
  return Like(what, n);
}

std::string StandardDialect::HoldsValue(std::string_view number) const {
  std::string like = "%";
  for (const char c : number) {
    if (like_specials().find(c) != std::string_view::npos) like += '!';
    like += c;
  }
  return like + "%";
}

}  // namespace tracegate
