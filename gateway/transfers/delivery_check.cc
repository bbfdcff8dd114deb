#include "gateway/transfers/delivery_check.h"

#include <algorithm>

#include "absl/container/flat_hash_set.h"
#include "gateway/transfers/arms_category.h"
#include "gateway/transfers/field_check.h"
#include "gateway/transfers/remark_collector.h"
#include "protos/tracegate/violations.h"

namespace tracegate {
namespace {

constexpr int kItemsMax = 1000;
constexpr int64_t kAmountMax = 1'000'000'000'000;
constexpr size_t kSha256HexDigits = 64;

bool IsSha256(const std::string& hex) {
  return hex.size() == kSha256HexDigits && std::all_of(hex.begin(), hex.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
         });
}

bool HasLine(const v1::TransferRecord& record, int32_t number) {
  return std::any_of(record.lines().begin(), record.lines().end(),
                     [&](const v1::TransferLine& line) { return line.number() == number; });
}

void CheckLine(const v1::DeliveredLine& line, const v1::TransferRecord& record,
               const std::string& at, Violations* out) {
  out->Require(line.line_number() != 0, at + "line_number", "say which line of the record");
  out->Refuse(line.line_number() != 0 && !HasLine(record, line.line_number()), at + "line_number",
              "is no line of the record");
  out->Refuse(line.arrived() < 0 || line.arrived() > kAmountMax, at + "arrived",
              "must be 0 to 1,000,000,000,000");
  out->Refuse(line.missing() < 0 || line.missing() > kAmountMax, at + "missing",
              "must be 0 to 1,000,000,000,000");
  out->Refuse(line.unexpected_items_size() > kItemsMax, at + "unexpected_items",
              "must be 1,000 or fewer");
  out->Refuse(line.missing_items_size() > kItemsMax, at + "missing_items",
              "must be 1,000 or fewer");
}

// Where the delivery tells of that line.
std::string PathOf(const v1::TransferLine& line, const v1::Delivery& delivery) {
  for (int i = 0; i < delivery.lines_size(); ++i) {
    if (delivery.lines(i).line_number() == line.number()) {
      return At("delivery.lines", i) + ".arrived";
    }
  }
  return "delivery.lines";
}

}  // namespace

absl::Status CheckDelivery(const v1::Delivery& delivery, const v1::TransferRecord& record,
                           absl::CivilDay today, const std::string& prefix) {
  Violations out(prefix);
  out.Require(delivery.date().year() != 0, "date", "say when it arrived");
  CheckDate(delivery.date(), today + 1, "date", &out);
  out.Require(!delivery.state().empty(), "state", "say in which State it arrived");
  CheckState(delivery.state(), "state", &out);
  CheckParty(delivery.received_by(), "received_by", &out);
  out.Refuse(!delivery.document_sha256().empty() && !IsSha256(delivery.document_sha256()),
             "document_sha256", "must be 64 lower-case hexadecimal digits");
  absl::flat_hash_set<int32_t> numbers;
  for (int i = 0; i < delivery.lines_size(); ++i) {
    const std::string at = At("lines", i) + ".";
    CheckLine(delivery.lines(i), record, at, &out);
    out.Refuse(!numbers.insert(delivery.lines(i).line_number()).second, at + "line_number",
               "is told of already");
  }
  return out.status();
}

int64_t ArrivedOf(const v1::TransferLine& line, const v1::Delivery& delivery) {
  if (delivery.lines().empty()) return line.quantity().amount();
  for (const v1::DeliveredLine& delivered : delivery.lines()) {
    if (delivered.line_number() == line.number()) return delivered.arrived();
  }
  return 0;
}

std::vector<v1::RecordRemark> RemarksOnDelivery(
    const google::protobuf::RepeatedPtrField<v1::Delivery>& earlier, const v1::Delivery& delivery,
    const v1::TransferRecord& record) {
  RemarkCollector out;
  for (const v1::TransferLine& line : record.lines()) {
    const int64_t arrived = ArrivedOf(line, delivery);
    int64_t before = 0;
    for (const v1::Delivery& other : earlier) before += ArrivedOf(line, other);
    // A line that tells its value alone has nothing to count: it can only be told of again.
    const bool counted = line.has_quantity();
    const bool again = !counted && delivery.lines().empty() && !earlier.empty();
    if (counted ? arrived == 0 || before + arrived <= line.quantity().amount() : !again) continue;
    const std::string what = ArmsWords(line.category(), line.subcategory());
    out.Add(v1::RECORD_REMARK_KIND_ARRIVED_TWICE, PathOf(line, delivery),
            counted ? std::to_string(line.quantity().amount()) + " " + what + " left (line " +
                          std::to_string(line.number()) + "), and " +
                          std::to_string(before + arrived) + " arrived over all receipts"
                    : what + " (line " + std::to_string(line.number()) + ") arrived before");
  }
  return out.Take();
}

}  // namespace tracegate
