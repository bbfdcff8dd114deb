#include "adapters/marking/token_neighbours.h"

#include "adapters/marking/text.h"

namespace tracegate {
namespace {

using Kind = SerialToken::Kind;
using Tokens = std::vector<SerialToken>;

constexpr size_t kAheadMax = 4;

bool IsHyphen(const SerialToken& token) { return token.kind == Kind::kOther && token.text == "-"; }

// The first token after a few that are letters or lone hyphens ("CP - 123"); a longer row of them
// is no prefix.
size_t AfterLetters(const Tokens& tokens, size_t i) {
  size_t next = i + 1;
  while (next < tokens.size() && next < i + kAheadMax &&
         (tokens[next].kind == Kind::kLetters || IsHyphen(tokens[next]))) {
    ++next;
  }
  return next;
}

bool FollowsWord(const Tokens& tokens, size_t i) {
  if (i == 0) return false;
  const SerialToken& before = tokens[i - 1];
  const bool label = before.word.meaning == WordMeaning::kLabel;
  return before.kind == Kind::kOther || before.kind == Kind::kLetters ||
         (before.kind == Kind::kWord && !label);
}

// "AZC123 E LZG123" are two serials, "T1234-07 E 12345" is one.
bool JoinsTwoSerials(const Tokens& tokens, size_t i) {
  if (i + 1 >= tokens.size()) return false;
  const std::string next = FoldWord(tokens[i + 1].text);
  return !next.empty() && (next[0] < '0' || next[0] > '9');
}

bool Adjoin(const SerialToken& left, const SerialToken& right) {
  return left.text.data() + left.text.size() == right.text.data();
}

}  // namespace

bool IsMark(const Tokens& tokens, size_t i) {
  return i < tokens.size() && tokens[i].kind == Kind::kMark;
}

bool IsAffix(const Tokens& tokens, size_t i, bool open) {
  const SerialToken& token = tokens[i];
  const bool connective = token.kind == Kind::kConnective;
  if (connective && UpperCase(token.text) != token.text) return false;
  if (connective && open && (token.text.size() > 1 || JoinsTwoSerials(tokens, i))) return false;
  const size_t next = AfterLetters(tokens, i);
  if (IsMark(tokens, next)) return open || !(token.known || connective) || !FollowsWord(tokens, i);
  const bool words_follow = next < tokens.size() &&
                            (tokens[next].kind == Kind::kWord || tokens[next].kind == Kind::kOther);
  return open && !words_follow && (!token.known || token.text.size() == 1);
}

bool LeadsToNext(const Tokens& tokens, size_t i, bool led) {
  const SerialToken& token = tokens[i];
  if (token.kind != Kind::kWord) return false;
  const bool part = token.word.part != v1::WEAPON_PART_UNSPECIFIED;
  const bool aside =
      token.word.meaning == WordMeaning::kReference || token.word.meaning == WordMeaning::kCalibre;
  if (!aside && !(part && (led || token.text.back() == ':'))) return false;
  for (size_t next = i + 1; next < tokens.size() && next < i + kAheadMax; ++next) {
    const Kind kind = tokens[next].kind;
    if (kind == Kind::kMark) return true;
    if (kind == Kind::kBreak || kind == Kind::kOpen || kind == Kind::kClose) return false;
    if (tokens[next].word.part != v1::WEAPON_PART_UNSPECIFIED) return false;
  }
  return false;
}

bool IsPartWithNumber(const Tokens& tokens, size_t bracket) {
  bool part = false;
  for (size_t i = bracket + 1; i < tokens.size(); ++i) {
    const SerialToken& token = tokens[i];
    if (token.kind == Kind::kMark) return part;
    if (token.kind == Kind::kOpen || token.kind == Kind::kClose || token.kind == Kind::kBreak)
      break;
    part = part || token.word.part != v1::WEAPON_PART_UNSPECIFIED;
  }
  return false;
}

bool HoldsOneToken(const Tokens& tokens, size_t bracket) {
  return bracket + 2 < tokens.size() && tokens[bracket + 2].kind == Kind::kClose;
}

bool StandsForCharacters(const Tokens& tokens, size_t bracket, bool open) {
  if (!HoldsOneToken(tokens, bracket)) return false;
  const SerialToken& inner = tokens[bracket + 1];
  if (inner.kind != Kind::kWord || inner.word.meaning != WordMeaning::kIllegible) return false;
  return (open && Adjoin(tokens[bracket - 1], tokens[bracket])) ||
         (IsMark(tokens, bracket + 3) && Adjoin(tokens[bracket + 2], tokens[bracket + 3]));
}

}  // namespace tracegate
