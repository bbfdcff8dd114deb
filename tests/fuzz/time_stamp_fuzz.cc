// A time-stamp, as an authority sends it or as somebody brings it to court. The input is tried as a token, as a
// response, and as a forger's edits of a genuine token: a place (two bytes), how many bytes to leave out (one), and
// what to put there.

#include <algorithm>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>

#include "gateway/evidence/time_stamp/gen_time.h"
#include "gateway/evidence/time_stamp/time_stamp_response.h"
#include "gateway/evidence/time_stamp/time_stamp_token.h"
#include "gateway/evidence/time_stamp/time_stamp_verifier.h"
#include "tests/fuzz/property.h"

namespace tracegate {
namespace {

std::string FileOf(const std::string& name) {
  std::ifstream file(TRACEGATE_SOURCE_DIR "/tests/vectors/time_stamp/" + name, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

struct Genuine {
  std::string note;
  std::string token;
  std::unique_ptr<TimeStampVerifier> verifier;
  TimeStamp stamp;
};

Genuine ReadGenuine() {
  auto verifier = TimeStampVerifier::Create({.ca_pem = FileOf("ca.crt")});
  Require(verifier.ok(), "the bundle can be read");
  Genuine genuine{FileOf("note"), FileOf("token"), *std::move(verifier), {}};
  const auto stamp = genuine.verifier->Verify(genuine.note, genuine.token);
  Require(stamp.ok(), "the genuine token verifies");
  genuine.stamp = *stamp;
  return genuine;
}

void RequireSame(const TimeStamp& stamp, const TimeStamp& genuine) {
  RequireText(stamp.authority, "an authority");
  Require(stamp.gen_time == genuine.gen_time, "no other time verifies");
  Require(stamp.accuracy == genuine.accuracy, "no other accuracy verifies");
  Require(stamp.serial == genuine.serial, "no other serial number verifies");
  Require(stamp.authority == genuine.authority, "no other authority verifies");
  Require(stamp.policy == genuine.policy, "no other policy verifies");
}

void CheckToken(std::string_view bytes, const Genuine& genuine) {
  const auto stamp = genuine.verifier->Verify(genuine.note, bytes);
  if (stamp.ok()) {
    RequireSame(*stamp, genuine.stamp);
  } else {
    RequireRefusal(stamp.status(), v1::REASON_FIELD_INVALID);
  }
  Require(!genuine.verifier->Verify(genuine.note + "x", bytes).ok(), "no other note verifies");
}

void CheckResponse(std::string_view bytes, const Genuine& genuine) {
  const auto token = GrantedToken(bytes);
  if (!token.ok()) return RequireRefusal(token.status(), v1::REASON_FIELD_INVALID);
  Require(bytes.find(*token) != std::string_view::npos, "a token is a part of its response");
  CheckToken(*token, genuine);
  const auto answered =
      genuine.verifier->VerifyResponse(genuine.note, {.der = "", .nonce = 1}, bytes);
  Require(!answered.ok(), "a nonce that was not asked with does not verify");
}

// What a token says, before anything is proved.
void CheckContents(std::string_view bytes) {
  const auto token = ts::ReadToken(bytes);
  if (!token.ok()) return RequireRefusal(token.status(), v1::REASON_FIELD_INVALID);
  (void)ts::ImprintOf(*token);
  (void)ts::NonceOf(*token);
  const TimeStamp stamp = ts::ContentsOf(*token);
  RequireText(stamp.policy, "a policy");
  RequireText(stamp.serial, "a serial number");
}

std::string Edited(std::string token, std::string_view edit) {
  if (edit.size() < 3) return token;
  const auto byte = [&](size_t i) { return static_cast<uint8_t>(edit[i]); };
  const size_t at = (byte(0) | byte(1) << 8) % (token.size() + 1);
  token.replace(at, std::min<size_t>(byte(2), token.size() - at), edit.substr(3));
  return token;
}

}  // namespace
}  // namespace tracegate

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  using namespace tracegate;
  static const Genuine* const kGenuine = new Genuine(ReadGenuine());
  const std::string_view input = TextOf(bytes, size);
  CheckToken(input, *kGenuine);
  CheckResponse(input, *kGenuine);
  CheckContents(input);
  const std::string edited = Edited(kGenuine->token, input);
  CheckToken(edited, *kGenuine);
  CheckContents(edited);
  (void)ParseGenTime(input);
  return 0;
}
