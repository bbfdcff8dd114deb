#include "tests/gateway/evidence/audit/exporter.h"

#include <filesystem>
#include <fstream>
#include <iterator>

#include "tests/gateway/evidence/audit/plain_tree.h"

namespace tracegate::audit {
namespace {

namespace fs = std::filesystem;

constexpr size_t kWidth = 256;

std::string BigEndian(size_t number, int bytes) {
  std::string text;
  while (--bytes >= 0) text += static_cast<char>(number >> 8 * bytes & 0xFF);
  return text;
}

// Logs here have fewer than 256,000 entries.
std::string Name(size_t number, size_t width) {
  std::string digits = std::to_string(number);
  digits.insert(0, 3 - digits.size(), '0');
  return width == kWidth ? digits : digits + ".p/" + std::to_string(width);
}

// Writes what `bytes_of` makes of each item, 256 of them a file.
template <typename Items, typename BytesOf>
void WriteBundles(const std::string& folder, const Items& items, BytesOf bytes_of) {
  for (size_t first = 0; first < items.size(); first += kWidth) {
    const size_t width = std::min(kWidth, items.size() - first);
    std::string bytes;
    for (size_t i = first; i < first + width; ++i) bytes += bytes_of(items[i]);
    WriteBytes(folder + "/" + Name(first / kWidth, width), bytes);
  }
}

std::vector<Digest> RootsOfFullTiles(const std::vector<Digest>& hashes) {
  std::vector<Digest> roots;
  for (size_t end = kWidth; end <= hashes.size(); end += kWidth) {
    roots.push_back(PlainRoot({hashes.begin() + static_cast<long>(end - kWidth),
                               hashes.begin() + static_cast<long>(end)}));
  }
  return roots;
}

}  // namespace

void ExportTo(const std::string& folder, const std::vector<EntryRow>& entries,
              const std::string& checkpoint) {
  WriteBytes(folder + "/checkpoint", checkpoint);
  WriteBundles(folder + "/tile/entries", entries, [](const EntryRow& entry) {
    return BigEndian(entry.header.size(), 2) + entry.header;
  });
  WriteBundles(folder + "/content", entries, [](const EntryRow& entry) {
    return BigEndian(entry.salt.size(), 1) + entry.salt + BigEndian(entry.content.size(), 4) +
           entry.content;
  });
  std::vector<Digest> hashes;
  for (const EntryRow& entry : entries) hashes.push_back(PlainLeaf(entry.header));
  for (int level = 0; !hashes.empty(); ++level, hashes = RootsOfFullTiles(hashes)) {
    WriteBundles(folder + "/tile/" + std::to_string(level), hashes,
                 [](const Digest& digest) { return std::string(digest.begin(), digest.end()); });
  }
}

std::vector<EntryRow> EntriesOf(RecordStore& store) {
  std::vector<EntryRow> entries;
  store
      .ScanEntries(0, /*descending=*/false,
                   [&](const EntryRow& entry) {
                     entries.push_back(entry);
                     return true;
                   })
      .IgnoreError();
  return entries;
}

std::string ReadBytes(const std::string& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

void WriteBytes(const std::string& file, const std::string& bytes) {
  fs::create_directories(fs::path(file).parent_path());
  std::ofstream(file, std::ios::binary) << bytes;
}

}  // namespace tracegate::audit
