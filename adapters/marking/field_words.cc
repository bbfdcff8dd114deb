#include "adapters/marking/field_words.h"

#include <algorithm>

#include "adapters/marking/calibres.h"
#include "adapters/marking/makers.h"
#include "adapters/marking/text.h"
#include "adapters/marking/words.h"

namespace tracegate {
namespace {

bool HasMeaning(const v1::Term& term) {
  return !term.canonical().empty() || term.could_be_size() > 0;
}

// Whether one of the term's meanings is such.
template <typename Is>
bool AnyMeaning(const v1::Term& term, Is is) {
  return std::any_of(term.could_be().begin(), term.could_be().end(), is) ||
         (!term.canonical().empty() && is(term.canonical()));
}

template <typename Take>
void EachMeaning(const v1::Term& term, Take take) {
  if (!term.canonical().empty()) take(term.canonical());
  for (const std::string& meaning : term.could_be()) take(meaning);
}

bool Means(const v1::Term& term, std::string_view word) {
  return AnyMeaning(term, [&](const std::string& meaning) { return meaning == word; });
}

bool MeansOneOf(const v1::Term& term, const std::vector<std::string_view>& words) {
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return Means(term, word); });
}

// What two words of a catalogue come to. are_near() tells whether what one means stands for what the
// other means.
template <typename AreNear>
FieldAgreement Agree(std::string_view field, const FieldWord& asked, const FieldWord& recorded,
                     AreNear are_near) {
  FieldAgreement agreement{.field = field,
                           .same_text = asked.term.verbatim() == recorded.term.verbatim()};
  const auto agree_as = [&](v1::MatchEffect effect, std::string_view note) {
    agreement.effect = effect;
    agreement.note = note;
    return agreement;
  };
  const bool ours = HasMeaning(asked.term);
  const bool theirs = HasMeaning(recorded.term);
  if ((!ours && asked.tells_nothing) || (!theirs && recorded.tells_nothing)) return agreement;
  if (!asked.term.canonical().empty() && asked.term.canonical() == recorded.term.canonical())
    return agree_as(v1::MATCH_EFFECT_AGREES, "");
  if (!ours && !theirs) {
    return asked.key == recorded.key
               ? agree_as(v1::MATCH_EFFECT_AGREES, "the same word, in no catalogue")
               : agree_as(v1::MATCH_EFFECT_DIFFERS, "two words, neither in the catalogue");
  }
  if (!ours || !theirs)
    return agree_as(v1::MATCH_EFFECT_COMPATIBLE, "one of the words is not in the catalogue");
  const bool meet = AnyMeaning(
      asked.term, [&](const std::string& meaning) { return Means(recorded.term, meaning); });
  return meet || are_near()
             ? agree_as(v1::MATCH_EFFECT_COMPATIBLE, "one of the words may mean the other")
             : agree_as(v1::MATCH_EFFECT_DIFFERS, "");
}

}  // namespace

FieldWord::FieldWord(const v1::Term& read)
    : term(read), key(FoldWord(read.verbatim())), tells_nothing(TellsNothing(read.verbatim())) {}

MakerWord::MakerWord(const v1::Term& read)
    : FieldWord(read), is_name(MakerCatalogue::Standard().FindName(key) != nullptr) {
  EachMeaning(read, [&](const std::string& meaning) {
    const Maker* maker = MakerCatalogue::Standard().Find(meaning);
    if (maker != nullptr && !maker->successor.empty()) successors.push_back(maker->successor);
  });
}

CalibreWord::CalibreWord(const v1::Term& read) : FieldWord(read) {
  EachMeaning(read, [&](const std::string& meaning) {
    const auto words = CalibreCatalogue::Standard().NearTo(meaning);
    near.insert(near.end(), words.begin(), words.end());
  });
}

FieldAgreement AgreementOf(const MakerWord& asked, const MakerWord& recorded) {
  FieldAgreement agreement = Agree("manufacturer", asked, recorded, [&] {
    return MeansOneOf(recorded.term, asked.successors) ||
           MeansOneOf(asked.term, recorded.successors);
  });
  if (agreement.effect == v1::MATCH_EFFECT_AGREES && !asked.term.canonical().empty() &&
      (!asked.is_name || !recorded.is_name)) {
    agreement.note = "read as ";
    agreement.noted_word = asked.term.canonical();
  }
  return agreement;
}

FieldAgreement AgreementOf(const CalibreWord& asked, const CalibreWord& recorded) {
  return Agree("calibre", asked, recorded, [&] { return MeansOneOf(recorded.term, asked.near); });
}

}  // namespace tracegate
