#include "adapters/marking/serial_pieces.h"

#include <algorithm>
#include <optional>

#include "adapters/marking/ascii_text.h"
#include "adapters/marking/mark_characters.h"
#include "adapters/marking/serial_set.h"
#include "adapters/marking/spreadsheet_damage.h"

namespace tracegate {
namespace {

using Kind = SerialToken::Kind;

constexpr size_t kSlashSideMin = 4;
constexpr size_t kLabelBytesMax = 16;
constexpr std::string_view kBreaks = ",;\t\r\n ";
constexpr std::string_view kBrackets = "()[]{}";

size_t AsciiAlnum(std::string_view text) {
  return std::count_if(text.begin(), text.end(),
                       [](char c) { return IsAsciiAlnum(c) || (c & 0x80) != 0; });
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

}  // namespace

std::vector<SerialToken> SerialPieces(std::string_view text) {
  std::vector<SerialToken> tokens;
  size_t start = 0;
  const auto flush = [&](size_t end) {
    if (end > start) AppendChunk(text.substr(start, end - start), tokens);
  };
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (IsAsciiAlnum(c)) continue;
    const bool no_break_space = text.substr(i, 2) == "\u00A0";
    const size_t ordinal = OrdinalSignAtFront(text.substr(i));
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

}  // namespace tracegate
