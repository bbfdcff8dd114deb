#include "adapters/marking/calibre_cell.h"

#include <algorithm>
#include <string>
#include <vector>

#include "absl/container/flat_hash_set.h"

namespace tracegate {
namespace {

using Kind = CalibreToken::Kind;
using Meaning = std::optional<CalibreMeaning>;

constexpr size_t kTokensMax = 32;
constexpr int kRowMax = 3;  // designations one after another

bool HasNumber(CalibreTokens tokens) {
  return std::any_of(tokens.begin(), tokens.end(),
                     [](const CalibreToken& token) { return token.kind == Kind::kNumber; });
}

using Keys = absl::flat_hash_set<std::string>;

// The length of a shotgun's chamber in millimetres or inches, as CalibreKey writes it.
bool IsChamber(const std::string& key) {
  static const auto* const kLengths = new Keys{
      "50",    "51",    "60",    "63",    "63.5",  "65",    "67",    "67.5",  "69.85", "70",
      "73",    "76",    "76.2",  "88.9",  "89",    "2",     "2.5",   "2.75",  "3",     "3.5",
      "2-3X4", "2.3X4", "2X3X4", "2-1X2", "2.1X2", "2X1X2", "3-1X2", "3.1X2", "3X1X2"};
  return kLengths->contains(key);
}

// Gauges that are written without saying so: "12/70".
bool IsUsualGauge(const std::string& bore) {
  static const auto* const kGauges = new Keys{"12", "16", "20", "24", "28", "32", "36", "410"};
  return kGauges->contains(bore);
}

class CellReader {
 public:
  explicit CellReader(const CalibreCatalogue& calibres) : calibres_(calibres) {}

  Meaning Read(CalibreTokens tokens) const {
    if (Meaning whole = ReadDesignation(tokens)) return whole;
    if (std::any_of(tokens.begin(), tokens.end(),
                    [](const CalibreToken& token) { return token.kind == Kind::kOr; })) {
      return ReadParts(SplitAt(tokens, {Kind::kOr}), &CellReader::Either);
    }
    if (std::any_of(tokens.begin(), tokens.end(),
                    [](const CalibreToken& token) { return token.kind == Kind::kOpen; })) {
      return ReadParts(SplitAt(tokens, {Kind::kOpen, Kind::kClose}), &CellReader::Both);
    }
    return ReadRow(tokens, kRowMax);
  }

 private:
  using Combine = CalibreMeaning (CellReader::*)(const CalibreMeaning&,
                                                 const CalibreMeaning&) const;

  Meaning Found(CalibreTokens tokens) const {
    const CalibreMeaning* meaning = calibres_.Find(tokens);
    return meaning == nullptr ? Meaning() : *meaning;
  }

  Meaning ReadDesignation(CalibreTokens tokens) const {
    if (tokens.empty()) return std::nullopt;
    if (Meaning found = Found(tokens)) return found;
    if (tokens[0].kind != Kind::kNumber) return std::nullopt;
    if (Meaning gauge = ReadGauge(tokens)) return gauge;
    return ReadBoreAndCase(tokens);
  }

  // "12/70", "12 GA 3", "20 x 76 mm Magnum", "12 (2 3/4) 70 mm": every length is one gauge.
  Meaning ReadGauge(CalibreTokens tokens) const {
    const CalibreToken ga = {Kind::kWord, "GA"};
    const bool is_told = tokens.size() > 1 && tokens[1].text == ga.text;
    if (!is_told && !IsUsualGauge(tokens[0].text)) return std::nullopt;
    const std::vector<CalibreToken> name = {tokens[0], ga};
    const Meaning gauge = Found(name);
    if (!gauge.has_value() || !gauge->is_exact) return std::nullopt;
    CalibreTokens rest = tokens.subspan(is_told ? 2 : 1);
    while (!rest.empty() && (rest.back().text == "MAGNUM" || rest.back().kind == Kind::kOrnament))
      rest = rest.first(rest.size() - 1);
    while (!rest.empty() && (rest[0].kind == Kind::kTimes || rest[0].kind == Kind::kSlash ||
                             rest[0].kind == Kind::kMillimetre))
      rest = rest.subspan(1);
    for (const CalibreTokens length : SplitAt(rest, {Kind::kOpen, Kind::kClose})) {
      if (!IsChamber(CalibreKey(length, {}))) return std::nullopt;
    }
    return gauge;
  }

  // "9x19 Parabellum": bore and case, and bore and name, are each known and say the same.
  Meaning ReadBoreAndCase(CalibreTokens tokens) const {
    constexpr size_t kBoreAndCase = 3;
    if (tokens.size() <= kBoreAndCase || tokens[1].kind != Kind::kTimes ||
        tokens[2].kind != Kind::kNumber)
      return std::nullopt;
    size_t end = kBoreAndCase;
    const std::string& suffix = tokens[end].text;
    if (suffix == "R" || suffix == "SR" || suffix == "B") ++end;
    const Meaning by_case = Found(tokens.first(end));
    std::vector<CalibreToken> named = {tokens[0]};
    named.insert(named.end(), tokens.begin() + static_cast<ptrdiff_t>(end), tokens.end());
    if (!by_case.has_value() || HasNumber(CalibreTokens(named).subspan(1))) return std::nullopt;
    const Meaning by_name = Found(named);
    if (!by_name.has_value()) return std::nullopt;
    CalibreMeaning both = Both(*by_case, *by_name);
    return both.is_exact ? Meaning(std::move(both)) : std::nullopt;
  }

  // Two designations without a sign between them, or with one that could belong to either: "308 Win
  // 7.62x51", "38/357".
  Meaning ReadRow(CalibreTokens tokens, int designations_max) const {
    if (Meaning one = ReadDesignation(tokens)) return one;
    if (designations_max == 1) return std::nullopt;
    for (size_t i = 1; i < tokens.size(); ++i) {
      const bool slash = tokens[i].kind == Kind::kSlash;
      const bool starts = tokens[i].kind == Kind::kNumber && tokens[i - 1].kind != Kind::kTimes &&
                          tokens[i - 1].kind != Kind::kSlash;
      if (!slash && !starts) continue;
      const Meaning first = ReadDesignation(tokens.first(i));
      if (!first.has_value()) continue;
      const Meaning rest = ReadRow(tokens.subspan(slash ? i + 1 : i), designations_max - 1);
      if (!rest.has_value()) continue;
      return slash ? Either(*first, *rest) : Both(*first, *rest);
    }
    return std::nullopt;
  }

  static std::vector<CalibreTokens> SplitAt(CalibreTokens tokens,
                                            std::initializer_list<Kind> separators) {
    std::vector<CalibreTokens> parts;
    size_t start = 0;
    for (size_t i = 0; i <= tokens.size(); ++i) {
      const bool ends = i == tokens.size() || std::find(separators.begin(), separators.end(),
                                                        tokens[i].kind) != separators.end();
      if (!ends) continue;
      if (i > start) parts.push_back(tokens.subspan(start, i - start));
      start = i + 1;
    }
    return parts;
  }

  // A part in words alone that is not known is a remark; one with a number is a calibre that nobody
  // here knows.
  Meaning ReadParts(const std::vector<CalibreTokens>& parts, Combine combine) const {
    Meaning all;
    for (const CalibreTokens part : parts) {
      const Meaning one = Read(part);
      if (!one.has_value() && HasNumber(part)) return std::nullopt;
      if (!one.has_value()) continue;
      all = all.has_value() ? (this->*combine)(*all, *one) : *one;
    }
    return all;
  }

  bool Same(const std::string& one, const std::string& other) const {
    return one == other || calibres_.AreNear(one, other);
  }

  bool Includes(const CalibreMeaning& meaning, const std::string& calibre) const {
    return std::any_of(meaning.calibres.begin(), meaning.calibres.end(),
                       [&](const std::string& one) { return Same(one, calibre); });
  }

  // Alternatives: all that the one and the other could be.
  CalibreMeaning Either(const CalibreMeaning& one, const CalibreMeaning& other) const {
    if (one.is_exact && other.is_exact && Same(one.calibres[0], other.calibres[0])) return one;
    CalibreMeaning either{one.calibres, false};
    for (const std::string& calibre : other.calibres) {
      if (std::find(either.calibres.begin(), either.calibres.end(), calibre) ==
          either.calibres.end())
        either.calibres.push_back(calibre);
    }
    return either;
  }

  // One calibre said twice: an exact word settles a bare one that could be it; two bare ones leave
  // what both could be, and are not certain.
  CalibreMeaning Both(const CalibreMeaning& one, const CalibreMeaning& other) const {
    if (one.is_exact && Includes(other, one.calibres[0])) return one;
    if (other.is_exact && Includes(one, other.calibres[0])) return other;
    CalibreMeaning both{{}, false};
    for (const std::string& calibre : one.calibres) {
      if (Includes(other, calibre)) both.calibres.push_back(calibre);
    }
    return both.calibres.empty() ? Either(one, other) : both;
  }

  const CalibreCatalogue& calibres_;
};

}  // namespace

std::optional<CalibreMeaning> ReadCalibreCell(const CalibreCatalogue& calibres,
                                              CalibreTokens tokens) {
  if (tokens.size() > kTokensMax) return std::nullopt;
  return CellReader(calibres).Read(tokens);
}

}  // namespace tracegate
