#include "adapters/marking/serial_token.h"

#include <algorithm>
#include <optional>

#include "adapters/marking/serial_set.h"
#include "adapters/marking/spreadsheet_damage.h"
#include "adapters/marking/text.h"

namespace tracegate {
namespace {

using Kind = SerialToken::Kind;

constexpr size_t kAffixLettersMax = 4;
constexpr size_t kSlashSideMin = 4;
constexpr size_t kCaselessAffixMax = 2;
constexpr size_t kLabelBytesMax = 16;
constexpr std::string_view kUnreadSigns[] = {"?",      "*",      "_",      "#",     "\u25A1",
                                             "\u25A0", "\u2022", "\uFF1F", "\uFFFD"};
constexpr std::string_view kOrdinalSigns[] = {"\u2116", "\u00BA",
                                              "\u00B0"};  // No., N with o, N with a ring
constexpr std::string_view kEllipsis = "\u2026";
constexpr std::string_view kBreaks = ",;\t\r\n ";
constexpr std::string_view kBrackets = "()[]{}";

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

size_t CountLetters(std::string_view folded) {
  return std::count_if(folded.begin(), folded.end(), [](char c) { return (c & 0xC0) != 0x80; });
}

// No sign and no break begins with one, and most characters are.
bool IsAsciiAlnum(char c) { return IsDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

size_t AsciiAlnum(std::string_view text) {
  return std::count_if(text.begin(), text.end(),
                       [](char c) { return IsAsciiAlnum(c) || (c & 0x80) != 0; });
}

// Length of the sign at the front that is one of `signs`, 0 where there is none.
template <size_t kCount>
size_t SignAtFront(std::string_view text, const std::string_view (&signs)[kCount]) {
  for (const std::string_view sign : signs) {
    if (text.substr(0, sign.size()) == sign) return sign.size();
  }
  return 0;
}

// Length of a run of dots at the front that stands for missing characters.
size_t DotRun(std::string_view text) {
  if (text.substr(0, kEllipsis.size()) == kEllipsis) return kEllipsis.size();
  const size_t dots = std::min(text.find_first_not_of('.'), text.size());
  return dots >= 2 ? dots : 0;
}

bool IsUpperCase(std::string_view text) { return UpperCase(text) == text; }

constexpr std::string_view kConnectives[] = {"E", "Y", "AND", "ET", "UND", "ED", "\u0418"};

bool IsConnective(std::string_view folded) {
  return std::find(std::begin(kConnectives), std::end(kConnectives), folded) !=
         std::end(kConnectives);
}

// Signs that stand alone between two numbers.
bool IsLoneBreak(std::string_view chunk) {
  return chunk == "+" || chunk == "|" || chunk == "&" || chunk == "=";
}

// "SN#", "No.", "S.N.": a label without a space before its number.
bool EndsLabel(std::string_view chunk) {
  const std::optional<Word> word = WordList::Standard().Find(chunk);
  return word && word->meaning == WordMeaning::kLabel;
}

// The parts of a chunk between slashes that separate: "CANO:A1234/B1234", but not "S/N" nor
// "1234/56".
void AppendChunk(std::string_view chunk, std::vector<SerialToken>& tokens) {
  if (IsLoneBreak(chunk)) {
    tokens.push_back({Kind::kBreak, chunk, {}, false});
    return;
  }
  if (IsDate(chunk)) {
    tokens.push_back({Kind::kOther, chunk, {}, false});
    return;
  }
  size_t start = 0;
  size_t slash = std::min(chunk.find('/'), chunk.size());
  size_t left_alnum = AsciiAlnum(chunk.substr(0, slash));
  for (size_t next = 0; slash < chunk.size(); slash = next) {
    next = std::min(chunk.find('/', slash + 1), chunk.size());
    const std::string_view left = chunk.substr(start, slash - start);
    const std::string_view right = chunk.substr(slash + 1, next - slash - 1);
    const size_t right_alnum = AsciiAlnum(right);
    const bool lone = left.empty() || right.empty();
    const bool both_long = left_alnum >= kSlashSideMin && right_alnum >= kSlashSideMin;
    // Counted on from slash to slash: counting the left side anew each time would take square time.
    left_alnum = lone || both_long ? right_alnum : left_alnum + right_alnum;
    if (!lone && !both_long) continue;
    if (!left.empty()) tokens.push_back({Kind::kOther, left, {}, false});
    tokens.push_back({Kind::kBreak, chunk.substr(slash, 1), {}, false});
    start = slash + 1;
  }
  if (start < chunk.size()) tokens.push_back({Kind::kOther, chunk.substr(start), {}, false});
}

std::vector<SerialToken> Split(std::string_view text) {
  std::vector<SerialToken> tokens;
  size_t start = 0;
  const auto flush = [&](size_t end) {
    if (end > start) AppendChunk(text.substr(start, end - start), tokens);
  };
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (IsAsciiAlnum(c)) continue;
    const bool no_break_space = text.substr(i, 2) == "\u00A0";
    const size_t ordinal = SignAtFront(text.substr(i), kOrdinalSigns);
    if (ordinal > 0) i += ordinal - 1;
    const SerialSet set = SerialSetAt(text, i);
    if (set.bytes > 0) {
      i += set.bytes - 1;
      continue;
    }
    const bool sign = c == '#' ? text.substr(i + 1, 1) != "#" : c == '.' && i > start;
    const bool label = sign && i - start < kLabelBytesMax && i + 1 < text.size() &&
                       EndsLabel(text.substr(start, i + 1 - start));
    if (ordinal > 0 || label || (c == ':' && i > start)) {
      flush(i + 1);
    } else if (no_break_space || (c >= 0 && c < ' ') || c == 0x7F ||
               kBreaks.find(c) != std::string_view::npos ||
               kBrackets.find(c) != std::string_view::npos) {
      flush(i);
      if (c == ',' || c == ';') tokens.push_back({Kind::kBreak, text.substr(i, 1), {}, false});
      if (c == '(' || c == '[' || c == '{')
        tokens.push_back({Kind::kOpen, text.substr(i, 1), {}, false});
      if (c == ')' || c == ']' || c == '}')
        tokens.push_back({Kind::kClose, text.substr(i, 1), {}, false});
    } else {
      continue;
    }
    start = i + (no_break_space ? 2 : 1);
    if (no_break_space) ++i;
  }
  flush(text.size());
  return tokens;
}

// Arabic has no capitals that would tell a prefix from a word.
size_t AffixMax(std::string_view folded) {
  return ScriptOf(folded) == "Arab" ? kCaselessAffixMax : kAffixLettersMax;
}

void Classify(SerialToken& token) {
  const std::string folded = FoldWord(token.text);
  const std::string marks = MarkCharacters(token.text);
  const bool unread = marks.find('?') != std::string::npos || marks.find('*') != std::string::npos;
  const bool digit = std::any_of(folded.begin(), folded.end(), IsDigit) && !IsDate(token.text);
  const size_t letters = CountLetters(folded);
  if (digit || (unread && letters <= kAffixLettersMax)) {
    token.kind = Kind::kMark;
  } else if (token.text == "&" || IsConnective(folded)) {
    token.kind = Kind::kConnective;
  } else if (!folded.empty() && letters <= AffixMax(folded) && IsUpperCase(token.text) &&
             token.text.back() != ':') {
    token.kind = Kind::kLetters;
  }
}

// "9mm", "7,62x39mm", ".38": of a cell's several numbers, not the serial.
bool IsCalibre(std::string_view text) {
  const bool pointed = text.size() >= 3 && text.size() <= 4 && text[0] == '.';
  if (pointed) return std::all_of(text.begin() + 1, text.end(), IsDigit);
  if (text.size() < 3 || text.size() > 9 || !IsDigit(text[0])) return false;
  return UpperCase(text.substr(text.size() - 2)) == "MM" &&
         text.substr(0, text.size() - 2).find_first_not_of("0123456789.,xX") ==
             std::string_view::npos;
}

void DropCalibres(std::vector<SerialToken>& tokens) {
  const auto is_mark = [](const SerialToken& token) { return token.kind == Kind::kMark; };
  if (std::count_if(tokens.begin(), tokens.end(), is_mark) < 2) return;
  for (SerialToken& token : tokens) {
    if (is_mark(token) && IsCalibre(token.text)) token.kind = Kind::kOther;
  }
}

bool BelongsToNumber(const SerialToken& token) {
  return token.kind == Kind::kMark || token.kind == Kind::kLetters ||
         (token.kind == Kind::kOther && CountLetters(FoldWord(token.text)) <= kAffixLettersMax);
}

// Words hold no unread characters: "E???" is no conjunction. A note may begin with the sign that it
// explains ("*não revelado"), and a label end in "#".
bool MayBeWord(std::string_view text) {
  const size_t word = text.find_first_not_of("?*_#");
  if (word == std::string_view::npos) return text == "#";
  text.remove_prefix(word);
  return text.find_first_of("?*_") == std::string_view::npos && text.find('#') >= text.size() - 1;
}

// One word in capitals behind such a sign is rather a number's letters: "?NO 123".
bool IsLettersOfNumber(const SerialToken& token) {
  return token.kind == Kind::kMark && token.text.back() != '#' && IsUpperCase(token.text);
}

// Finds the longest phrase that starts at `first`; its length in tokens, 0 for none.
size_t FindPhrase(std::string_view text, const std::vector<SerialToken>& tokens, size_t first,
                  Word& word) {
  size_t last = first;
  while (last + 1 < tokens.size() && last + 1 - first < WordList::kPhraseWordsMax &&
         tokens[last + 1].kind == Kind::kOther && MayBeWord(tokens[last + 1].text)) {
    ++last;
  }
  for (; last + 1 > first; --last) {
    const size_t begin = tokens[first].text.data() - text.data();
    const size_t end = tokens[last].text.data() + tokens[last].text.size() - text.data();
    const std::optional<Word> found = WordList::Standard().Find(text.substr(begin, end - begin));
    if (found && (last > first || found->meaning != WordMeaning::kModelToken)) {
      word = *found;
      return last - first + 1;
    }
    if (last == first) break;
  }
  return 0;
}

}  // namespace

std::string MarkCharacters(std::string_view text) {
  std::string marks;
  size_t start = 0;
  const auto flush = [&](size_t end) { marks += FoldWord(text.substr(start, end - start)); };
  for (size_t i = 0; i < text.size();) {
    if (IsAsciiAlnum(text[i])) {
      ++i;
      continue;
    }
    if (const SerialSet set = SerialSetAt(text, i); set.bytes > 0) {
      flush(i);
      marks += set.members.empty() ? '*' : '?';
      i += set.bytes;
      start = i;
      continue;
    }
    const size_t dots = DotRun(text.substr(i));
    const size_t unread = dots == 0 ? SignAtFront(text.substr(i), kUnreadSigns) : 0;
    const size_t ordinal = SignAtFront(text.substr(i), kOrdinalSigns);
    if (dots + unread + ordinal == 0) {
      ++i;
      continue;
    }
    flush(i);
    if (unread > 0) marks += '?';
    if (dots > 0 && (marks.empty() || marks.back() != '*')) marks += '*';
    i += dots + unread + ordinal;
    start = i;
  }
  flush(text.size());
  return marks;
}

std::vector<SerialToken> SerialTokens(std::string_view text) {
  const std::vector<SerialToken> pieces = Split(text);
  std::vector<SerialToken> tokens;
  for (size_t i = 0; i < pieces.size();) {
    SerialToken token = pieces[i];
    size_t used = 1;
    if (token.kind == Kind::kOther) {
      Classify(token);
      size_t phrase = MayBeWord(token.text) ? FindPhrase(text, pieces, i, token.word) : 0;
      if (phrase == 1 && IsLettersOfNumber(token)) {
        phrase = 0;
        token.word = Word();
      }
      // A single short word in capitals may be a prefix: the cell's shape decides, see
      // serial_cell.cc.
      const bool affix = token.kind == Kind::kLetters && token.word.meaning == WordMeaning::kGlue;
      const bool joins = token.kind == Kind::kConnective;
      token.known = phrase > 0;
      if (phrase > 1 || (phrase == 1 && !affix && !joins)) {
        token.kind = Kind::kWord;
        used = phrase;
        const SerialToken& last = pieces[i + used - 1];
        token.text = {token.text.data(),
                      static_cast<size_t>(last.text.data() + last.text.size() - token.text.data())};
      }
    }
    tokens.push_back(token);
    i += used;
  }
  DropCalibres(tokens);
  // In a cell without words, letters are the number's in small writing too ("tjx 12345").
  if (std::all_of(tokens.begin(), tokens.end(), BelongsToNumber)) {
    for (SerialToken& token : tokens) {
      if (token.kind == Kind::kOther && !FoldWord(token.text).empty()) token.kind = Kind::kLetters;
    }
  }
  return tokens;
}

}  // namespace tracegate
