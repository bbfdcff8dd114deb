#ifndef TRACEGATE_ADAPTERS_SQL_SQL_DIALECT_H_
#define TRACEGATE_ADAPTERS_SQL_SQL_DIALECT_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace tracegate {

// A value that is looked for.
using QueryValue = std::variant<std::string, int64_t>;

// How one kind of database writes what SQL leaves open. Texts are bytes in the registry's own character set.
//
// Thread safety: immutable.
class SqlDialect {
 public:
  virtual ~SqlDialect() = default;

  // The n-th parameter of a statement, from 1.
  virtual std::string Parameter(size_t n) const = 0;
  // A name, whatever it contains: `"Ser. ""Nr"""`.
  virtual std::string Quoted(std::string_view name) const;
  // A table's name; of most databases, with its schema before a point.
  virtual std::string TableName(std::string_view name) const;
  // A column's value as it is read: text, so that a number stored as text keeps its leading zeros.
  virtual std::string AsText(const std::string& column) const = 0;
  // A question for so many rows at most. `select` begins with `SELECT `.
  virtual std::string Bounded(const std::string& select, size_t rows) const = 0;

  // Cells that fit the n-th parameter, a LikePattern, whatever their case.
  virtual std::string Like(const std::string& what, size_t n) const = 0;
  // The same where all are in capitals, so that an index may serve.
  virtual std::string LikeFolded(const std::string& what, size_t n) const;
  // What LIKE takes for wildcards, and its escape.
  virtual std::string_view like_specials() const { return "%_!"; }

  // Cells that begin with a number and go on with a sign of ASCII, neither letter nor digit: a condition on parameters
  // from the n-th on, and what these are.
  virtual std::string Begins(const std::string& what, size_t n) const = 0;
  virtual std::vector<QueryValue> BeginsValues(std::string_view number) const = 0;

  // Cells that hold a number as a word of its own, whatever its case, by the n-th parameter; and what that is.
  virtual std::string Holds(const std::string& what, size_t n) const = 0;
  virtual std::string HoldsValue(std::string_view number) const = 0;
};

// A serial with `?` for one unread character and `*` for any number, as a pattern for LIKE with `!` as its escape.
std::string LikePattern(std::string_view pattern, const SqlDialect& dialect);

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_SQL_SQL_DIALECT_H_
