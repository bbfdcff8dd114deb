#include "adapters/sql/serial_questions.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

namespace tracegate {
namespace {

using Kind = QueryKey::Kind;

// What may stand right behind a number that goes no further: all of ASCII but letters and digits.
// No bound may read as a number itself: a numeric column would compare it as one, and with it
// every number that it holds; hence no blank as the first of them, and something behind each last.
struct Signs {
  char first, last;
};
constexpr Signs kSigns[] = {{'\x01', '/'}, {':', '@'}, {'[', '`'}, {'{', '\x7F'}};
constexpr std::string_view kLastCharacter = "\xF4\x8F\xBF\xBF";  // U+10FFFF

// The number that `text` writes in the one way in which it would be printed again.
std::optional<int64_t> PlainNumber(std::string_view text) {
  int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool whole = error == std::errc() && end == text.data() + text.size();
  return whole && std::to_string(number) == text ? std::optional(number) : std::nullopt;
}

// Few questions of different lengths, so that few are prepared: the last value is repeated up to a
// power of two.
template <typename Value>
void PadToPowerOfTwo(std::vector<Value>* values) {
  size_t size = 1;
  while (size < values->size()) size *= 2;
  values->resize(size, values->back());
}

}  // namespace

void AddAsTextAndNumber(std::string_view text, std::vector<QueryValue>* values) {
  values->emplace_back(text);
  if (const auto number = PlainNumber(text)) values->emplace_back(*number);
}

SerialQuestions::SerialQuestions(const adapter::v1::FindRequest& request,
                                 const config::v1::SerialSearch& serial_search) {
  const bool has_folded = !serial_search.folded().empty();
  const Texts spellings(request.serial_spellings().begin(), request.serial_spellings().end());
  if (!spellings.empty()) AskWhole(spellings, has_folded);
  Texts longer;
  std::copy_if(spellings.begin(), spellings.end(), std::back_inserter(longer),
               [](std::string_view text) { return text.size() >= kBesideRemarksBytesMin; });
  if (!longer.empty() && serial_search.cell() >= config::v1::SERIAL_CELL_NUMBER_FIRST) {
    AskFirstInCell(longer, has_folded);
  }
  if (!longer.empty() && serial_search.cell() >= config::v1::SERIAL_CELL_NUMBER_ANYWHERE) {
    AskAnywhereInCell(longer);
  }
  if (!request.serial_pattern().empty()) AskPattern(request.serial_pattern(), has_folded);
}

void SerialQuestions::AskWhole(const Texts& spellings, bool has_folded) {
  std::vector<QueryValue> as_written;
  for (const std::string_view spelling : spellings) AddAsTextAndNumber(spelling, &as_written);
  PadToPowerOfTwo(&as_written);
  questions_.push_back({{Kind::kSerialIn, as_written.size()}, as_written});
  if (!has_folded) return;
  std::vector<QueryValue> texts(spellings.begin(), spellings.end());
  PadToPowerOfTwo(&texts);
  questions_.push_back({{Kind::kFoldedIn, texts.size()}, texts});
}

void SerialQuestions::AskFirstInCell(const Texts& spellings, bool has_folded) {
  Texts padded = spellings;
  PadToPowerOfTwo(&padded);
  std::vector<QueryValue> bounds;
  for (const std::string_view spelling : padded) {
    for (const Signs& signs : kSigns) {
      bounds.emplace_back(Keep(std::string(spelling) + signs.first));
      bounds.emplace_back(Keep(std::string(spelling) + signs.last + std::string(kLastCharacter)));
    }
  }
  questions_.push_back({{Kind::kSerialBetween, bounds.size() / 2}, bounds});
  if (has_folded) questions_.push_back({{Kind::kFoldedBetween, bounds.size() / 2}, bounds});
}

void SerialQuestions::AskAnywhereInCell(const Texts& spellings) {
  std::vector<QueryValue> globs;
  for (const std::string_view spelling : spellings) {
    globs.emplace_back(Keep(WordGlob(spelling)));
  }
  PadToPowerOfTwo(&globs);
  questions_.push_back({{Kind::kSerialHolds, globs.size()}, globs});
}

void SerialQuestions::AskPattern(const std::string& pattern, bool has_folded) {
  questions_.push_back({{Kind::kSerialLike}, {Keep(LikePattern(pattern))}});
  const std::string folded = LikePattern(FoldedPattern(pattern));
  if (has_folded && !folded.empty()) {
    questions_.push_back({{Kind::kFoldedLike}, {Keep(folded)}});
  }
}

}  // namespace tracegate
