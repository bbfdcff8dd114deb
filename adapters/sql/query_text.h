#ifndef TRACEGATE_ADAPTERS_SQL_QUERY_TEXT_H_
#define TRACEGATE_ADAPTERS_SQL_QUERY_TEXT_H_

#include <compare>
#include <cstddef>
#include <string>
#include <string_view>

#include "adapters/mapping/mapping.h"

namespace tracegate {

// One question to the registry's database. Values are always parameters: `?1`.. are what is looked for, the
// last is the bound of rows.
struct QueryKey {
  enum class Kind {
    kSerialIn,       // the serial column is one of `count` values
    kFoldedIn,       // the folded expression is
    kSerialBetween,  // the serial column lies between one of `count` pairs of bounds
    kFoldedBetween,  // the folded expression does
    kSerialHolds,    // the serial column, in capitals, fits one of `count` of WordGlob
    kSerialLike,     // the serial column fits a pattern
    kFoldedLike,     // the folded expression does
    kRecord,         // the record number is one of two values
    kRelated,        // rows of related()[count] whose record number is one of two values
    kAny,            // any row
  };
  Kind kind = Kind::kAny;
  size_t count = 0;

  auto operator<=>(const QueryKey&) const = default;
};

// The SQL of a question. Every column is read as text, so that a number stored as text keeps its leading
// zeros; every name is quoted and qualified, since SQLite takes a quoted name that is no column for text.
// Column and expression are asked separately: one question with OR would use no index.
std::string QueryText(const QueryKey& key, const Mapping& mapping);

// A name as SQL writes it, whatever it contains: `"Ser. ""Nr"""`.
std::string QuotedName(std::string_view name);

// A serial with `?` for one unread character and `*` for any number, as a LIKE pattern with `\` as its
// escape.
std::string LikePattern(std::string_view pattern);

// The same pattern as a folded serial has it: upper-case ASCII letters, digits and wildcards, and letters of
// other scripts; separators dropped.
std::string FoldedPattern(std::string_view pattern);

// The text, ASCII letters in capitals, as a word of its own somewhere: a GLOB pattern for a column in
// capitals with a blank before and behind it.
std::string WordGlob(std::string_view text);

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_SQL_QUERY_TEXT_H_
