#ifndef TRACEGATE_ADAPTERS_MARKING_MAKERS_H_
#define TRACEGATE_ADAPTERS_MARKING_MAKERS_H_

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "adapters/marking/close_words.h"
#include "adapters/marking/cut_words.h"
#include "tracegate/v1/firearm.pb.h"

namespace tracegate {

// What tables/makers.csv says of one maker.
struct Maker {
  struct Site {
    std::string state;  // ISO 3166-1 alpha-2 of today
    std::string note;   // the works, and what was made there
  };

  std::string canonical;
  std::vector<Site> sites;  // the main one first; empty where none is known
  std::string successor;    // who has its records or its name; may be in no row
  std::string status;       // "active", "closed", "absorbed", "unknown"
};

// How a cell came to its maker, surest first.
enum class NameForm {
  kUnknown,   // no maker
  kExact,     // as one of the names in the table
  kPlain,     // so, but for a legal form, "Arms", "made by", a State
  kLeading,   // so, with a model or a place beside it
  kSeveral,   // two makers are named, or one name is several makers'
  kCut,       // the beginning of names of one maker alone
  kMisspelt,  // one or two letters off the one maker that is so near
};

// A maker's cell as it was understood.
struct MakerReading {
  v1::Term term;  // as MakerCatalogue::Read
  NameForm form = NameForm::kUnknown;
  std::string rest;  // the folded words that are no part of the name: "PT 92"; kLeading alone
};

// The makers of weapons, under every name they are written by. One name may be several makers'.
//
// Thread safety: immutable once made; all methods may be called from any thread. What is returned
// lives as long as the catalogue.
class MakerCatalogue {
 public:
  // Reads a table with the header canonical,aliases,sites,successor,status,source; a site is "AT"
  // or "US=Smyrna GA". A name after "=" is an ordinary word too, and names the maker only where it
  // is all that is written. A row of a known maker without a status gives further names and sites.
  // Errors: INTERNAL naming the line.
  static absl::StatusOr<std::unique_ptr<MakerCatalogue>> Parse(std::string_view csv);

  // The catalogue that the library carries.
  static const MakerCatalogue& Standard();

  // The term with `canonical` set where one maker is named, `could_be` where several are, neither
  // where none is. One look-up for a name that is in the table; see ReadClosely for others.
  v1::Term Read(std::string_view verbatim) const;

  // The same, with how it was read. Beside the names of the table: names with legal forms, States
  // and models about them or written on to them, several makers in a cell, names cut off (see
  // CutWords), and misspellings (see CloseWords) that lie near one maker alone. "Tipo Colt", "copy of
  // Glock" name no maker; nor does "AK-47".
  MakerReading ReadClosely(std::string_view verbatim) const;

  // The maker of that canonical name; null where there is none.
  const Maker* Find(std::string_view canonical) const;

  // Who has that maker's records or name today: the last of its successors, itself where it has none.
  std::string_view LastOf(std::string_view canonical) const;

  // The makers that a read term names: none, one, or as many as could be.
  std::vector<const Maker*> Named(const v1::Term& read) const;

  const std::vector<Maker>& All() const { return makers_; }

  // The makers that have a name, folded (see FoldWord).
  struct Name {
    std::vector<size_t> makers;  // places in All()
    bool whole_only = false;     // marked with "="
  };
  const Name* FindName(std::string_view key) const;

  // The places in All() of the makers a misspelt word may mean, each once.
  std::vector<size_t> FindClose(std::string_view key) const;

  // The same of a word that is the beginning of names.
  std::vector<size_t> FindCut(std::string_view key) const;

 private:
  absl::Status AddRow(const std::vector<std::string>& fields);
  absl::Status AddName(std::string_view name, size_t maker);

  std::vector<Maker> makers_;
  absl::flat_hash_map<std::string, Name> names_;
  absl::flat_hash_map<std::string, size_t> canonical_;
  CloseWords close_names_{{.one_slip = 5, .two_slips = 9, .latin_alone = true}};
  CutWords cut_names_{6};
};

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_MARKING_MAKERS_H_
