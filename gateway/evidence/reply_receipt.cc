#include "gateway/evidence/reply_receipt.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/wire_format_lite.h>

#include "protos/tracegate/failure.h"
#include "tracegate/v1/trace.pb.h"

namespace tracegate {
namespace {

using google::protobuf::internal::WireFormatLite;
using google::protobuf::io::CodedInputStream;
using google::protobuf::io::CodedOutputStream;

constexpr uint32_t kReceiptTag = WireFormatLite::MakeTag(v1::Trace::kReceiptFieldNumber,
                                                         WireFormatLite::WIRETYPE_LENGTH_DELIMITED);

constexpr size_t kVarintBytesMax = 10;

absl::Status Malformed(std::string_view what) {
  return Failure(v1::REASON_MALFORMED_MESSAGE, "reply " + std::string(what));
}

}  // namespace

std::string ReplyWithReceipt(std::string_view content, std::string_view serialized_receipt) {
  uint8_t prefix[2 * kVarintBytesMax];
  uint8_t* end = CodedOutputStream::WriteVarint32ToArray(kReceiptTag, prefix);
  end = CodedOutputStream::WriteVarint32ToArray(static_cast<uint32_t>(serialized_receipt.size()),
                                                end);
  std::string reply;
  reply.reserve(content.size() + static_cast<size_t>(end - prefix) + serialized_receipt.size());
  reply.append(content);
  reply.append(prefix, end);
  reply.append(serialized_receipt);
  return reply;
}

absl::StatusOr<SplitReply> SplitReceipt(std::string_view reply) {
  CodedInputStream stream(reinterpret_cast<const uint8_t*>(reply.data()),
                          static_cast<int>(reply.size()));
  SplitReply split;
  while (true) {
    const auto start = static_cast<size_t>(stream.CurrentPosition());
    const uint32_t tag = stream.ReadTag();
    if (tag == 0) return Malformed("has no receipt");
    if (tag == kReceiptTag) {
      split.content = reply.substr(0, start);
      break;
    }
    if (!WireFormatLite::SkipField(&stream, tag)) return Malformed("is not a message");
  }
  uint32_t length = 0;
  if (!stream.ReadVarint32(&length) ||
      length != reply.size() - static_cast<size_t>(stream.CurrentPosition())) {
    return Malformed("does not end with its receipt");
  }
  if (!split.receipt.ParseFromCodedStream(&stream)) return Malformed("has a malformed receipt");
  return split;
}

}  // namespace tracegate
