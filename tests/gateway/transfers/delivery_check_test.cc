#include "gateway/transfers/delivery_check.h"

#include <functional>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "protos/tracegate/failure.h"
#include "tests/gateway/transfers/example_record.h"

namespace tracegate {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

const absl::CivilDay kToday(2024, 6, 1);
using Deliveries = google::protobuf::RepeatedPtrField<v1::Delivery>;

absl::Status Check(const v1::Delivery& delivery) {
  return CheckDelivery(delivery, ExampleExport(), kToday);
}

TEST(CheckDelivery, TakesACompleteOne) {
  EXPECT_EQ(Check(ExampleDelivery(12)), absl::OkStatus());
  v1::Delivery all = ExampleDelivery(12);
  all.clear_lines();
  all.set_document_sha256(std::string(64, 'a'));
  EXPECT_EQ(Check(all), absl::OkStatus());
}

TEST(CheckDelivery, NamesTheOneFieldThatIsWrong) {
  const struct {
    const char* field;
    v1::Reason reason;
    std::function<void(v1::Delivery*)> change;
  } cases[] = {
      {"delivery.date", v1::REASON_FIELD_REQUIRED, [](auto* d) { d->clear_date(); }},
      {"delivery.date", v1::REASON_FIELD_INVALID,
       [](auto* d) { *d->mutable_date() = ExampleDate(2024, 6, 3); }},
      {"delivery.state", v1::REASON_FIELD_REQUIRED, [](auto* d) { d->clear_state(); }},
      {"delivery.state", v1::REASON_FIELD_INVALID, [](auto* d) { d->set_state("XX"); }},
      {"delivery.document_sha256", v1::REASON_FIELD_INVALID,
       [](auto* d) { d->set_document_sha256(std::string(64, 'A')); }},
      {"delivery.lines[0].line_number", v1::REASON_FIELD_REQUIRED,
       [](auto* d) { d->mutable_lines(0)->clear_line_number(); }},
      {"delivery.lines[0].line_number", v1::REASON_FIELD_INVALID,
       [](auto* d) { d->mutable_lines(0)->set_line_number(2); }},
      {"delivery.lines[1].line_number", v1::REASON_FIELD_INVALID,
       [](auto* d) { *d->add_lines() = v1::DeliveredLine(d->lines(0)); }},
      {"delivery.lines[0].arrived", v1::REASON_FIELD_INVALID,
       [](auto* d) { d->mutable_lines(0)->set_arrived(-1); }},
      {"delivery.lines[0].missing", v1::REASON_FIELD_INVALID,
       [](auto* d) { d->mutable_lines(0)->set_missing(-1); }},
  };
  for (const auto& one : cases) {
    v1::Delivery delivery = ExampleDelivery(12);
    one.change(&delivery);
    const v1::FailureDetail detail = DetailOf(Check(delivery));
    ASSERT_EQ(detail.violations_size(), 1) << one.field;
    EXPECT_EQ(detail.violations(0).field(), one.field);
    EXPECT_EQ(detail.reason(), one.reason) << one.field;
  }
}

TEST(RemarksOnDelivery, NothingOfWhatArrivesInParts) {
  Deliveries earlier;
  *earlier.Add() = ExampleDelivery(5);
  EXPECT_THAT(RemarksOnDelivery(earlier, ExampleDelivery(7), ExampleExport()), IsEmpty());
}

TEST(RemarksOnDelivery, MoreThanLeft) {
  Deliveries earlier;
  *earlier.Add() = ExampleDelivery(5);
  const auto remarks = RemarksOnDelivery(earlier, ExampleDelivery(8), ExampleExport());
  ASSERT_EQ(remarks.size(), 1u);
  EXPECT_EQ(remarks[0].kind(), v1::RECORD_REMARK_KIND_ARRIVED_TWICE);
  EXPECT_EQ(remarks[0].field(), "delivery.lines[0].arrived");
  EXPECT_THAT(remarks[0].text(), HasSubstr("13 arrived"));
}

TEST(RemarksOnDelivery, AllOfItTwice) {
  v1::Delivery all = ExampleDelivery(0);
  all.clear_lines();
  Deliveries earlier;
  EXPECT_THAT(RemarksOnDelivery(earlier, all, ExampleExport()), IsEmpty());
  *earlier.Add() = all;
  EXPECT_EQ(RemarksOnDelivery(earlier, all, ExampleExport()).size(), 1u);
  v1::TransferRecord by_value = ExampleExport();
  by_value.mutable_lines(0)->clear_quantity();
  *by_value.mutable_lines(0)->mutable_value() = Euros(5);
  EXPECT_EQ(RemarksOnDelivery(earlier, all, by_value).size(), 1u);
  EXPECT_THAT(RemarksOnDelivery({}, all, by_value), IsEmpty());
}

}  // namespace
}  // namespace tracegate
