#include "tests/fuzz/mutation.h"

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace tracegate {
namespace {

constexpr size_t kPieceBytesMax = 24;

// Pieces that parsers stumble over: ends of number ranges, broken and long UTF-8, separators, signs.
constexpr std::string_view kPieces[] = {"\xFF",
                                        "\x80",
                                        "\xC3",
                                        "\xED\xA0\x80",
                                        "\xEF\xBB\xBF",
                                        "\xF4\x8F\xBF\xBF",
                                        "\xCC\x81",
                                        "\n",
                                        "\n\n",
                                        "\r\n",
                                        "\t",
                                        " ",
                                        "\x7F",
                                        "0",
                                        "-1",
                                        "99999999",
                                        "\xD0\x96",
                                        "?",
                                        "*",
                                        "%",
                                        "+",
                                        "[",
                                        "{",
                                        ": ",
                                        "&a ",
                                        "*a",
                                        "\"",
                                        "\\x07"};

size_t Below(size_t bound, std::mt19937_64& random) {
  return bound == 0 ? 0 : static_cast<size_t>(random() % bound);
}

void Damage(const std::vector<std::string>& seeds, std::mt19937_64& random, std::string& bytes) {
  const size_t at = Below(bytes.size() + 1, random);
  const size_t length = std::min(1 + Below(kPieceBytesMax, random), bytes.size() - at);
  switch (Below(7, random)) {
    case 0:
      if (length > 0) bytes[at] = static_cast<char>(bytes[at] ^ (1 << Below(8, random)));
      return;
    case 1:
      if (length > 0) bytes[at] = static_cast<char>(Below(256, random));
      return;
    case 2: bytes.erase(at, length); return;
    case 3: bytes.insert(at, kPieces[Below(std::size(kPieces), random)]); return;
    case 4: bytes.insert(Below(bytes.size() + 1, random), bytes.substr(at, length)); return;
    case 5: bytes.resize(at); return;
    default: {
      const std::string& other = seeds[Below(seeds.size(), random)];
      bytes.insert(at,
                   other.substr(Below(other.size(), random), 1 + Below(kPieceBytesMax, random)));
    }
  }
}

}  // namespace

std::string Mutated(const std::vector<std::string>& seeds, size_t bytes_max,
                    std::mt19937_64& random) {
  std::string bytes = seeds[Below(seeds.size(), random)];
  const size_t places = 1 + Below(4, random);
  for (size_t i = 0; i < places; ++i) Damage(seeds, random, bytes);
  bytes.resize(std::min(bytes.size(), bytes_max));
  return bytes;
}

}  // namespace tracegate
