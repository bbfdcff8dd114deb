#include "adapters/sql/query_text.h"

#include <utility>

#include "adapters/find_request.h"

namespace tracegate {
namespace {

using Kind = QueryKey::Kind;

// One row more than is read tells that there are more.
size_t RowsMax(Kind kind) {
  switch (kind) {
    case Kind::kRecord:
    case Kind::kAny: return 1;
    case Kind::kRelated: return kRelatedRowsMax + 1;
    default: return kCandidatesMax + 1;
  }
}

std::string SelectFrom(const SourceTable& table, const SqlDialect& dialect) {
  std::string text = "SELECT ";
  for (size_t i = 0; i < table.columns.size(); ++i) {
    text += i == 0 ? "" : ", ";
    text += dialect.AsText(Qualified(table, table.columns[i].name, dialect));
  }
  return text + " FROM " + dialect.TableName(table.name);
}

std::string In(const std::string& what, size_t count, const SqlDialect& dialect) {
  std::string text = what + " IN (";
  for (size_t i = 1; i <= count; ++i) text += (i == 1 ? "" : ", ") + dialect.Parameter(i);
  return text + ")";
}

// One condition for each value, `step` parameters apart.
template <typename Condition>
std::string AnyOf(size_t count, size_t step, Condition condition) {
  std::string text;
  for (size_t i = 0; i < count; ++i) text += (i == 0 ? "(" : " OR ") + condition(1 + i * step);
  return text + ")";
}

std::string Begins(const std::string& what, size_t count, const SqlDialect& dialect) {
  const size_t step = dialect.BeginsValues("").size();
  return AnyOf(count, step, [&](size_t n) { return dialect.Begins(what, n); });
}

std::string Holds(const std::string& what, size_t count, const SqlDialect& dialect) {
  return AnyOf(count, 1, [&](size_t n) { return dialect.Holds(what, n); });
}

// What rows of records() are asked for.
std::string RecordsCondition(const QueryKey& key, const Mapping& mapping,
                             const SqlDialect& dialect) {
  const SourceTable& records = mapping.records();
  const std::string serial = Qualified(records, mapping.serial_search().column(), dialect);
  // The lines keep a `--` in the expression from taking what follows with it.
  const std::string folded = "(\n" + mapping.serial_search().folded() + "\n)";
  switch (key.kind) {
    case Kind::kSerialIn: return In(serial, key.count, dialect);
    case Kind::kFoldedIn: return In(folded, key.count, dialect);
    case Kind::kSerialBegins: return Begins(serial, key.count, dialect);
    case Kind::kFoldedBegins: return Begins(folded, key.count, dialect);
    case Kind::kSerialHolds: return Holds(serial, key.count, dialect);
    case Kind::kSerialLike: return dialect.Like(serial, 1);
    case Kind::kFoldedLike: return dialect.LikeFolded(folded, 1);
    case Kind::kRecord: return In(Qualified(records, records.record_number, dialect), 2, dialect);
    case Kind::kRelated:
    case Kind::kAny: break;
  }
  return "1 = 1";
}

std::string RelatedText(const SourceTable& table, const SqlDialect& dialect) {
  const std::string order =
      table.order_by.empty() ? "" : " ORDER BY " + Qualified(table, table.order_by, dialect);
  return SelectFrom(table, dialect) + " WHERE " +
         In(Qualified(table, table.record_number, dialect), 2, dialect) + order;
}

std::vector<QueryValue> ParametersOf(Kind kind, const QueryValue& value,
                                     const SqlDialect& dialect) {
  const auto* text = std::get_if<std::string>(&value);
  if (text == nullptr) return {value};
  switch (kind) {
    case Kind::kSerialBegins:
    case Kind::kFoldedBegins: return dialect.BeginsValues(*text);
    case Kind::kSerialHolds: return {dialect.HoldsValue(*text)};
    case Kind::kSerialLike:
    case Kind::kFoldedLike: return {LikePattern(*text, dialect)};
    default: return {value};
  }
}

}  // namespace

std::string QueryText(const QueryKey& key, const Mapping& mapping, const SqlDialect& dialect) {
  const std::string select = key.kind == Kind::kRelated
                                 ? RelatedText(mapping.related()[key.count], dialect)
                                 : SelectFrom(mapping.records(), dialect) + " WHERE " +
                                       RecordsCondition(key, mapping, dialect);
  return dialect.Bounded(select, RowsMax(key.kind));
}

std::vector<QueryValue> QueryParameters(const QueryKey& key, const std::vector<QueryValue>& values,
                                        const SqlDialect& dialect) {
  std::vector<QueryValue> parameters;
  for (const QueryValue& value : values) {
    for (QueryValue& parameter : ParametersOf(key.kind, value, dialect))
      parameters.push_back(std::move(parameter));
  }
  return parameters;
}

std::string Qualified(const SourceTable& table, const std::string& column,
                      const SqlDialect& dialect) {
  return dialect.TableName(table.name) + "." + dialect.Quoted(column);
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

}  // namespace tracegate
