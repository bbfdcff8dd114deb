#include "adapters/sql/query_text.h"

namespace tracegate {
namespace {

using Kind = QueryKey::Kind;

std::string Qualified(const SourceTable& table, const std::string& column) {
  return QuotedName(table.name) + "." + QuotedName(column);
}

std::string SelectFrom(const SourceTable& table) {
  std::string text = "SELECT ";
  for (size_t i = 0; i < table.columns.size(); ++i) {
    text += i == 0 ? "" : ", ";
    text += "CAST(" + Qualified(table, table.columns[i].name) + " AS TEXT)";
  }
  return text + " FROM " + QuotedName(table.name);
}

std::string In(size_t count) {
  std::string text = " IN (";
  for (size_t i = 1; i <= count; ++i) text += (i == 1 ? "?" : ", ?") + std::to_string(i);
  return text + ")";
}

// One range after the other: with the column in one comparison each, SQLite uses its index for all.
std::string Between(const std::string& what, size_t count) {
  std::string text;
  for (size_t i = 0; i < count; ++i) {
    text += std::string(i == 0 ? "" : " OR ") + "(" + what + " > ?" + std::to_string(2 * i + 1) +
            " AND " + what + " < ?" + std::to_string(2 * i + 2) + ")";
  }
  return "(" + text + ")";
}

std::string Holds(const std::string& column, size_t count) {
  std::string text;
  for (size_t i = 1; i <= count; ++i) {
    text += std::string(i == 1 ? "" : " OR ") + "' ' || UPPER(" + column + ") || ' ' GLOB ?" +
            std::to_string(i);
  }
  return "(" + text + ")";
}

std::string Limit(size_t parameter) { return " LIMIT ?" + std::to_string(parameter); }

}  // namespace

std::string QueryText(const QueryKey& key, const Mapping& mapping) {
  const SourceTable& records = mapping.records();
  const std::string serial = Qualified(records, mapping.serial_search().column());
  // The lines keep a `--` in the expression from taking what follows with it.
  const std::string folded = "(\n" + mapping.serial_search().folded() + "\n)";
  const std::string like = " LIKE ?1 ESCAPE '\\'";
  const std::string select = SelectFrom(records);
  switch (key.kind) {
    case Kind::kSerialIn: return select + " WHERE " + serial + In(key.count) + Limit(key.count + 1);
    case Kind::kFoldedIn: return select + " WHERE " + folded + In(key.count) + Limit(key.count + 1);
    case Kind::kSerialBetween:
      return select + " WHERE " + Between(serial, key.count) + Limit(2 * key.count + 1);
    case Kind::kFoldedBetween:
      return select + " WHERE " + Between(folded, key.count) + Limit(2 * key.count + 1);
    case Kind::kSerialHolds:
      return select + " WHERE " + Holds(serial, key.count) + Limit(key.count + 1);
    case Kind::kSerialLike: return select + " WHERE " + serial + like + Limit(2);
    case Kind::kFoldedLike: return select + " WHERE " + folded + like + Limit(2);
    case Kind::kRecord:
      return select + " WHERE " + Qualified(records, records.record_number) + In(2) + Limit(3);
    case Kind::kRelated: {
      const SourceTable& table = mapping.related()[key.count];
      const std::string order =
          table.order_by.empty() ? "" : " ORDER BY " + Qualified(table, table.order_by);
      return SelectFrom(table) + " WHERE " + Qualified(table, table.record_number) + In(2) + order +
             Limit(3);
    }
    case Kind::kAny: break;
  }
  return select + Limit(1);
}

std::string QuotedName(std::string_view name) {
  std::string quoted = "\"";
  for (const char c : name) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + "\"";
}

std::string LikePattern(std::string_view pattern) {
  std::string like;
  bool after_star = false;
  for (const char c : pattern) {
    // Each further `%` multiplies the work of a match, and a run of them means no more than one.
    const bool repeated_star = c == '*' && after_star;
    after_star = c == '*';
    if (repeated_star) continue;
    if (c == '%' || c == '_' || c == '\\') like += '\\';
    like += c == '?' ? '_' : c == '*' ? '%' : c;
  }
  return like;
}

std::string FoldedPattern(std::string_view pattern) {
  std::string folded;
  for (const char c : pattern) {
    const bool digit_or_wildcard = (c >= '0' && c <= '9') || c == '?' || c == '*';
    const bool other_script = static_cast<unsigned char>(c) >= 0x80;
    if (digit_or_wildcard || other_script || (c >= 'A' && c <= 'Z')) folded += c;
    if (c >= 'a' && c <= 'z') folded += static_cast<char>(c - 'a' + 'A');
  }
  return folded;
}

std::string WordGlob(std::string_view text) {
  constexpr std::string_view kNoneOfAWord = "[^0-9A-Z]";
  std::string glob = "*" + std::string(kNoneOfAWord);
  for (const char c : text) {
    if (c == '*' || c == '?' || c == '[') {
      glob += std::string("[") + c + "]";
    } else {
      glob += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    }
  }
  return glob + std::string(kNoneOfAWord) + "*";
}

}  // namespace tracegate
