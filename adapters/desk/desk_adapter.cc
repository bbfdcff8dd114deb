#include "adapters/desk/desk_adapter.h"

#include <utility>

#include "adapters/find_request.h"
#include "protos/tracegate/duration.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

// To the second: nobody at a desk works by smaller units.
void SetTime(absl::Time time, google::protobuf::Timestamp* out) {
  out->set_seconds(absl::ToUnixSeconds(time));
}

// Sets `target` where the configuration has one.
absl::Status TakeTarget(std::string_view field, bool is_set,
                        const google::protobuf::Duration& configured, absl::Duration* target) {
  if (!is_set) return absl::OkStatus();
  *target = ToDuration(configured);
  if (*target >= absl::Seconds(1)) return absl::OkStatus();
  return FieldFailure(v1::REASON_CONFIG_INVALID, field, "is less than a second");
}

}  // namespace

absl::StatusOr<DeskAdapter::Options> DeskAdapter::OptionsOf(const config::v1::Registry& registry,
                                                            std::function<absl::Time()> clock) {
  const config::v1::DeskRegistry& desk = registry.desk();
  Options options{.name = registry.name(), .state = registry.state(), .clock = std::move(clock)};
  absl::Status status = TakeTarget("desk.acknowledge_within", desk.has_acknowledge_within(),
                                   desk.acknowledge_within(), &options.acknowledge_within);
  if (status.ok()) {
    status = TakeTarget("desk.answer_within", desk.has_answer_within(), desk.answer_within(),
                        &options.answer_within);
  }
  if (status.ok()) {
    status = TakeTarget("desk.remind_every", desk.has_remind_every(), desk.remind_every(),
                        &options.look_every);
  }
  if (!status.ok()) return status;
  return options;
}

adapter::v1::DescribeResponse DeskAdapter::Describe() const {
  adapter::v1::DescribeResponse description;
  description.set_name(options_.name);
  description.add_states(options_.state);
  if (options_.answer_within < absl::InfiniteDuration())
    description.set_expected_answer_ms(absl::ToInt64Milliseconds(options_.answer_within));
  return description;
}

void DeskAdapter::Find(RegistryCall, adapter::v1::FindRequest request, FindDone done) {
  if (request.hop_id().empty()) {
    return done(FieldFailure(v1::REASON_FIELD_REQUIRED, "hop_id", "says which question it is"));
  }
  const absl::Time now = options_.clock();
  adapter::v1::FindResponse response;
  adapter::v1::Pending& pending = *response.mutable_pending();
  pending.set_message("waits for an officer of " + options_.state);
  SetTime(now + options_.look_every, pending.mutable_ask_again_time());
  v1::DeskWork& desk = *pending.mutable_desk();
  SetTime(now, desk.mutable_receive_time());
  if (options_.acknowledge_within < absl::InfiniteDuration())
    SetTime(now + options_.acknowledge_within, desk.mutable_acknowledge_by());
  if (options_.answer_within < absl::InfiniteDuration())
    SetTime(now + options_.answer_within, desk.mutable_answer_by());
  done(std::move(response));
}

void DeskAdapter::GetRecord(RegistryCall, adapter::v1::GetRecordRequest request, RecordDone done) {
  if (auto status = CheckGetRecordRequest(request); !status.ok()) return done(std::move(status));
  done(Failure(v1::REASON_RECORD_NOT_FOUND,
               "registry '" + options_.name + "' is a desk: it keeps no records"));
}

void DeskAdapter::Health(RegistryCall, HealthDone done) { done(absl::OkStatus()); }

}  // namespace tracegate
