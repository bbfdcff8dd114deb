#ifndef TRACEGATE_GATEWAY_EVIDENCE_LOG_VIEW_H_
#define TRACEGATE_GATEWAY_EVIDENCE_LOG_VIEW_H_

#include <cstdint>
#include <memory>
#include <string>

#include "gateway/evidence/tile_edge.h"

namespace tracegate {

// The log as it stood at one checkpoint: what proofs and exports are made of, while the writer goes on.
//
// A plain value. The tiles that were full then are in the store.
struct LogView {
  int64_t size = 0;
  std::string checkpoint;                // of that size; empty where the log is
  std::shared_ptr<const TileEdge> edge;  // never null
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_EVIDENCE_LOG_VIEW_H_
