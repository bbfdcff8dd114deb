#include "adapters/marking/calibre_text.h"

#include <algorithm>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "adapters/marking/calibre_words.h"
#include "adapters/marking/look_alike.h"
#include "adapters/marking/text.h"

namespace tracegate {
namespace {

using Kind = CalibreToken::Kind;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

bool IsLetterByte(char c) { return (c >= 'A' && c <= 'Z') || (c & 0x80) != 0; }

// What is written with one sign, and what it stands for here.
constexpr std::pair<std::string_view, std::string_view> kSigns[] = {
    {"\u00D7", "*"},     {"\u2715", "*"}, {"\u00BC", " 1/4 "}, {"\u00BD", " 1/2 "},
    {"\u00BE", " 3/4 "}, {"\u2013", "-"}, {"\u2014", "-"},     {"\u00B0", " "},
    {"\u201D", " "},     {"\u2033", " "}, {"\u00B7", "."}};

std::string_view StandsFor(std::string_view rest, size_t& length) {
  for (const auto& [sign, text] : kSigns) {
    if (rest.substr(0, sign.size()) != sign) continue;
    length = sign.size();
    return text;
  }
  return {};
}

// A spreadsheet's binary fractions: "0.35699999999999998" is "0.357".
void RoundOff(std::string& whole, std::string& places) {
  constexpr size_t kDigitsMax = 4;
  double value = 0;
  if (places.size() <= 2 * kDigitsMax || whole.size() > kDigitsMax ||
      !absl::SimpleAtod(absl::StrCat(whole, ".", places), &value))
    return;
  const std::string rounded = absl::StrFormat("%.*f", static_cast<int>(kDigitsMax), value);
  whole = rounded.substr(0, rounded.find('.'));
  places = rounded.substr(whole.size() + 1);
  while (places.size() > 2 && places.back() == '0') places.pop_back();
}

class Splitter {
 public:
  explicit Splitter(std::string_view level) : level_(level) {}

  std::vector<CalibreToken> Split() {
    while (i_ < level_.size()) {
      if (IsDigit(level_[i_])) {
        TakeNumber();
      } else if (IsLetterByte(level_[i_])) {
        TakeWord();
      } else {
        TakeSign();
      }
    }
    return std::move(tokens_);
  }

 private:
  bool Is(size_t at, char c) const { return at < level_.size() && level_[at] == c; }
  bool IsDigitAt(size_t at) const { return at < level_.size() && IsDigit(level_[at]); }
  bool IsLetterAt(size_t at) const { return at < level_.size() && IsLetterByte(level_[at]); }

  void Add(Kind kind, std::string text = "") { tokens_.push_back({kind, std::move(text)}); }

  // Whether the last thing said was a number, its unit aside.
  bool FollowsNumber() const {
    size_t n = tokens_.size();
    if (n > 0 && tokens_[n - 1].kind == Kind::kMillimetre) --n;
    return n > 0 && tokens_[n - 1].kind == Kind::kNumber;
  }

  // Whether a number comes next, its point and spaces aside.
  bool LeadsToNumber(size_t at) const {
    while (Is(at, ' ') || Is(at, '.')) ++at;
    return IsDigitAt(at);
  }

  void TakeNumber() {
    const bool point = i_ > 0 && (level_[i_ - 1] == '.' || level_[i_ - 1] == ',');
    std::string whole;
    std::string part;
    while (IsDigitAt(i_)) whole += level_[i_++];
    if ((Is(i_, '.') || Is(i_, ',')) && IsDigitAt(i_ + 1)) {
      ++i_;
      while (IsDigitAt(i_)) part += level_[i_++];
    }
    RoundOff(whole, part);
    const bool imperial = whole == "0" && !part.empty();
    if (imperial) whole = std::exchange(part, "");
    whole.erase(0, std::min(whole.find_first_not_of('0'), whole.size() - 1));
    while (!part.empty() && part.back() == '0') part.pop_back();
    if (!part.empty()) whole.append(1, '.').append(part);
    tokens_.push_back({Kind::kNumber, std::move(whole), point || imperial});
  }

  // Initials are one word with their signs: "S&W", "P.A.K.", "S/W".
  void TakeWord() {
    const size_t start = i_;
    size_t run = i_;
    while (IsLetterAt(i_)) {
      ++i_;
      size_t next = i_;
      while (Is(next, '.') || Is(next, '&') || Is(next, '/')) ++next;
      if (next > i_ && i_ - run == 1 && IsLetterAt(next)) run = i_ = next;
    }
    std::string word = FoldWord(level_.substr(start, i_ - start));
    const bool between = FollowsNumber() && LeadsToNumber(i_);
    // "9MMX19", "9MMLUGER"
    if (word.starts_with("MM") && word.find_first_not_of('M') != word.npos && FollowsNumber()) {
      Add(Kind::kMillimetre);
      word.erase(0, 2);
    }
    if (!word.empty()) AddWord(CalibreWords::Standard().Find(word), between);
  }

  void AddWord(const CalibreWord& word, bool between) {
    switch (word.kind) {
      case CalibreWordKind::kNoise: return;
      case CalibreWordKind::kMillimetre: return Add(Kind::kMillimetre);
      case CalibreWordKind::kOrnament: return Add(Kind::kOrnament, word.text);
      case CalibreWordKind::kOr:
        if (LeadsToNumber(i_)) Add(Kind::kOr, ",");
        return;
      case CalibreWordKind::kTimes:
        if (between || tokens_.empty()) return Add(Kind::kTimes, "X");
        return Add(Kind::kWord, "X");
      case CalibreWordKind::kWord:
        // "PLUS P" is "+P".
        if (word.text == "P" && !tokens_.empty() && tokens_.back().text == "PLUS") {
          tokens_.back() = {Kind::kOrnament, "PLUSP"};
        } else if (tokens_.empty() || tokens_.back().text != word.text) {
          Add(Kind::kWord, word.text);
        }
    }
  }

  void TakeSign() {
    const char sign = level_[i_++];
    const bool between = FollowsNumber() && LeadsToNumber(i_);
    if (sign == '+' && Is(level_.find_first_not_of(' ', i_), 'P')) {
      i_ = level_.find('P', i_) + 1;
      if (Is(i_, '+')) ++i_;
      Add(Kind::kOrnament, "PLUSP");
    } else if (sign == '*') {
      Add(Kind::kTimes, "X");
    } else if (sign == '(' || sign == '[') {
      Add(Kind::kOpen);
    } else if (sign == ')' || sign == ']') {
      Add(Kind::kClose);
    } else if ((sign == '/' || sign == '-') && between) {
      Add(Kind::kSlash, "X");
    } else if (sign == '/' || sign == ';' || sign == '|' || sign == '+' || sign == '\\' ||
               (sign == ',' && !IsDigitAt(i_))) {
      Add(Kind::kOr, ",");
    }
  }

  const std::string_view level_;
  size_t i_ = 0;
  std::vector<CalibreToken> tokens_;
};

}  // namespace

std::string LevelCalibre(std::string_view text) {
  const std::string upper = LatinByLook(Nfc(UpperCase(text)));
  std::string level;
  level.reserve(upper.size());
  for (size_t i = 0; i < upper.size();) {
    size_t length = 0;
    if (const std::string_view plain = StandsFor(std::string_view(upper).substr(i), length);
        length > 0) {
      level += plain;
      i += length;
    } else {
      level += upper[i++];
    }
  }
  return level;
}

std::vector<CalibreToken> SplitCalibre(std::string_view text) {
  const std::string level = LevelCalibre(text);
  return Splitter(level).Split();
}

std::string CalibreKey(CalibreTokens tokens, CalibreKeyStyle style) {
  std::string key;
  bool after_number = false;
  for (const CalibreToken& token : tokens) {
    const bool is_number = token.kind == Kind::kNumber;
    if (token.kind == Kind::kOpen || token.kind == Kind::kClose) continue;
    if (token.kind == Kind::kOrnament && !style.with_ornaments) continue;
    if (token.kind == Kind::kMillimetre) {
      if (style.with_units) key += "MM";
      continue;
    }
    if (is_number && after_number) key += '-';
    if (is_number && style.with_units && token.has_point) key += '.';
    key += token.text;
    after_number = is_number;
  }
  return key;
}

}  // namespace tracegate
