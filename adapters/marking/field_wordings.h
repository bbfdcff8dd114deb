#ifndef TRACEGATE_ADAPTERS_MARKING_FIELD_WORDINGS_H_
#define TRACEGATE_ADAPTERS_MARKING_FIELD_WORDINGS_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "adapters/marking/field_words.h"

namespace tracegate {

// The wordings of one field of a registry, each once.
//
// Thread safety: as a std::vector.
template <typename Word>
class FieldWordings {
 public:
  // The place of the wording.
  uint32_t Intern(const v1::Term& read) {
    const auto [found, added] =
        places_.emplace(read.SerializeAsString(), static_cast<uint32_t>(words_.size()));
    if (added) words_.emplace_back(read);
    return found->second;
  }

  const Word& operator[](uint32_t place) const { return words_[place]; }

  size_t Bytes() const {
    size_t bytes = words_.capacity() * sizeof(Word);
    for (const Word& word : words_) bytes += word.term.SpaceUsedLong() + word.key.capacity();
    for (const auto& [text, place] : places_) bytes += sizeof(text) + text.capacity() + 8;
    return bytes;
  }

 private:
  std::vector<Word> words_;
  absl::flat_hash_map<std::string, uint32_t> places_;
};

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_MARKING_FIELD_WORDINGS_H_
