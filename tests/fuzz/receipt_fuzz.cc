// A reply with its receipt, as somebody brings it to court. The input is tried as a reply, and as a
// forger's edits of a genuine one: a place (two bytes), how many bytes to leave out (one), and what to
// put there.

#include <algorithm>
#include <memory>

#include "gateway/evidence/checkpoint.h"
#include "gateway/evidence/hash.h"
#include "gateway/evidence/note_signer.h"
#include "gateway/evidence/receipt_check.h"
#include "gateway/evidence/reply_receipt.h"
#include "protos/tracegate/failure.h"
#include "tests/fuzz/property.h"
#include "tests/gateway/evidence/minted_key.h"
#include "tracegate/v1/trace.pb.h"

namespace tracegate {
namespace {

constexpr char kOrigin[] = "br.example/log";

// The only entry of a log whose key is made here.
struct Genuine {
  std::string content;
  std::string reply;
  std::string verifier_key;
};

v1::Receipt ReceiptOf(const std::string& content, const NoteSigner& signer) {
  Hasher hasher;
  v1::Receipt receipt;
  receipt.set_log_origin(kOrigin);
  receipt.set_salt(std::string(kHashBytes, 's'));
  v1::EntryHeader header;
  header.set_kind(v1::ENTRY_KIND_ANSWER_DISCLOSED);
  header.set_content_bytes(static_cast<int64_t>(content.size()));
  header.set_commitment(std::string(BytesOf(hasher.Commitment(receipt.salt(), content))));
  receipt.set_header(header.SerializeAsString());
  receipt.set_checkpoint(
      signer.Sign(FormatCheckpoint({kOrigin, 1, hasher.Leaf(receipt.header())})));
  return receipt;
}

Genuine MakeGenuine() {
  const auto signer = NoteSigner::FromPem(kOrigin, Ed25519Pem(std::string(32, 's')));
  Require(signer.ok(), "a key can be made");
  v1::Trace trace;
  trace.set_trace_id("01ARZ3NDEKTSV4RRFFQ69G5FAV");
  trace.set_request_id("request-1");
  trace.set_state(v1::TRACE_STATE_ANSWERED);
  trace.add_hops()->mutable_answer()->set_outcome(v1::OUTCOME_NO_RECORD);
  Genuine genuine{trace.SerializeAsString(), "", (*signer)->verifier_key()};
  genuine.reply =
      ReplyWithReceipt(genuine.content, ReceiptOf(genuine.content, **signer).SerializeAsString());
  Require(VerifyReply(genuine.reply, genuine.verifier_key).ok(), "the genuine reply verifies");
  return genuine;
}

// Wrong in the receipt, or no reply with one at all.
void CheckRefusal(const absl::Status& status) {
  const v1::Reason reason = DetailOf(status).reason();
  RequireRefusal(status,
                 reason == v1::REASON_MALFORMED_MESSAGE ? reason : v1::REASON_FIELD_INVALID);
}

void CheckReply(std::string_view reply, const Genuine& genuine) {
  const auto split = SplitReceipt(reply);
  if (split.ok()) {
    Require(reply.substr(0, split->content.size()) == split->content, "the content comes first");
    v1::Trace whole, content;
    if (whole.ParseFromString(std::string(reply)) &&
        content.ParseFromString(std::string(split->content))) {
      Require(!content.has_receipt(), "the receipt is the only one");
      whole.clear_receipt();
      Require(whole.SerializeAsString() == content.SerializeAsString(),
              "the reply says no more than its content");
    }
  }
  const absl::Status verified = VerifyReply(reply, genuine.verifier_key);
  if (!verified.ok()) return CheckRefusal(verified);
  Require(split->content == genuine.content, "only what was signed verifies");
}

std::string Edited(std::string reply, std::string_view edit) {
  if (edit.size() < 3) return reply;
  const auto byte = [&](size_t i) { return static_cast<uint8_t>(edit[i]); };
  const size_t at = (byte(0) | byte(1) << 8) % (reply.size() + 1);
  reply.replace(at, std::min<size_t>(byte(2), reply.size() - at), edit.substr(3));
  return reply;
}

}  // namespace
}  // namespace tracegate

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  using namespace tracegate;
  static const Genuine* const kGenuine = new Genuine(MakeGenuine());
  const std::string_view input = TextOf(bytes, size);
  CheckReply(input, *kGenuine);
  CheckReply(Edited(kGenuine->reply, input), *kGenuine);
  return 0;
}
