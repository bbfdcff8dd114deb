// A peer's reply to the question "hop.1" that Brazil was asked.

#include "adapters/peer/peer_answer.h"

#include "protos/tracegate/bounds_check.h"
#include "protos/tracegate/failure.h"
#include "tests/fuzz/property.h"
#include "tracegate/v1/trace.pb.h"

namespace tracegate {
namespace {

void CheckAnswer(const adapter::v1::FindResponse& response, const std::string& reply) {
  v1::Trace trace;
  Require(ParseChecked(reply, &trace).ok(), "what is taken is a trace within its bounds");
  Require(trace.request_id() == "hop.1", "it is about the request that was asked");
  if (!response.has_answer()) {
    Require(response.has_pending(), "without an answer it is pending");
    return;
  }
  Require(trace.hops_size() == 1 && trace.hops(0).to_state() == "BR",
          "it answers for Brazil alone");
  Require(response.answer().verbatim() == reply, "the reply is kept as it came");
  Require(CheckBounds(response.answer().answer()).ok(), "the answer is within its bounds");
}

}  // namespace
}  // namespace tracegate

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  using namespace tracegate;
  const std::string reply(TextOf(bytes, size));
  const auto read = ReadPeerReply(reply, "BR", "hop.1", absl::FromUnixSeconds(1'780'000'000));
  if (read.ok()) {
    CheckAnswer(*read, reply);
  } else {
    RequireRefusal(read.status(), DetailOf(read.status()).reason());
  }
  return 0;
}
