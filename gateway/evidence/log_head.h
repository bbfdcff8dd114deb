#ifndef TRACEGATE_GATEWAY_EVIDENCE_LOG_HEAD_H_
#define TRACEGATE_GATEWAY_EVIDENCE_LOG_HEAD_H_

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "gateway/evidence/log_keys.h"
#include "gateway/evidence/merkle_edge.h"
#include "gateway/evidence/tile_edge.h"
#include "gateway/storage/record_store.h"

namespace tracegate {

// All that a log needs to know of its past in order to go on. A plain value.
struct LogHead {
  MerkleEdge tree;
  TileEdge tiles;              // of the same tree
  int64_t record_time_us = 0;  // the newest in the log
  std::string checkpoint;      // the newest, signed; empty where the log is
};

// What a look at the whole log finds.
struct LogReplay {
  LogHead head;         // up to where the log is sound
  absl::Status damage;  // OK, or DATA_LOSS (LOG_DAMAGED) saying what is wrong
};

// Reads the whole log, hashes every header again, holds every content that is still there against its commitment,
// compares the tree with the tiles that are kept and with the last checkpoint, and that with its signature. Names the
// first entry that is wrong where it can be told: a changed header may show only in a tile or the root. A checkpoint that
// is signed by none of the keys is damage too.
//
// Tiles that are missing (a store of before they were kept has none) are written once everything else is found sound.
//
// Errors: what the store itself reports, but damage.
absl::StatusOr<LogReplay> ReplayLog(RecordStore& store, const LogKeys& keys);

// Tiles that are not what the entries make, by level and index.
using OddTiles = std::vector<std::pair<int, int64_t>>;

// Whether the log can be put right without believing anything that is not signed: where its entries lead to the signed
// root, tiles that are wrong or missing follow from them. Returns those; empty where the log is sound.
//
// Errors: DATA_LOSS (LOG_DAMAGED) saying what is wrong with the entries or the checkpoint, which nothing but a copy can
// put right; else as ReplayLog.
absl::StatusOr<OddTiles> PlanRepair(RecordStore& store, const LogKeys& keys);

// Makes every tile anew that is not what the entries make. After PlanRepair, with nobody else at the store.
absl::Status RepairTiles(RecordStore& store);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_EVIDENCE_LOG_HEAD_H_
