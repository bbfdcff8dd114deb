#ifndef TRACEGATE_GATEWAY_EVIDENCE_AUDIT_TILE_CHECK_H_
#define TRACEGATE_GATEWAY_EVIDENCE_AUDIT_TILE_CHECK_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "gateway/evidence/audit/digest.h"
#include "gateway/evidence/audit/finding.h"
#include "gateway/evidence/audit/log_source.h"
#include "gateway/evidence/audit/tree_stack.h"

namespace tracegate::audit {

// Goes through the tiles of a log of `size` entries without looking at the entries: level 0 is taken as it is, the
// levels above are worked out from it and compared.
class TileCheck {
 public:
  TileCheck(LogSource& source, uint64_t size) : source_(source), size_(size) {}

  // Wrong where a tile is missing or has the wrong length: then it ends there. A hash above level 0 that is another is
  // kept in `odd_tile` instead: until the root is known, level 0 may be what is wrong.
  Judgement Run();

  // What level 0 leads to.
  Digest Root() const { return tree_.Root(); }
  const std::optional<Finding>& odd_tile() const { return odd_tile_; }
  int64_t tiles() const { return tiles_; }

 private:
  // One level of tiles above level 0: the tile that is being compared, and the subtree that its hashes make.
  struct Level {
    uint64_t count = 0;  // hashes of the level so far
    std::string tile;
    TreeStack subtree;
  };

  Judgement Add(size_t level, const Digest& digest);
  Judgement Load(size_t level, uint64_t number);

  LogSource& source_;
  const uint64_t size_;
  TreeStack tree_;
  std::vector<Level> levels_{1};
  std::optional<Finding> odd_tile_;
  int64_t tiles_ = 0;
};

// The hash at a place in a tile's bytes.
Digest HashIn(const std::string& tile, uint64_t place);

}  // namespace tracegate::audit

#endif  // TRACEGATE_GATEWAY_EVIDENCE_AUDIT_TILE_CHECK_H_
