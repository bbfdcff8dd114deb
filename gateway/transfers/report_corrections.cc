#include "gateway/transfers/report_corrections.h"

#include <string>

#include "absl/container/flat_hash_map.h"
#include "gateway/transfers/row_head.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

using Rows = google::protobuf::RepeatedPtrField<v1::TransferRow>;

// What a reader of the report sees: of how many lines a row is made is none of it.
std::string ShownBytes(v1::TransferRow row) {
  row.clear_lines();
  return row.SerializeAsString();
}

void Compare(const Rows& before, const Rows& after, std::vector<v1::RowCorrection>* out) {
  absl::flat_hash_map<std::string, const v1::TransferRow*> earlier;
  for (const v1::TransferRow& row : before) earlier[HeadOf(row).SerializeAsString()] = &row;
  for (const v1::TransferRow& row : after) {
    const auto found = earlier.find(HeadOf(row).SerializeAsString());
    const v1::TransferRow* const was = found == earlier.end() ? nullptr : found->second;
    if (was != nullptr) earlier.erase(found);
    if (was != nullptr && ShownBytes(*was) == ShownBytes(row)) continue;
    v1::RowCorrection& correction = out->emplace_back();
    if (was != nullptr) *correction.mutable_before() = *was;
    *correction.mutable_after() = row;
  }
  for (const v1::TransferRow& row : before) {
    if (!earlier.contains(HeadOf(row).SerializeAsString())) continue;
    *out->emplace_back().mutable_before() = row;
  }
}

}  // namespace

absl::StatusOr<std::vector<v1::RowCorrection>> CorrectionsOf(const v1::Report& before,
                                                             const v1::Report& after) {
  std::vector<v1::RowCorrection> corrections;
  Compare(before.transfers().exports(), after.transfers().exports(), &corrections);
  Compare(before.transfers().imports(), after.transfers().imports(), &corrections);
  if (corrections.size() > kCorrectionsMax) {
    return Failure(v1::REASON_MESSAGE_TOO_LARGE,
                   "more than 5,000 rows differ from the report that it corrects; correct fewer "
                   "categories at a time");
  }
  return corrections;
}

}  // namespace tracegate
