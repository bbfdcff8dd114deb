#include "gateway/cli/cross_check_input.h"

#include "gateway/cli/request_input.h"

namespace tracegate {

void TypedCrossCheck::AddTo(CLI::App* command) {
  command->add_option("--file", file, "CrossCheckRequest, YAML or JSON; - for standard input");
  marks.AddTo(command);
  command->add_option("--to", to_states, "States to ask; else all that an agreement opens");
  purpose.AddTo(command);
  command->add_option("--reference", reference, "Your own case number");
}

absl::StatusOr<v1::CrossCheckRequest> CrossCheckOf(const TypedCrossCheck& typed) {
  v1::CrossCheckRequest request;
  absl::Status status;
  if (!typed.file.empty()) status = ReadRequest(typed.file, &request);
  if (status.ok()) status = typed.purpose.LayOver(&request);
  if (!status.ok()) return status;
  if (!request.has_blinded()) LayOver(typed.marks, request.mutable_item());
  if (!typed.to_states.empty()) {
    request.mutable_to_states()->Assign(typed.to_states.begin(), typed.to_states.end());
  }
  if (!typed.reference.empty()) {
    request.mutable_requesting_agency()->set_reference(typed.reference);
  }
  return request;
}

}  // namespace tracegate
