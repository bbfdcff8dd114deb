#include "gateway/evidence/time_stamp/time_stamp_request.h"

#include <gtest/gtest.h>

#include <cstdint>

#include "gateway/evidence/hash.h"
#include "tests/gateway/evidence/time_stamp/minted_token.h"
#include "tests/gateway/evidence/time_stamp/stamped_note.h"

namespace tracegate {
namespace {

constexpr uint64_t kBits = 0xfedcba9876543210;

uint64_t Bits() { return kBits; }

TEST(TimeStampRequestTest, AsksForTheExactBytesOfTheNoteWithTheCertificate) {
  const std::string note = ExampleNoteOf(7);
  const auto request = BuildTimeStampRequest(note, "", Bits);
  ASSERT_TRUE(request.ok()) << request.status();
  const AskedFor asked = ReadRequest(request->der);
  Hasher hasher;
  EXPECT_EQ(asked.imprint, BytesOf(hasher.Sha256({note})));
  EXPECT_EQ(asked.nonce, request->nonce);
  EXPECT_TRUE(asked.certificates);
  EXPECT_EQ(asked.policy, "");
}

TEST(TimeStampRequestTest, TakesAPositiveNonceFromTheRandomBits) {
  EXPECT_EQ(BuildTimeStampRequest("note", "", Bits)->nonce, kBits >> 1 | 1);
  EXPECT_EQ(BuildTimeStampRequest("note", "", [] { return uint64_t{0}; })->nonce, 1);
  const auto largest = BuildTimeStampRequest("note", "", [] { return UINT64_MAX; });
  EXPECT_EQ(largest->nonce, static_cast<uint64_t>(INT64_MAX));
  EXPECT_EQ(ReadRequest(largest->der).nonce, largest->nonce);
}

TEST(TimeStampRequestTest, NamesThePolicy) {
  const auto request = BuildTimeStampRequest("note", "1.3.6.1.4.1.99999.7", Bits);
  ASSERT_TRUE(request.ok()) << request.status();
  EXPECT_EQ(ReadRequest(request->der).policy, "1.3.6.1.4.1.99999.7");
}

TEST(TimeStampRequestTest, RefusesAPolicyThatIsNoObjectIdentifier) {
  for (const char* policy : {"policy", "9.9.9", "1.2.", "1", "timeStamping", "2.999.01"}) {
    const auto request = BuildTimeStampRequest("note", policy, Bits);
    EXPECT_EQ(DetailOf(request.status()).reason(), v1::REASON_CONFIG_INVALID) << policy;
    EXPECT_EQ(FieldOf(request.status()), "time_stamp.policy") << policy;
  }
}

}  // namespace
}  // namespace tracegate
