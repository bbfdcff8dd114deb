#include "gateway/evidence/audit/tile_path.h"

#include <algorithm>

namespace tracegate::audit {
namespace {

std::string ThreeDigits(uint64_t number) {
  const std::string digits = std::to_string(number);
  return std::string(3 - digits.size(), '0') + digits;
}

std::string NumberPath(uint64_t number) {
  std::string path = ThreeDigits(number % 1000);
  while ((number /= 1000) > 0) path.insert(0, "x" + ThreeDigits(number % 1000) + "/");
  return path;
}

std::string Under(const std::string& folder, uint64_t number, int width) {
  const std::string path = folder + "/" + NumberPath(number);
  return width == kTileWidth ? path : path + ".p/" + std::to_string(width);
}

}  // namespace

std::string TilePath(int level, uint64_t number, int width) {
  return Under("tile/" + std::to_string(level), number, width);
}

std::string BundlePath(uint64_t number, int width) { return Under("tile/entries", number, width); }

std::string ContentPath(uint64_t number, int width) { return Under("content", number, width); }

int TileWidthAt(uint64_t number, uint64_t count) {
  if (number > count / kTileWidth) return 0;
  return static_cast<int>(std::min<uint64_t>(kTileWidth, count - number * kTileWidth));
}

}  // namespace tracegate::audit
