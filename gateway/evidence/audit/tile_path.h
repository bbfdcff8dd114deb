#ifndef TRACEGATE_GATEWAY_EVIDENCE_AUDIT_TILE_PATH_H_
#define TRACEGATE_GATEWAY_EVIDENCE_AUDIT_TILE_PATH_H_

#include <cstdint>
#include <string>

namespace tracegate::audit {

// How many hashes or entries a full tile or bundle has (https://c2sp.org/tlog-tiles).
inline constexpr int kTileWidth = 256;

// Paths in an export, relative to its folder. `width`: 1 to 256; a partial one has the suffix `.p/<width>`.
std::string TilePath(int level, uint64_t number, int width);  // tile/0/x001/x234/067.p/5
std::string BundlePath(uint64_t number, int width);           // tile/entries/000
std::string ContentPath(uint64_t number, int width);          // content/000

// How wide the tile of that number is where its level has `count` hashes; 0: there is none.
int TileWidthAt(uint64_t number, uint64_t count);

}  // namespace tracegate::audit

#endif  // TRACEGATE_GATEWAY_EVIDENCE_AUDIT_TILE_PATH_H_
