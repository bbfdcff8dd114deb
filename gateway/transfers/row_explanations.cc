#include "gateway/transfers/row_explanations.h"

#include "gateway/transfers/arms_category.h"
#include "gateway/transfers/figures.h"

namespace tracegate {
namespace {

std::string BasisWords(v1::TransferBasis basis) {
  switch (basis) {
    case v1::TRANSFER_BASIS_AUTHORISED: return "licences";
    case v1::TRANSFER_BASIS_ACTUAL: return "deliveries";
    default: return "figures of no stated basis";
  }
}

std::string FiguresOf(const RowTotals& totals) {
  const v1::TransferRow row = totals.Shown();
  std::string text = row.has_quantity() ? FigureText(row.quantity()) : "";
  if (row.has_value()) text += (text.empty() ? "" : ", ") + FigureText(row.value());
  return text.empty() ? "no figure" : text;
}

std::string WhatOf(const MirrorKey& key) {
  return ArmsWords(key.category, key.subcategory) +
         (key.national_category.empty() ? "" : " (" + key.national_category + ")") + ", " +
         std::to_string(key.year);
}

bool OfOtherBasis(const MirrorPair& pair) {
  const v1::TransferBasis ours = pair.ours->basis();
  const v1::TransferBasis theirs = pair.theirs->basis();
  return ours != theirs && ours != v1::TRANSFER_BASIS_UNSPECIFIED &&
         theirs != v1::TRANSFER_BASIS_UNSPECIFIED;
}

void JudgeOneSided(MirrorPair* pair) {
  const bool is_ours = pair->ours.has_value();
  const RowTotals& totals = is_ours ? *pair->ours : *pair->theirs;
  pair->verdict = is_ours ? v1::DISCREPANCY_KIND_ONLY_OURS : v1::DISCREPANCY_KIND_ONLY_THEIRS;
  pair->text = WhatOf(pair->key) + ": " + FiguresOf(totals) +
               (is_ours ? " here, none there" : " there, none here");
  if (totals.basis() == v1::TRANSFER_BASIS_AUTHORISED) {
    pair->expected = true;
    pair->text += "; a licence need not have been used";
  } else if (pair->key.category == v1::ARMS_CATEGORY_OTHER) {
    pair->expected = true;
    pair->text += "; the category is of one State's law, and the other need not have it";
  }
}

// Why figures that differ, or cannot be compared, are no mistake; empty where nothing explains them.
std::string ReasonOf(const MirrorPair& pair, bool comparable) {
  if (OfOtherBasis(pair)) {
    return BasisWords(pair.ours->basis()) + " here, " + BasisWords(pair.theirs->basis()) + " there";
  }
  if (comparable) return "";
  const bool units = pair.ours->HasQuantity() && pair.theirs->HasQuantity();
  const bool values = pair.ours->HasValue() && pair.theirs->HasValue();
  return units    ? "they are counted in different units"
         : values ? "they are in different currencies"
                  : "the one has quantities alone, the other values";
}

}  // namespace

void Judge(MirrorPair* pair) {
  if (!pair->ours.has_value() || !pair->theirs.has_value()) return JudgeOneSided(pair);
  const std::optional<int64_t> more = pair->ours->MoreThan(*pair->theirs);
  const std::optional<bool> value_differs = pair->ours->ValueDiffers(*pair->theirs);
  const bool comparable = more.has_value() || value_differs.has_value();
  if (more.has_value() ? *more == 0 && !value_differs.value_or(false)
                       : comparable && !*value_differs) {
    return;
  }
  const bool of_value =
      more.has_value()
          ? *more == 0
          : value_differs.has_value() || !pair->ours->HasQuantity() || !pair->theirs->HasQuantity();
  pair->verdict = of_value ? v1::DISCREPANCY_KIND_VALUE : v1::DISCREPANCY_KIND_QUANTITY;
  const std::string reason = ReasonOf(*pair, comparable);
  pair->expected = !reason.empty();
  pair->text = WhatOf(pair->key) + ": " + FiguresOf(*pair->ours) + " here, " +
               FiguresOf(*pair->theirs) + " there" + (reason.empty() ? "" : "; " + reason);
}

v1::Discrepancy DiscrepancyOf(const MirrorPair& pair) {
  v1::Discrepancy discrepancy;
  discrepancy.set_kind(pair.verdict);
  discrepancy.set_expected(pair.expected);
  discrepancy.set_text(pair.text);
  if (pair.ours.has_value()) *discrepancy.mutable_ours() = pair.ours->Shown();
  if (pair.theirs.has_value()) *discrepancy.mutable_theirs() = pair.theirs->Shown();
  return discrepancy;
}

namespace {

bool IsOnlyOurs(const MirrorPair& pair) {
  return pair.verdict == v1::DISCREPANCY_KIND_ONLY_OURS && !pair.told_elsewhere;
}

bool IsOnlyTheirs(const MirrorPair& pair) {
  return pair.verdict == v1::DISCREPANCY_KIND_ONLY_THEIRS && !pair.told_elsewhere;
}

// Makes one discrepancy of a row of ours and one of theirs that are the same transfers told differently.
void Join(v1::DiscrepancyKind kind, bool expected, const std::string& text, MirrorPair* ours,
          MirrorPair* theirs) {
  ours->theirs = theirs->theirs;
  ours->verdict = kind;
  ours->expected = expected;
  ours->text = WhatOf(ours->key) + ": " + FiguresOf(*ours->ours) + " here; " + text;
  theirs->told_elsewhere = true;
}

// By how many ours are more; of a row without its mirror, all of it. Unset where that cannot be told.
std::optional<int64_t> SurplusOf(const MirrorPair& pair) {
  if (pair.ours.has_value() && pair.theirs.has_value()) return pair.ours->MoreThan(*pair.theirs);
  const v1::TransferRow row = pair.ours.has_value() ? pair.ours->Shown() : pair.theirs->Shown();
  if (!row.has_quantity()) return std::nullopt;
  return pair.ours.has_value() ? row.quantity().amount() : -row.quantity().amount();
}

bool MayBeOfAnotherYear(const MirrorPair& pair) {
  return !pair.told_elsewhere && (pair.verdict == v1::DISCREPANCY_KIND_ONLY_OURS ||
                                  pair.verdict == v1::DISCREPANCY_KIND_ONLY_THEIRS ||
                                  pair.verdict == v1::DISCREPANCY_KIND_QUANTITY);
}

void SetYear(const MirrorPair& other, MirrorPair* pair) {
  pair->verdict = v1::DISCREPANCY_KIND_YEAR;
  pair->expected = true;
  pair->text += "; " + std::to_string(other.key.year) +
                " makes up for it: goods under way at the end of the year, or another cut-off date";
}

void TryYears(MirrorPair* pair, MirrorPair* next) {
  const std::optional<int64_t> surplus = SurplusOf(*pair);
  const std::optional<int64_t> next_surplus = SurplusOf(*next);
  if (!surplus || !next_surplus || *surplus == 0 || *surplus + *next_surplus != 0) return;
  MirrorPair* const ours = IsOnlyOurs(*pair) ? pair : IsOnlyOurs(*next) ? next : nullptr;
  MirrorPair* const theirs = IsOnlyTheirs(*pair) ? pair : IsOnlyTheirs(*next) ? next : nullptr;
  if (ours != nullptr && theirs != nullptr) {
    return Join(v1::DISCREPANCY_KIND_YEAR, true,
                "there in " + std::to_string(theirs->key.year) +
                    ": goods under way at the end of the year, or another cut-off date",
                ours, theirs);
  }
  const MirrorPair before = *pair;
  SetYear(*next, pair);
  SetYear(before, next);
}

// Calls `take(ours, theirs)` for each row of ours without a mirror and the first of theirs that `fits` it.
template <typename Fits, typename Take>
void JoinLeftOver(std::vector<MirrorPair>* pairs, Fits fits, Take take) {
  for (MirrorPair& ours : *pairs) {
    if (!IsOnlyOurs(ours)) continue;
    for (MirrorPair& theirs : *pairs) {
      if (!IsOnlyTheirs(theirs) || ours.key.kind != theirs.key.kind ||
          ours.key.year != theirs.key.year || !fits(ours.key, theirs.key) ||
          !ours.ours->IsSameAs(*theirs.theirs)) {
        continue;
      }
      take(&ours, &theirs);
      break;
    }
  }
}

}  // namespace

void ExplainByYear(std::vector<MirrorPair>* pairs) {
  // In their order, the years of one key stand side by side.
  for (size_t i = 0; i + 1 < pairs->size(); ++i) {
    MirrorPair& pair = (*pairs)[i];
    MirrorPair& next = (*pairs)[i + 1];
    MirrorKey key = pair.key;
    ++key.year;
    if (key == next.key && MayBeOfAnotherYear(pair) && MayBeOfAnotherYear(next)) {
      TryYears(&pair, &next);
    }
  }
}

void ExplainByOrigin(std::vector<MirrorPair>* pairs) {
  JoinLeftOver(
      pairs,
      [](const MirrorKey& ours, const MirrorKey& theirs) {
        return ours.category == theirs.category && ours.subcategory == theirs.subcategory &&
               ours.national_category == theirs.national_category;
      },
      [](MirrorPair* ours, MirrorPair* theirs) {
        const auto words = [](const std::string& origin) {
          return origin.empty() ? "the exporter" : origin;
        };
        Join(v1::DISCREPANCY_KIND_ORIGIN, false,
             "the origin is " + words(ours->key.origin) + " here and " + words(theirs->key.origin) +
                 " there",
             ours, theirs);
      });
}

void ExplainByCategory(std::vector<MirrorPair>* pairs) {
  JoinLeftOver(
      pairs,
      [](const MirrorKey& ours, const MirrorKey& theirs) { return ours.origin == theirs.origin; },
      [](MirrorPair* ours, MirrorPair* theirs) {
        Join(v1::DISCREPANCY_KIND_CATEGORY, false,
             "there as " + ArmsWords(theirs->key.category, theirs->key.subcategory), ours, theirs);
      });
}

}  // namespace tracegate
