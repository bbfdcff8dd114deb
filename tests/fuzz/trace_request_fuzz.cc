// The bytes of a CreateTrace, before anybody looks at what they say.

#include "protos/tracegate/bounds_check.h"
#include "protos/tracegate/failure.h"
#include "protos/tracegate/malformed.h"
#include "tests/fuzz/property.h"
#include "tracegate/v1/trace.pb.h"

namespace tracegate {
namespace {

void CheckRefusal(const absl::Status& status) {
  const v1::Reason reason = DetailOf(status).reason();
  Require(reason == v1::REASON_MALFORMED_MESSAGE || reason == v1::REASON_FIELD_TOO_LONG ||
              reason == v1::REASON_FIELD_INVALID || reason == v1::REASON_ENUM_UNKNOWN,
          "the refusal says what is wrong with the message");
  RequireRefusal(status, reason);
}

}  // namespace
}  // namespace tracegate

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  using namespace tracegate;
  const std::string_view input = TextOf(bytes, size);
  v1::CreateTraceRequest request;
  const absl::Status read = ParseChecked(input, &request);
  // It explains what somebody else refused, so it never says that nothing is wrong.
  CheckRefusal(ExplainMalformed(input, *v1::CreateTraceRequest::descriptor()));
  if (!read.ok()) {
    CheckRefusal(read);
    return 0;
  }
  v1::CreateTraceRequest again;
  Require(ParseChecked(request.SerializeAsString(), &again).ok(), "what was taken is taken again");
  Require(again.SerializeAsString() == request.SerializeAsString(), "it is the same then");
  return 0;
}
