#include "gateway/evidence/audit/tile_check.h"

#include <string_view>
#include <utility>

#include "gateway/evidence/audit/tile_path.h"

namespace tracegate::audit {
namespace {

constexpr int kBitsPerLevel = 8;

// How many hashes a level has in all: those of full tiles below it.
uint64_t CountAt(size_t level, uint64_t size) {
  return level < 8 ? size >> kBitsPerLevel * static_cast<int>(level) : 0;
}

}  // namespace

Digest HashIn(const std::string& tile, uint64_t place) {
  return *DigestFrom(std::string_view(tile).substr(place * kDigestBytes, kDigestBytes));
}

Judgement TileCheck::Run() {
  for (uint64_t i = 0; i < size_; ++i) {
    const uint64_t place = i % kTileWidth;
    if (place == 0) {
      Judgement loaded = Load(0, i / kTileWidth);
      if (!Sound(loaded)) return loaded;
    }
    const Digest digest = HashIn(levels_[0].tile, place);
    tree_.Append(digest);
    Judgement added = Add(0, digest);
    if (!Sound(added)) return added;
  }
  return NothingWrong();
}

Judgement TileCheck::Load(size_t level, uint64_t number) {
  const int width = TileWidthAt(number, CountAt(level, size_));
  const std::string path = TilePath(static_cast<int>(level), number, width);
  auto tile = source_.Tile(static_cast<int>(level), number, width);
  if (!tile.ok()) return JudgementOf(tile.status(), WrongTile(path, ""));
  levels_[level].tile = *std::move(tile);
  ++tiles_;
  return NothingWrong();
}

Judgement TileCheck::Add(size_t level, const Digest& digest) {
  if (level == levels_.size()) levels_.emplace_back();
  const uint64_t number = levels_[level].count / kTileWidth;
  const uint64_t place = levels_[level].count % kTileWidth;
  if (level > 0) {
    if (place == 0) {
      Judgement loaded = Load(level, number);
      if (!Sound(loaded)) return loaded;
    }
    if (!odd_tile_ && HashIn(levels_[level].tile, place) != digest) {
      const int width = TileWidthAt(number, CountAt(level, size_));
      odd_tile_ = WrongTile(TilePath(static_cast<int>(level), number, width),
                            "has another hash in place " + std::to_string(place) +
                                " than the tiles below it lead to");
    }
  }
  levels_[level].subtree.Append(digest);
  if (++levels_[level].count % kTileWidth != 0) return NothingWrong();
  const Digest parent = std::exchange(levels_[level].subtree, TreeStack()).Root();
  return Add(level + 1, parent);
}

}  // namespace tracegate::audit
