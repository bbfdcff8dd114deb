#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "gateway/evidence/audit/proof.h"
#include "gateway/evidence/audit/signed_checkpoint.h"
#include "gateway/evidence/receipt_check.h"
#include "protos/tracegate/failure.h"
#include "tests/bench/loopback_fixture.h"
#include "tracegate/v1/evidence.pb.h"

namespace tracegate {
namespace {

constexpr absl::Duration kTimeout = absl::Seconds(30);

std::string Method(const std::string& name) { return "/tracegate.v1.EvidenceService/" + name; }

// Brazil's officer and Portugal's gateway look at Brazil's log.
class EvidenceRpc : public LoopbackFixture {
 protected:
  template <typename Response, typename Request>
  absl::StatusOr<Response> Call(const Credential& caller, const std::string& name,
                                const Request& request) {
    return GatewayClient(gateway_->ClientOptions(caller))
        .Call<Response>(Method(name), request, kTimeout);
  }

  audit::SignedCheckpoint Checkpoint() {
    const auto note =
        Call<v1::Checkpoint>(gateway_->officer(), "GetCheckpoint", v1::GetCheckpointRequest());
    EXPECT_TRUE(note.ok()) << note.status();
    const auto key = audit::VerifierKey::Parse(gateway_->verifier_key());
    const auto checkpoint = audit::OpenCheckpoint(note->note(), std::span(&*key, 1));
    EXPECT_TRUE(checkpoint.ok()) << checkpoint.status();
    return *checkpoint;
  }

  template <typename Proof>
  static std::vector<audit::Digest> PathOf(const Proof& proof) {
    std::vector<audit::Digest> path;
    for (const std::string& hash : proof.path()) path.push_back(*audit::DigestFrom(hash));
    return path;
  }
};

TEST_F(EvidenceRpc, ProvesEveryEntryToWhoeverHoldsACheckpoint) {
  for (int i = 0; i < 5; ++i) Checkpoint();  // each is an entry
  const auto checkpoint = Checkpoint();
  ASSERT_GE(checkpoint.tree_size, 6);
  for (int64_t index = 0; index < checkpoint.tree_size; ++index) {
    v1::GetEntryRequest which;
    which.set_index(index);
    const auto entry = Call<v1::Entry>(gateway_->officer(), "GetEntry", which);
    ASSERT_TRUE(entry.ok()) << entry.status();
    v1::GetInclusionProofRequest request;
    request.set_leaf_index(index);
    request.set_tree_size(checkpoint.tree_size);
    const auto proof = Call<v1::InclusionProof>(gateway_->peer(), "GetInclusionProof", request);
    ASSERT_TRUE(proof.ok()) << proof.status();
    const absl::Status holds =
        audit::CheckInclusion({.leaf_index = static_cast<uint64_t>(index),
                               .tree_size = static_cast<uint64_t>(checkpoint.tree_size),
                               .leaf = audit::LeafDigest(entry->header()),
                               .root = checkpoint.root,
                               .path = PathOf(*proof)});
    EXPECT_TRUE(holds.ok()) << index << ": " << holds;
  }
}

TEST_F(EvidenceRpc, ProvesThatItOnlyGrew) {
  const auto before = Checkpoint();
  for (int i = 0; i < 7; ++i) Checkpoint();
  const auto after = Checkpoint();
  v1::GetConsistencyProofRequest request;
  request.set_from_size(before.tree_size);
  request.set_to_size(after.tree_size);
  const auto proof = Call<v1::ConsistencyProof>(gateway_->peer(), "GetConsistencyProof", request);
  ASSERT_TRUE(proof.ok()) << proof.status();
  const absl::Status holds =
      audit::CheckConsistency({.from_size = static_cast<uint64_t>(before.tree_size),
                               .to_size = static_cast<uint64_t>(after.tree_size),
                               .from_root = before.root,
                               .to_root = after.root,
                               .path = PathOf(*proof)});
  EXPECT_TRUE(holds.ok()) << holds;
}

TEST_F(EvidenceRpc, NamesTheFieldThatIsOutsideTheLog) {
  v1::GetInclusionProofRequest inclusion;
  inclusion.set_leaf_index(100000);
  const auto outside =
      Call<v1::InclusionProof>(gateway_->officer(), "GetInclusionProof", inclusion).status();
  EXPECT_EQ(DetailOf(outside).violations(0).field(), "leaf_index") << outside;
  v1::GetConsistencyProofRequest consistency;
  consistency.set_from_size(3);
  consistency.set_to_size(2);
  const auto backwards =
      Call<v1::ConsistencyProof>(gateway_->officer(), "GetConsistencyProof", consistency).status();
  EXPECT_EQ(DetailOf(backwards).violations(0).field(), "from_size") << backwards;
}

TEST_F(EvidenceRpc, ShowsNoContentToAnOfficer) {
  v1::GetEntryRequest which;
  const auto entry = Call<v1::Entry>(gateway_->officer(), "GetEntry", which);
  ASSERT_TRUE(entry.ok()) << entry.status();
  EXPECT_EQ(entry->parsed_header().kind(), v1::ENTRY_KIND_GATEWAY_STARTED);
  EXPECT_EQ(entry->content(), "");
  EXPECT_EQ(entry->salt(), "");
}

TEST_F(EvidenceRpc, GivesAReceiptBesideEveryReplyThatIsRecordedWithIt) {
  GatewayClient client(gateway_->ClientOptions(gateway_->officer()));
  std::string receipt_bytes;
  const auto reply =
      client.CallRaw("/tracegate.v1.TraceService/ListTraces", "", kTimeout, &receipt_bytes);
  ASSERT_TRUE(reply.ok()) << reply.status();
  v1::Receipt receipt;
  ASSERT_TRUE(receipt.ParseFromString(receipt_bytes));
  const absl::Status holds = VerifyReceipt(*reply, receipt, gateway_->verifier_key());
  EXPECT_TRUE(holds.ok()) << holds;
  EXPECT_FALSE(VerifyReceipt(*reply + "x", receipt, gateway_->verifier_key()).ok());
}

TEST_F(EvidenceRpc, GivesNoReceiptForWhatIsReadOutOfTheLogItself) {
  GatewayClient client(gateway_->ClientOptions(gateway_->officer()));
  std::string receipt_bytes;
  ASSERT_TRUE(client.CallRaw(Method("GetCheckpoint"), "", kTimeout, &receipt_bytes).ok());
  EXPECT_EQ(receipt_bytes, "");
}

TEST_F(EvidenceRpc, IsNobodysWitnessWithoutACosigningKey) {
  EXPECT_EQ(DetailOf(Call<v1::AddCheckpointResponse>(gateway_->peer(), "AddCheckpoint",
                                                     v1::AddCheckpointRequest())
                         .status())
                .reason(),
            v1::REASON_METHOD_UNKNOWN);
}

}  // namespace
}  // namespace tracegate
