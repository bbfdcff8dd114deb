#ifndef TRACEGATE_ADAPTERS_MARKING_CALIBRE_WORDS_H_
#define TRACEGATE_ADAPTERS_MARKING_CALIBRE_WORDS_H_

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "adapters/marking/close_words.h"
#include "adapters/marking/cut_words.h"

namespace tracegate {

// What a word beside a calibre's number does.
enum class CalibreWordKind {
  kNoise,       // "cal.", "polegada": says nothing
  kMillimetre,  // tells 40 mm from .40
  kOrnament,    // "+P", "match", "Taurus": names no cartridge, though a few cartridges have it
  kOr,          // "ou": another calibre follows
  kTimes,       // "por": between bore and length
  kWord,        // "Parabellum", "Kurz": part of the cartridge's name
};

struct CalibreWord {
  CalibreWordKind kind = CalibreWordKind::kWord;
  std::string text;  // the one spelling by which it is looked up
};

// The spellings of tables/calibre_words.csv, in several languages and with usual misspellings.
//
// Thread safety: immutable once made; all methods may be called from any thread.
class CalibreWords {
 public:
  // Reads a table with the header kind,word,spellings,source. Errors: INTERNAL naming the line.
  static absl::StatusOr<std::unique_ptr<CalibreWords>> Parse(std::string_view csv);

  // The words that the library carries.
  static const CalibreWords& Standard();

  // The meaning of a word without digits in the form of FoldWord: a long one is found with one slip
  // of the pen in it, or by its beginning; one that is in no row is a kWord as it is written.
  CalibreWord Find(std::string_view folded) const;

 private:
  std::vector<CalibreWord> words_;
  absl::flat_hash_map<std::string, size_t> index_;
  CloseWords near_{SlipReach()};
  CutWords cut_{4};
};

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_MARKING_CALIBRE_WORDS_H_
