#ifndef TRACEGATE_ADAPTERS_SQL_QUERY_TEXT_H_
#define TRACEGATE_ADAPTERS_SQL_QUERY_TEXT_H_

#include <compare>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/mapping/mapping.h"
#include "adapters/sql/sql_dialect.h"

namespace tracegate {

// One question to the registry's database, about values that are always parameters.
struct QueryKey {
  enum class Kind {
    kSerialIn,      // the serial column is one of `count` values
    kFoldedIn,      // the folded expression is
    kSerialBegins,  // the serial column begins with one of `count` numbers, a sign behind it
    kFoldedBegins,  // the folded expression does
    kSerialHolds,   // the serial column holds one of `count` numbers as a word
    kSerialLike,    // the serial column fits a pattern of `?` and `*`
    kFoldedLike,    // the folded expression does
    kRecord,        // the record number is one of two values
    kRelated,       // rows of related()[count] whose record number is one of two values
    kAny,           // any row
  };
  Kind kind = Kind::kAny;
  size_t count = 0;

  auto operator<=>(const QueryKey&) const = default;
};

// The SQL of a question, bounded to the rows that are ever read of its kind. Every name is quoted and qualified, since
// SQLite takes a quoted name that is no column for text. Column and expression are asked separately: one question with
// OR would use no index.
std::string QueryText(const QueryKey& key, const Mapping& mapping, const SqlDialect& dialect);

// What its parameters are, in their order, for the values asked about.
std::vector<QueryValue> QueryParameters(const QueryKey& key, const std::vector<QueryValue>& values,
                                        const SqlDialect& dialect);

// A column of a table as SQL writes it.
std::string Qualified(const SourceTable& table, const std::string& column,
                      const SqlDialect& dialect);

// A pattern as a folded serial has it: upper-case ASCII letters, digits and wildcards, and letters of other scripts;
// separators dropped.
std::string FoldedPattern(std::string_view pattern);

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_SQL_QUERY_TEXT_H_
