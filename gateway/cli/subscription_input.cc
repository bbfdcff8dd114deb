#include "gateway/cli/subscription_input.h"

#include "absl/time/time.h"
#include "gateway/cli/request_input.h"
#include "gateway/cli/typed_time.h"

namespace tracegate {
namespace {

absl::Status SetUntil(const std::string& text, v1::SubscribeRequest* request) {
  if (text.empty()) return absl::OkStatus();
  const auto until = ParseTypedTime("--until", text);
  if (until.ok()) request->mutable_expire_time()->set_seconds(absl::ToUnixSeconds(*until));
  return until.status();
}

}  // namespace

void TypedSubscription::AddTo(CLI::App* command) {
  command->add_option("--file", file, "SubscribeRequest, YAML or JSON; - for standard input");
  marks.AddTo(command);
  command->add_option("--in", in_states, "States to ask; else all that an agreement opens");
  purpose.AddTo(command);
  command->add_option("--until", until, "How long: 2026-12-31, or RFC 3339; a year at most");
  command->add_option("--request-id", request_id,
                      "Id of this request: the same id asks the same thing again");
}

absl::StatusOr<v1::SubscribeRequest> SubscribeRequestOf(const TypedSubscription& typed) {
  v1::SubscribeRequest request;
  absl::Status status;
  if (!typed.file.empty()) status = ReadRequest(typed.file, &request);
  if (status.ok()) status = typed.purpose.LayOver(&request);
  if (status.ok()) status = SetUntil(typed.until, &request);
  if (!status.ok()) return status;
  if (!typed.marks.empty()) LayOver(typed.marks, request.mutable_item());
  if (!typed.in_states.empty()) {
    request.mutable_in_states()->Assign(typed.in_states.begin(), typed.in_states.end());
  }
  if (!typed.request_id.empty()) request.set_request_id(typed.request_id);
  if (request.request_id().empty()) request.set_request_id(MakeRequestId());
  return request;
}

}  // namespace tracegate
