#ifndef TRACEGATE_ADAPTERS_HTTP_CANDIDATE_LIST_H_
#define TRACEGATE_ADAPTERS_HTTP_CANDIDATE_LIST_H_

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

#include "adapters/mapping/nested_record.h"
#include "tracegate/adapter/v1/registry_adapter.pb.h"

namespace tracegate {

// Records that answers to several questions have, each once, up to a bound.
class CandidateList {
 public:
  explicit CandidateList(int candidates_max) : max_(static_cast<size_t>(candidates_max)) {}

  void Add(NestedRecord record) {
    if (more_ || std::find(records_.begin(), records_.end(), record) != records_.end()) return;
    if (records_.size() == max_) {
      more_ = true;
    } else {
      records_.push_back(std::move(record));
    }
  }
  // There is more than was read.
  void MarkMore() { more_ = true; }

  // Nothing that is added counts any more.
  bool full() const { return more_; }
  bool empty() const { return records_.empty(); }

  adapter::v1::FindResponse Response(const Mapping& mapping) && {
    adapter::v1::FindResponse response;
    response.mutable_records()->set_more(more_);
    for (NestedRecord& record : records_) {
      *response.mutable_records()->add_records() = Translate(mapping, std::move(record));
    }
    return response;
  }

 private:
  const size_t max_;
  std::vector<NestedRecord> records_;
  bool more_ = false;
};

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_HTTP_CANDIDATE_LIST_H_
