// A message that holds another, as a peer or a caller sends it: one byte says which field, the rest is the message.

#include "protos/tracegate/field_bytes.h"

#include "protos/tracegate/failure.h"
#include "tests/fuzz/property.h"
#include "tracegate/v1/trace.pb.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  using namespace tracegate;
  const std::string_view input = TextOf(bytes, size);
  if (input.empty()) return 0;
  const int field = 1 + (static_cast<uint8_t>(input[0]) & 3);
  const std::string message(input.substr(1));
  const auto found = FieldBytes(message, field);
  if (!found.ok()) {
    RequireRefusal(found.status(), v1::REASON_MALFORMED_MESSAGE);
    return 0;
  }
  Require(found->empty() || (found->data() >= message.data() &&
                             found->data() + found->size() <= message.data() + message.size()),
          "the bytes are the message's own");
  // Where protobuf reads the message, it reads the same in the field.
  v1::ImportTracesRequest request;
  if (field == v1::ImportTracesRequest::kTraceFieldNumber && request.ParseFromString(message)) {
    v1::CreateTraceRequest trace;
    Require(trace.ParseFromString(std::string(*found)), "the field is what protobuf takes it for");
    Require(trace.SerializeAsString() == request.trace().SerializeAsString(),
            "the field says what protobuf reads in it");
  }
  std::string again;
  AppendFieldBytes(field, *found, &again);
  Require(*FieldBytes(again, field) == *found, "what is put there is found there");
  return 0;
}
