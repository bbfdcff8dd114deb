#ifndef TRACEGATE_ADAPTERS_MARKING_WORDS_H_
#define TRACEGATE_ADAPTERS_MARKING_WORDS_H_

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "adapters/marking/close_words.h"
#include "adapters/marking/cut_words.h"
#include "tracegate/v1/firearm.pb.h"

namespace tracegate {

// What officers write in place of a mark, or beside it.
enum class WordMeaning {
  kRemoved,      // "ELIMINADO", "filed off"
  kNeverMarked,  // "não possui", "no serial"
  kIllegible,
  kNotTold,   // "ignorado", "N/A", "outros"
  kRestored,  // "revelado"
  kRemarked,  // "REMARCADO": not the number it left the works with
  kPartial,
  kPart,       // names a part of the weapon
  kLabel,      // "Nº", "S/N": says that a number follows
  kGlue,       // "por", "na": carries no meaning of its own
  kTail,       // "final", "ends in": the number is its end
  kHead,       // "begins with": the number is its beginning
  kReference,  // "laudo", "report": the number behind it is of a document
  kCalibre,    // "cal.": the number behind it is a calibre
  // How it was made, where no factory made it, or what was done to it since; see making.h.
  kCraft,          // "artesanal", "country made"
  kPrivatelyMade,  // "homemade", "ghost gun"
  kKitBuilt,       // "80% lower"
  kPrinted,        // "3D printed"
  kConverted,      // "umgebaut", "de fogueo modificada"
  kReactivated,
  kCopied,      // "imitação": the maker's mark is not the maker's
  kModelToken,  // "1911", "AK-47": a model, often taken for a serial
};

struct Word {
  WordMeaning meaning = WordMeaning::kGlue;
  v1::WeaponPart part = v1::WEAPON_PART_UNSPECIFIED;  // set for kPart
};

// The words of tables/words.csv, in several languages, looked up in one step.
//
// Thread safety: immutable once made; all methods may be called from any thread.
class WordList {
 public:
  // Reads a table with the header meaning,language,words,source. Errors: INTERNAL naming the line.
  // A word may not have two meanings; a label may be spelled with signs, and is then found only by
  // them.
  static absl::StatusOr<std::unique_ptr<WordList>> Parse(std::string_view csv);

  // The list that the library carries.
  static const WordList& Standard();

  // The meaning of a word or of up to kPhraseWordsMax words together; none where it is in no row.
  std::optional<Word> Find(std::string_view text) const;

  // What the words mean that a text is the beginning of (see CutWords), each once. `folded` is as
  // FoldWord makes it.
  std::vector<Word> FindCut(std::string_view folded) const;

  // The meaning of a long word with one slip in it (see CloseWords); none where it is near to words
  // of two.
  std::optional<Word> FindClose(std::string_view text) const;

  static constexpr int kPhraseWordsMax = 4;

 private:
  absl::Status Add(std::string_view text, Word word);

  absl::flat_hash_map<std::string, Word> words_;
  CutWords cut_words_{6};
  CloseWords close_words_{{.one_slip = 7}};
};

// True where the text tells nothing: empty, only signs, only zeros, or a word for "unknown", also one
// of which the end is cut off.
bool TellsNothing(std::string_view text);

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_MARKING_WORDS_H_
