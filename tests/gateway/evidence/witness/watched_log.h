#ifndef TRACEGATE_TESTS_GATEWAY_EVIDENCE_WITNESS_WATCHED_LOG_H_
#define TRACEGATE_TESTS_GATEWAY_EVIDENCE_WITNESS_WATCHED_LOG_H_

#include <memory>
#include <string>
#include <vector>

#include "gateway/evidence/evidence_log.h"
#include "gateway/evidence/log_proofs.h"
#include "gateway/evidence/witness/witness.h"
#include "gtest/gtest.h"
#include "tests/gateway/evidence/example_log.h"
#include "tests/gateway/evidence/fake_record_store.h"
#include "tests/gateway/evidence/minted_key.h"

namespace tracegate {

// A gateway's log in memory.
struct ExampleLog {
  explicit ExampleLog(const std::string& origin, char seed = 'k') {
    EvidenceLog::Options options = ExampleOptions();
    options.origin = origin;
    options.signing_key_pem = Ed25519Pem(std::string(32, seed));
    log = *EvidenceLog::Open(&store, options);
  }

  void Add(int entries, const std::string& content = "content") {
    for (int i = 0; i < entries; ++i) {
      EXPECT_TRUE(AppendTo(*log, ExampleNote(content + std::to_string(i))).ok());
    }
  }

  // What it sends to have its newest checkpoint cosigned by whoever knows it at `old_size`.
  v1::AddCheckpointRequest Request(int64_t old_size) {
    v1::AddCheckpointRequest request;
    const LogView view = log->view();
    request.set_old_size(old_size);
    request.set_checkpoint(view.checkpoint);
    const auto path = LogProofs(&store, view).Consistency(old_size, view.size);
    EXPECT_TRUE(path.ok()) << path.status();
    for (const Hash& hash : *path) request.add_consistency_path(hash.data(), hash.size());
    return request;
  }

  int Count(v1::EntryKind kind) {
    int count = 0;
    EXPECT_TRUE(store
                    .ScanEntries(0, false,
                                 [&](const EntryRow& row) {
                                   v1::EntryHeader header;
                                   header.ParseFromString(row.header);
                                   count += header.kind() == kind ? 1 : 0;
                                   return true;
                                 })
                    .ok());
    return count;
  }

  FakeRecordStore store;
  std::unique_ptr<EvidenceLog> log;
};

// Brazil's gateway as the witness of Portugal's log.
inline Witness::Options WitnessOptions(ExampleLog* own, const std::string& watched_key) {
  return {.log = own->log.get(),
          .gateway_id = "spiffe://br.example/gateway/peer",
          .gateway_state = "BR",
          .cosigner = *Cosigner::FromPem("br.example/log", Ed25519Pem(std::string(32, 'w'))),
          .logs = {{"PT", *audit::VerifierKey::Parse(watched_key)}},
          .clock = [] { return absl::FromUnixSeconds(1'780'000'000); },
          .tell_conflict = {}};
}

inline absl::StatusOr<v1::AddCheckpointResponse> Ask(Witness& witness,
                                                     const v1::AddCheckpointRequest& request,
                                                     const std::string& state = "PT") {
  std::promise<absl::StatusOr<v1::AddCheckpointResponse>> promise;
  witness.AddCheckpoint(state, request, [&](auto response) { promise.set_value(response); });
  return promise.get_future().get();
}

}  // namespace tracegate

#endif  // TRACEGATE_TESTS_GATEWAY_EVIDENCE_WITNESS_WATCHED_LOG_H_
