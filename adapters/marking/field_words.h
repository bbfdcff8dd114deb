#ifndef TRACEGATE_ADAPTERS_MARKING_FIELD_WORDS_H_
#define TRACEGATE_ADAPTERS_MARKING_FIELD_WORDS_H_

#include <string>
#include <string_view>
#include <vector>

#include "adapters/marking/field_agreement.h"
#include "adapters/marking/models.h"
#include "tracegate/v1/trace.pb.h"

namespace tracegate {

// A maker's, a model's or a calibre's word, read (see ReadItem), with what its comparison wants looked
// up once: for who compares one with many.
//
// Thread safety: immutable once made.
struct FieldWord {
  explicit FieldWord(const v1::Term& read);

  v1::Term term;
  std::string key;     // FoldWord of the verbatim text
  bool tells_nothing;  // as TellsNothing
};

struct MakerWord : FieldWord {
  explicit MakerWord(const v1::Term& read);

  bool is_name;  // of a maker in the catalogue, not a misspelling or a mark
  std::vector<std::string_view> successors;  // of those that it means; the catalogue's
};

struct ModelWord : FieldWord {
  explicit ModelWord(const v1::Term& read);

  std::vector<const Model*> models;  // that it means or could mean
  bool names_no_model;               // a kind of weapon, a maker, a date that a spreadsheet made
};

struct CalibreWord : FieldWord {
  explicit CalibreWord(const v1::Term& read);

  std::vector<std::string_view> near;  // what is written for one that it means; the catalogue's
};

// As CompareMakers, CompareModels and CompareCalibres (see field_agreement.h); nothing is allocated.
FieldAgreement AgreementOf(const MakerWord& asked, const MakerWord& recorded);
FieldAgreement AgreementOf(const ModelWord& asked, const ModelWord& recorded);
FieldAgreement AgreementOf(const CalibreWord& asked, const CalibreWord& recorded);

// Two words, and how they agree.
struct ComparedWord {
  const FieldWord* asked;
  const FieldWord* recorded;
  FieldAgreement agreement;
};

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_MARKING_FIELD_WORDS_H_
