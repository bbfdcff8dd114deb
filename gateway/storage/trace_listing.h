#ifndef TRACEGATE_GATEWAY_STORAGE_TRACE_LISTING_H_
#define TRACEGATE_GATEWAY_STORAGE_TRACE_LISTING_H_

#include <string>
#include <string_view>
#include <vector>

#include "gateway/storage/record_store.h"

namespace tracegate {

// The columns of a TraceRow, in the order in which they are read, up to the table.
inline const std::string kTraceColumns =
    "SELECT trace_id, agency, request_id, asking_state, asked_state, serial_number, state, open, "
    "body, "
    "reply_entry, reply_receipt, actor FROM trace ";

// A TraceQuery as SQL: only numbers stand in the text, whatever came from outside is a parameter.
class TraceListing {
 public:
  explicit TraceListing(const TraceQuery& query);

  const std::string& sql() const { return sql_; }
  // Values of the parameters, in order.
  const std::vector<std::string>& texts() const { return texts_; }

 private:
  void Where(std::string_view condition);
  void WhereEquals(std::string_view column, const std::string& text);

  std::string sql_;
  std::vector<std::string> texts_;
  bool filtered_ = false;
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_STORAGE_TRACE_LISTING_H_
