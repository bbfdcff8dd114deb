#include "gateway/cli/marks_words.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "adapters/marking/ascii_text.h"
#include "adapters/marking/serial.h"
#include "adapters/marking/text.h"
#include "adapters/marking/words.h"
#include "gateway/cli/marks_reading.h"
#include "gateway/cli/marks_segments.h"

namespace tracegate {
namespace {

constexpr size_t kWordsTogetherMax = 5;
constexpr size_t kLabelledWordsMax = 8;
constexpr size_t kSerialBytesMin = 4;
constexpr size_t kIllegibleBytesMin = 6;  // "worn", French "usé" are said of much

using Texts = std::vector<std::string_view>;

bool HoldsNumber(std::string_view word) {
  return ReadSerial(word).numbers.size() == 1 && HasDigit(word);
}

MarksWord Serial(std::string_view text) {
  const SerialReading serial = ReadSerial(text);
  std::string meaning = serial.pattern.empty() ? serial.plain_key : serial.pattern;
  if (meaning.empty()) meaning = StatusWord(serial);
  return {std::string(text), "serial", std::move(meaning)};
}

// Whether some of the words together say that there is no number to read ("numeração raspada", "filed
// off", "ilegível").
bool SaysNoNumber(const Texts& words) {
  for (size_t first = 0; first < words.size(); ++first) {
    const size_t end = std::min(words.size(), first + WordList::kPhraseWordsMax);
    for (size_t last = first; last < end; ++last) {
      const auto found = WordList::Standard().Find(Span(words[first], words[last]));
      if (!found) continue;
      const bool is_long = FoldWord(Span(words[first], words[last])).size() >= kIllegibleBytesMin;
      if (found->meaning == WordMeaning::kRemoved || found->meaning == WordMeaning::kNeverMarked ||
          (found->meaning == WordMeaning::kIllegible && is_long))
        return true;
    }
  }
  return false;
}

// Takes the segments of a text one by one.
class Finder {
 public:
  void Take(const MarksSegment& segment) {
    if (segment.kind == "serial" || IsMoreOfSerial(segment)) return TakeSerial(segment);
    serial_ends_ = {};
    if (segment.kind.empty()) return TakeWords(segment.words);
    TakeLabelled(segment);
  }

  std::vector<MarksWord> Found() && {
    if (!serial_told_) AddUntoldSerial();
    return std::move(found_);
  }

 private:
  // As many words as are what the label says; else what all of them are together ("Typ: Pistole"); else
  // they are what it says, and not known.
  void TakeLabelled(const MarksSegment& segment) {
    const Texts& words = segment.words;
    for (size_t count = std::min(words.size(), kLabelledWordsMax); count > 0; --count) {
      std::optional<MarksWord> word = RecogniseAs(segment.kind, words, 0, count - 1, true);
      if (!word) continue;
      found_.push_back(*std::move(word));
      return TakeWords({words.begin() + static_cast<ptrdiff_t>(count), words.end()});
    }
    if (TogetherFrom(words, 0).first == words.size()) return TakeWords(words);
    found_.push_back(
        {std::string(Span(words.front(), words.back())), std::string(segment.kind), "not known"});
  }

  // A second number behind the comma: "serial: 771 (slide), AB123 (frame)".
  bool IsMoreOfSerial(const MarksSegment& segment) const {
    return !serial_ends_.empty() && segment.kind.empty() && HoldsNumber(segment.words.front()) &&
           TogetherFrom(segment.words, 0).first == 0;
  }

  // Up to the first word that is of another kind.
  void TakeSerial(const MarksSegment& segment) {
    const Texts& words = segment.words;
    size_t count = 1;
    while (count < words.size() && TogetherFrom(words, count).first == 0) ++count;
    std::string_view text = Span(words.front(), words[count - 1]);
    if (segment.kind.empty()) {
      text = Span(serial_ends_, text);
      found_.pop_back();
    }
    AddSerial(text);
    serial_ends_ = count == words.size() ? text : "";
    TakeWords({words.begin() + static_cast<ptrdiff_t>(count), words.end()});
  }

  void TakeWords(const Texts& words) {
    Texts left;
    for (size_t i = 0; i < words.size();) {
      if (LabelsSerial(words, i)) {
        AddSerial(words[i + 1]);
        TakeLeft(std::exchange(left, {}));
        i += 2;
        continue;
      }
      auto [count, word] = TogetherFrom(words, i);
      if (count == 0) {
        left.push_back(words[i++]);
        continue;
      }
      if (word.kind == "model") AddMakeIn(words, i, count);
      found_.push_back(std::move(word));
      TakeLeft(std::exchange(left, {}));
      i += count;
    }
    TakeLeft(left);
  }

  // How many words from there are one thing, the most that are, and what; 0 for none.
  static std::pair<size_t, MarksWord> TogetherFrom(const Texts& words, size_t first) {
    size_t count = 1;
    while (count < kWordsTogetherMax && first + count < words.size() &&
           !LabelsSerial(words, first + count)) {
      ++count;
    }
    for (; count > 0; --count) {
      std::optional<MarksWord> word = Recognise(words, first, first + count - 1);
      if (word) return {count, *std::move(word)};
    }
    return {};
  }

  static bool LabelsSerial(const Texts& words, size_t i) {
    return i + 1 < words.size() && SaysSerial(words[i]) && HoldsNumber(words[i + 1]);
  }

  // The maker's name that a model is written with: "Glock 17".
  void AddMakeIn(const Texts& words, size_t first, size_t count) {
    for (; count > 1; --count) {
      std::optional<MarksWord> make = RecogniseAs("make", words, first, first + count - 2, false);
      if (make) return found_.push_back(*std::move(make));
    }
  }

  void AddSerial(std::string_view text) {
    found_.push_back(Serial(text));
    serial_told_ = true;
  }

  // Words side by side that are nothing known.
  void TakeLeft(const Texts& left) {
    if (left.empty()) return;
    if (no_number_.empty() && SaysNoNumber(left)) no_number_ = Span(left.front(), left.back());
    for (const std::string_view word : left) {
      if (HoldsNumber(word) && FoldWord(word).size() >= kSerialBytesMin) numbers_.push_back(word);
    }
  }

  // The only number left that may be it, or that there is none to read.
  void AddUntoldSerial() {
    if (numbers_.size() == 1) return AddSerial(numbers_.front());
    if (numbers_.empty() && !no_number_.empty()) AddSerial(no_number_);
  }

  std::vector<MarksWord> found_;
  Texts numbers_;                 // that may be the serial
  std::string_view no_number_;    // words that say there is none to read
  std::string_view serial_ends_;  // a labelled serial that the last segment ends with
  bool serial_told_ = false;
};

}  // namespace

std::vector<MarksWord> WordsIn(std::string_view text) {
  Finder finder;
  for (const MarksSegment& segment : SegmentsOf(text)) finder.Take(segment);
  return std::move(finder).Found();
}

WrittenWeapon WeaponOf(const std::vector<MarksWord>& words) {
  WrittenWeapon weapon;
  const auto first = [&](const std::string& kind) -> std::string {
    for (const MarksWord& word : words) {
      if (word.kind == kind) return word.text;
    }
    return "";
  };
  weapon.make = first("make");
  weapon.model = first("model");
  weapon.calibre = first("calibre");
  weapon.type = first("type");
  weapon.country = first("country");
  weapon.serial = first("serial");
  return weapon;
}

}  // namespace tracegate
