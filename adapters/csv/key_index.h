#ifndef TRACEGATE_ADAPTERS_CSV_KEY_INDEX_H_
#define TRACEGATE_ADAPTERS_CSV_KEY_INDEX_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"

namespace tracegate {

// Keys, and the rows that have them, in 16 bytes a key beside the keys themselves.
//
// Thread safety: immutable once sorted.
class KeyIndex {
 public:
  // An empty key is passed over. Before Sort.
  void Add(std::string_view key, size_t row);
  void Sort();

  // Adds the rows with that key to `rows`, ascending, until it has `rows_max`.
  void Find(std::string_view key, size_t rows_max, std::vector<size_t>* rows) const;

  // Same, of the keys that fit a pattern: `?` is one character, `*` any number. What stands before the first of them
  // narrows the search; `may_go_on` is asked every few thousand keys.
  absl::Status FindPattern(std::string_view pattern, size_t rows_max,
                           const std::function<absl::Status()>& may_go_on,
                           std::vector<size_t>* rows) const;

 private:
  struct Entry {
    size_t begin = 0;  // in keys_
    uint32_t bytes = 0;
    uint32_t row = 0;
  };

  std::string_view KeyOf(const Entry& entry) const {
    return std::string_view(keys_).substr(entry.begin, entry.bytes);
  }
  std::vector<Entry>::const_iterator FirstFrom(std::string_view key) const;

  std::string keys_;
  std::vector<Entry> entries_;
};

// Whether a key fits a pattern, both UTF-8.
bool FitsPattern(std::string_view key, std::string_view pattern);

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_CSV_KEY_INDEX_H_
