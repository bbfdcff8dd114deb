#ifndef TRACEGATE_GATEWAY_EVIDENCE_TILE_EDGE_H_
#define TRACEGATE_GATEWAY_EVIDENCE_TILE_EDGE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "gateway/evidence/hash.h"
#include "gateway/storage/record_store.h"

namespace tracegate {

// A tile of a Merkle tree (https://c2sp.org/tlog-tiles) has 256 hashes: eight levels of the tree, of which the lowest is
// kept and the others follow.
inline constexpr int kTileLevels = 8;
inline constexpr int64_t kTileHashes = 256;
inline constexpr int kTileBytes = 256 * 32;

// The tiles at the right edge of a tree that are not full yet, one at each level. Full ones are handed out as they fill,
// and are the store's from then on.
//
// A plain value: copying it keeps the edge as it was.
class TileEdge {
 public:
  // Leaves in the tree.
  int64_t size() const { return size_; }

  // Appends a leaf hash. Tiles that this fills go behind `full`.
  void Append(const Hash& leaf, Hasher& hasher, std::vector<TileRow>* full);

  // Hashes of the unfinished tile of that level, side by side; empty where its last tile is full.
  std::string_view Partial(int level) const;

 private:
  int64_t size_ = 0;
  std::vector<std::string> levels_;
};

// Root of the full subtree over these hashes, side by side; a power of two of them.
Hash RootOfFull(std::string_view hashes, Hasher& hasher);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_EVIDENCE_TILE_EDGE_H_
