// iso_states PREFIX OUT LANGUAGE...: writes the table of IsoStates from the iso-codes under PREFIX.

#include <cstdio>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include "adapters/marking/iso/iso_states.h"

namespace tracegate {
namespace {

std::string Contents(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error("cannot read " + path.string());
  return {std::istreambuf_iterator<char>(file), {}};
}

void Write(const std::filesystem::path& share, const std::filesystem::path& out,
           const std::vector<std::string>& languages) {
  std::vector<Translations> present;
  std::vector<Translations> former;
  for (const std::string& language : languages) {
    const std::filesystem::path messages = share / "locale" / language / "LC_MESSAGES";
    present.push_back(ReadTranslations(Contents(messages / "iso_3166-1.mo")));
    // Fewer languages have names of the former States.
    if (std::filesystem::exists(messages / "iso_3166-3.mo")) {
      former.push_back(ReadTranslations(Contents(messages / "iso_3166-3.mo")));
    }
  }
  const std::filesystem::path json = share / "iso-codes" / "json";
  std::ofstream file(out, std::ios::binary);
  file << IsoStates(Contents(json / "iso_3166-1.json"), present, Contents(json / "iso_3166-3.json"),
                    former);
  if (!file.flush()) throw std::runtime_error("cannot write " + out.string());
}

}  // namespace
}  // namespace tracegate

int main(int argc, char** argv) {
  if (argc < 3) return 2;
  try {
    tracegate::Write(std::filesystem::path(argv[1]) / "share", argv[2], {argv + 3, argv + argc});
  } catch (const std::exception& error) {
    std::fprintf(stderr, "iso_states: %s\n", error.what());
    return 1;
  }
  return 0;
}
