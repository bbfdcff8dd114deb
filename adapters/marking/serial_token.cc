#include "adapters/marking/serial_token.h"

#include <algorithm>
#include <optional>

#include "adapters/marking/mark_characters.h"
#include "adapters/marking/serial_pieces.h"
#include "adapters/marking/spreadsheet_damage.h"
#include "adapters/marking/text.h"

namespace tracegate {
namespace {

using Kind = SerialToken::Kind;

constexpr size_t kAffixLettersMax = 4;
constexpr size_t kCaselessAffixMax = 2;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

size_t CountLetters(std::string_view folded) {
  return std::count_if(folded.begin(), folded.end(), [](char c) { return (c & 0xC0) != 0x80; });
}

bool IsUpperCase(std::string_view text) { return UpperCase(text) == text; }

constexpr std::string_view kConnectives[] = {"E", "Y", "AND", "ET", "UND", "ED", "\u0418"};

bool IsConnective(std::string_view folded) {
  return std::find(std::begin(kConnectives), std::end(kConnectives), folded) !=
         std::end(kConnectives);
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
  const std::optional<Word> close = WordList::Standard().FindClose(tokens[first].text);
  if (!close.has_value()) return 0;
  word = *close;
  return 1;
}

}  // namespace

std::vector<SerialToken> SerialTokens(std::string_view text) {
  const std::vector<SerialToken> pieces = SerialPieces(text);
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
