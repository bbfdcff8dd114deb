#include <algorithm>
#include <string>
#include <vector>

#include "adapters/marking/field_words.h"
#include "adapters/marking/makers.h"
#include "adapters/marking/model_reader.h"
#include "adapters/marking/models.h"
#include "adapters/marking/name_words.h"
#include "adapters/marking/text.h"
#include "adapters/marking/words.h"

namespace tracegate {
namespace {

using KnownModels = std::vector<const Model*>;

KnownModels ModelsOf(const v1::Term& term) {
  KnownModels models;
  const auto add = [&](const std::string& canonical) {
    const Model* model = ModelCatalogue::Standard().Find(canonical);
    if (model != nullptr) models.push_back(model);
  };
  add(term.canonical());
  for (const std::string& canonical : term.could_be()) add(canonical);
  return models;
}

bool NamesNoModel(const FieldWord& word) {
  return NameWords::Standard().Is(word.key, NameWord::kDescription) ||
         !KeysOfSpreadsheetDate(word.term.verbatim()).empty() ||
         MakerCatalogue::Standard().FindName(word.key) != nullptr;
}

std::string FiguresOf(std::string_view text) {
  std::string figures;
  for (const char c : text) {
    if (c >= '0' && c <= '9') figures += c;
  }
  return figures;
}

bool AnyPair(const KnownModels& ours, const KnownModels& theirs, const auto& holds) {
  return std::any_of(ours.begin(), ours.end(), [&](const Model* one) {
    return std::any_of(theirs.begin(), theirs.end(),
                       [&](const Model* other) { return holds(*one, *other); });
  });
}

void Settle(v1::MatchEffect effect, std::string_view note, FieldAgreement& agreement,
            std::string_view noted_word = "") {
  agreement.effect = effect;
  agreement.note = note;
  agreement.noted_word = noted_word;
}

// A family or pattern is what is written where no more is known: it may be any of its variants, and
// a pattern any that is made to its family's.
void CompareKnown(const KnownModels& ours, const KnownModels& theirs, FieldAgreement& agreement) {
  const ModelCatalogue& models = ModelCatalogue::Standard();
  const auto same = [](const Model& one, const Model& other) { return &one == &other; };
  const auto above = [&](const Model& one, const Model& other) {
    return models.IsA(one, other) || models.IsA(other, one);
  };
  const auto of_one_pattern = [&](const Model& one, const Model& other) {
    return &models.FamilyOf(one) == &models.FamilyOf(other) &&
           (one.makers.empty() || other.makers.empty());
  };
  if (AnyPair(ours, theirs, same)) {
    if (ours.size() == 1 && theirs.size() == 1) {
      Settle(v1::MATCH_EFFECT_AGREES, "both are the ", agreement, ours.front()->canonical);
    } else {
      Settle(v1::MATCH_EFFECT_COMPATIBLE, "one of the words may mean the other", agreement);
    }
  } else if (AnyPair(ours, theirs, above)) {
    Settle(v1::MATCH_EFFECT_COMPATIBLE, "one is a variant of the other", agreement);
  } else if (AnyPair(ours, theirs, of_one_pattern)) {
    Settle(v1::MATCH_EFFECT_COMPATIBLE, "both are of the family ", agreement,
           models.FamilyOf(*ours.front()).canonical);
  } else {
    Settle(v1::MATCH_EFFECT_DIFFERS, "", agreement);
  }
}

// With a word that is in no catalogue, only other figures tell two models apart.
void CompareTexts(const std::string& ours, const std::string& theirs, bool one_is_known,
                  FieldAgreement& agreement) {
  const std::string our_figures = FiguresOf(ours);
  const std::string their_figures = FiguresOf(theirs);
  if (ours.find(theirs) != std::string::npos || theirs.find(ours) != std::string::npos) {
    Settle(v1::MATCH_EFFECT_COMPATIBLE, "one is written more fully", agreement);
  } else if (one_is_known &&
             (our_figures.empty() || their_figures.empty() || our_figures == their_figures)) {
    Settle(v1::MATCH_EFFECT_COMPATIBLE, "one of the words is not in the catalogue", agreement);
  } else {
    Settle(v1::MATCH_EFFECT_DIFFERS, "", agreement);
  }
}

}  // namespace

ModelWord::ModelWord(const v1::Term& read)
    : FieldWord(read),
      models(ModelsOf(read)),
      names_no_model(models.empty() && NamesNoModel(*this)) {}

FieldAgreement AgreementOf(const ModelWord& asked, const ModelWord& recorded) {
  FieldAgreement agreement{.field = "model",
                           .same_text = asked.term.verbatim() == recorded.term.verbatim()};
  if ((asked.models.empty() && asked.tells_nothing) ||
      (recorded.models.empty() && recorded.tells_nothing))
    return agreement;
  if (asked.key == recorded.key) {
    Settle(v1::MATCH_EFFECT_AGREES, "", agreement);
  } else if (!asked.models.empty() && !recorded.models.empty()) {
    CompareKnown(asked.models, recorded.models, agreement);
  } else if (asked.names_no_model || recorded.names_no_model) {
    Settle(v1::MATCH_EFFECT_COMPATIBLE, "one of the cells names no model", agreement);
  } else {
    CompareTexts(asked.key, recorded.key, asked.models.empty() != recorded.models.empty(),
                 agreement);
  }
  return agreement;
}

}  // namespace tracegate
