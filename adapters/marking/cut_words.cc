#include "adapters/marking/cut_words.h"

#include <algorithm>
#include <utility>

namespace tracegate {
namespace {

enum class End {
  kOfWord,
  kInsideFirstOfSeveral,
  kInside,  // of the only word, or of a later one
};

// Where the first `bytes` of a phrase end, its spaces aside.
End EndOf(size_t bytes, std::string_view phrase) {
  size_t spaces = 0;
  for (size_t i = 0; i < bytes + spaces && i < phrase.size(); ++i) {
    if (phrase[i] == ' ') ++spaces;
  }
  const std::string_view rest = phrase.substr(std::min(bytes + spaces, phrase.size()));
  if (rest.empty() || rest.front() == ' ') return End::kOfWord;
  const bool of_several = phrase.find(' ') != std::string_view::npos;
  return spaces == 0 && of_several ? End::kInsideFirstOfSeveral : End::kInside;
}

}  // namespace

void CutWords::Add(std::string_view phrase, size_t meaning) {
  std::string key(phrase);
  std::erase(key, ' ');
  entries_.insert({std::move(key), {std::string(phrase), meaning}});
}

std::vector<size_t> CutWords::Find(std::string_view beginning) const {
  if (beginning.size() < bytes_min_) return {};
  std::vector<size_t> meanings;
  for (auto entry = entries_.lower_bound(absl::string_view(beginning.data(), beginning.size()));
       entry != entries_.end() && std::string_view(entry->first).starts_with(beginning); ++entry) {
    const End end = EndOf(beginning.size(), entry->second.phrase);
    if (end == End::kOfWord) return {};
    if (end == End::kInside) meanings.push_back(entry->second.meaning);
  }
  std::sort(meanings.begin(), meanings.end());
  meanings.erase(std::unique(meanings.begin(), meanings.end()), meanings.end());
  return meanings;
}

}  // namespace tracegate
