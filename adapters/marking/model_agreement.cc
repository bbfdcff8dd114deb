#include <algorithm>
#include <string>
#include <vector>

#include "adapters/marking/field_agreement.h"
#include "adapters/marking/makers.h"
#include "adapters/marking/match_reason.h"
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

// A cell that names no model: a kind of weapon, a maker, a date that a spreadsheet made.
bool NamesNoModel(const v1::Term& term) {
  const std::string key = FoldWord(term.verbatim());
  return NameWords::Standard().Is(key, NameWord::kDescription) ||
         !KeysOfSpreadsheetDate(term.verbatim()).empty() ||
         MakerCatalogue::Standard().FindName(key) != nullptr;
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

// A family or pattern is what is written where no more is known: it may be any of its variants, and
// a pattern any that is made to its family's.
void CompareKnown(const KnownModels& ours, const KnownModels& theirs, v1::MatchReason& reason) {
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
      SetEffect(reason, v1::MATCH_EFFECT_AGREES, "both are the " + ours.front()->canonical);
    } else {
      SetEffect(reason, v1::MATCH_EFFECT_COMPATIBLE, "one of the words may mean the other");
    }
  } else if (AnyPair(ours, theirs, above)) {
    SetEffect(reason, v1::MATCH_EFFECT_COMPATIBLE, "one is a variant of the other");
  } else if (AnyPair(ours, theirs, of_one_pattern)) {
    SetEffect(reason, v1::MATCH_EFFECT_COMPATIBLE,
              "both are of the family " + models.FamilyOf(*ours.front()).canonical);
  } else {
    SetEffect(reason, v1::MATCH_EFFECT_DIFFERS);
  }
}

// With a word that is in no catalogue, only other figures tell two models apart.
void CompareTexts(const std::string& ours, const std::string& theirs, bool one_is_known,
                  v1::MatchReason& reason) {
  const std::string our_figures = FiguresOf(ours);
  const std::string their_figures = FiguresOf(theirs);
  if (ours.find(theirs) != std::string::npos || theirs.find(ours) != std::string::npos) {
    SetEffect(reason, v1::MATCH_EFFECT_COMPATIBLE, "one is written more fully");
  } else if (one_is_known &&
             (our_figures.empty() || their_figures.empty() || our_figures == their_figures)) {
    SetEffect(reason, v1::MATCH_EFFECT_COMPATIBLE, "one of the words is not in the catalogue");
  } else {
    SetEffect(reason, v1::MATCH_EFFECT_DIFFERS);
  }
}

}  // namespace

v1::MatchReason CompareModels(const v1::Term& asked, const v1::Term& recorded) {
  v1::MatchReason reason = ReasonOf("model", asked.verbatim(), recorded.verbatim());
  const KnownModels our_models = ModelsOf(asked);
  const KnownModels their_models = ModelsOf(recorded);
  if ((our_models.empty() && TellsNothing(asked.verbatim())) ||
      (their_models.empty() && TellsNothing(recorded.verbatim())))
    return reason;
  const std::string ours = FoldWord(asked.verbatim());
  const std::string theirs = FoldWord(recorded.verbatim());
  if (ours == theirs) {
    SetEffect(reason, v1::MATCH_EFFECT_AGREES);
  } else if (!our_models.empty() && !their_models.empty()) {
    CompareKnown(our_models, their_models, reason);
  } else if ((our_models.empty() && NamesNoModel(asked)) ||
             (their_models.empty() && NamesNoModel(recorded))) {
    SetEffect(reason, v1::MATCH_EFFECT_COMPATIBLE, "one of the cells names no model");
  } else {
    CompareTexts(ours, theirs, our_models.empty() != their_models.empty(), reason);
  }
  return reason;
}

}  // namespace tracegate
