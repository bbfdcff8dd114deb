#include "adapters/sql/serial_questions.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

namespace tracegate {
namespace {

using Kind = QueryKey::Kind;

// The number that `text` writes in the one way in which it would be printed again.
std::optional<int64_t> PlainNumber(std::string_view text) {
  int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool whole = error == std::errc() && end == text.data() + text.size();
  return whole && std::to_string(number) == text ? std::optional(number) : std::nullopt;
}

// Few questions of different lengths, so that few are prepared: the last value is repeated up to a
// power of two.
void PadToPowerOfTwo(std::vector<QueryValue>* values) {
  size_t size = 1;
  while (size < values->size()) size *= 2;
  values->resize(size, values->back());
}

}  // namespace

void AddAsTextAndNumber(std::string_view text, std::vector<QueryValue>* values) {
  values->emplace_back(std::string(text));
  if (const auto number = PlainNumber(text)) values->emplace_back(*number);
}

SerialQuestions::SerialQuestions(const adapter::v1::FindRequest& request,
                                 const config::v1::SerialSearch& serial_search) {
  const bool has_folded = !serial_search.folded().empty();
  const Texts spellings(request.serial_spellings().begin(), request.serial_spellings().end());
  if (!spellings.empty()) AskWhole(spellings, has_folded);
  Texts longer;
  std::copy_if(spellings.begin(), spellings.end(), std::back_inserter(longer),
               [](const std::string& text) { return text.size() >= kBesideRemarksBytesMin; });
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
  std::vector<QueryValue> numbers(spellings.begin(), spellings.end());
  PadToPowerOfTwo(&numbers);
  questions_.push_back({{Kind::kSerialBegins, numbers.size()}, numbers});
  if (has_folded) questions_.push_back({{Kind::kFoldedBegins, numbers.size()}, numbers});
}

void SerialQuestions::AskAnywhereInCell(const Texts& spellings) {
  std::vector<QueryValue> numbers(spellings.begin(), spellings.end());
  PadToPowerOfTwo(&numbers);
  questions_.push_back({{Kind::kSerialHolds, numbers.size()}, numbers});
}

void SerialQuestions::AskPattern(const std::string& pattern, bool has_folded) {
  questions_.push_back({{Kind::kSerialLike}, {pattern}});
  const std::string folded = FoldedPattern(pattern);
  if (has_folded && !folded.empty()) questions_.push_back({{Kind::kFoldedLike}, {folded}});
}

}  // namespace tracegate
