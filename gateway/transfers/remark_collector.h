#ifndef TRACEGATE_GATEWAY_TRANSFERS_REMARK_COLLECTOR_H_
#define TRACEGATE_GATEWAY_TRANSFERS_REMARK_COLLECTOR_H_

#include <string>
#include <utility>
#include <vector>

#include "gateway/transfers/record_remarks.h"
#include "tracegate/v1/transfer.pb.h"

namespace tracegate {

// The remarks on a record as they are found, at most kRemarksMax of them.
class RemarkCollector {
 public:
  bool IsFull() const { return remarks_.size() == kRemarksMax; }

  void Add(v1::RecordRemarkKind kind, std::string field, std::string text) {
    if (IsFull()) return;
    v1::RecordRemark& remark = remarks_.emplace_back();
    remark.set_kind(kind);
    remark.set_field(std::move(field));
    remark.set_text(std::move(text));
  }

  std::vector<v1::RecordRemark> Take() { return std::move(remarks_); }

 private:
  std::vector<v1::RecordRemark> remarks_;
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_TRANSFERS_REMARK_COLLECTOR_H_
