#ifndef TRACEGATE_ADAPTERS_ANSWER_CHECK_H_
#define TRACEGATE_ADAPTERS_ANSWER_CHECK_H_

#include "absl/status/status.h"
#include "tracegate/adapter/v1/registry_adapter.pb.h"

namespace tracegate {

// What a registry's answer has to be before anything is done with it, whoever wrote the adapter: within the bounds of the
// contract (text, lists, enum values that are known), candidates within what was asked for, each record with a number of
// its own, States and dates well formed. Errors: REGISTRY_MISMATCH naming the field, never what stands in it.

// Of a registry that answers with records, or says that it needs time; an authority's own answer is no such answer.
absl::Status CheckFindAnswer(const adapter::v1::FindRequest& request,
                             const adapter::v1::FindResponse& answer);

absl::Status CheckRecordAnswer(const adapter::v1::GetRecordRequest& request,
                               const adapter::v1::GetRecordResponse& answer);

// Of a registry that is configured to hold the records of `state`.
absl::Status CheckDescription(const std::string& state,
                              const adapter::v1::DescribeResponse& description);

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_ANSWER_CHECK_H_
