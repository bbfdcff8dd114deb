#include "gateway/storage/trace_listing.h"

#include <algorithm>

namespace tracegate {
namespace {

std::string NumberList(const std::vector<v1::TraceState>& states) {
  std::string list;
  for (const v1::TraceState state : states) {
    if (!list.empty()) list += ", ";
    list += std::to_string(static_cast<int>(state));
  }
  return list;
}

}  // namespace

TraceListing::TraceListing(const TraceQuery& query) : sql_(kTraceColumns) {
  if (!query.visible_to_state.empty()) {
    Where("(asking_state = ? OR asked_state = ?)");
    texts_.insert(texts_.end(), 2, query.visible_to_state);
  }
  WhereEquals("agency", query.agency);
  WhereEquals("serial_number", query.serial_number);
  if (!query.states.empty()) Where("state IN (" + NumberList(query.states) + ")");
  // Only an incoming trace names the State asked.
  if (query.direction == v1::TRACE_DIRECTION_ASKED_BY_US) Where("asked_state = ''");
  if (query.direction == v1::TRACE_DIRECTION_ASKED_OF_US) Where("asked_state <> ''");
  if (!query.before_trace_id.empty()) {
    Where("trace_id < ?");
    texts_.push_back(query.before_trace_id);
  }
  sql_ += "ORDER BY trace_id DESC LIMIT " + std::to_string(std::max(query.limit, 0));
}

void TraceListing::Where(std::string_view condition) {
  sql_ += filtered_ ? "AND " : "WHERE ";
  sql_ += condition;
  sql_ += ' ';
  filtered_ = true;
}

void TraceListing::WhereEquals(std::string_view column, const std::string& text) {
  if (text.empty()) return;
  Where(std::string(column) + " = ?");
  texts_.push_back(text);
}

}  // namespace tracegate
