#ifndef TRACEGATE_ADAPTERS_MARKING_NAME_WORDS_H_
#define TRACEGATE_ADAPTERS_MARKING_NAME_WORDS_H_

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/status/statusor.h"

namespace tracegate {

// What stands around a name of a maker or of a model and is no part of it.
enum class NameWord {
  kLegalForm,    // "Ltda", "GmbH"
  kTrade,        // "Arms", "Silah": part of some names, dropped from others
  kLead,         // "marca", "made by", "pistola"
  kOrigin,       // "origem", "made in": what follows says where, or who imported it
  kDenial,       // "tipo", "copy of": the maker named did not make it
  kApart,        // "Martin": no misspelling of Marlin
  kModelPrefix,  // "Modelo", "Mod."
  kDescription,  // "pump action": a kind of weapon where a model should stand
  kFinish,       // "inox": follows a model's name and changes no model
};

// The words of tables/name_words.csv.
//
// Thread safety: immutable once made; all methods may be called from any thread.
class NameWords {
 public:
  // Reads a table with the header meaning,words,source. A word may have several meanings. Errors:
  // INTERNAL naming the line.
  static absl::StatusOr<std::unique_ptr<NameWords>> Parse(std::string_view csv);

  // The list that the library carries.
  static const NameWords& Standard();

  // Whether the word, or the words together, have the meaning. `key` is folded (see FoldWord).
  bool Is(std::string_view key, NameWord meaning) const;

  // Drops words of the meaning off the end, longest phrase first, as long as a word is left. True
  // where any was dropped.
  bool DropLast(NameWord meaning, std::vector<std::string>& words) const;
  // The same off the front.
  bool DropFirst(NameWord meaning, std::vector<std::string>& words) const;

  static constexpr size_t kPhraseWordsMax = 5;

 private:
  absl::flat_hash_map<NameWord, absl::flat_hash_set<std::string>> words_;
};

// The folded words of a text (see FoldPhrase), at most `words_max`.
std::vector<std::string> FoldedWords(std::string_view text, size_t words_max);

// Words `first` up to `last` as one key, as FoldWord makes it of the text.
std::string KeyOfWords(const std::vector<std::string>& words, size_t first, size_t last);

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_MARKING_NAME_WORDS_H_
