// A text that somebody gives to `tracegate marks read`.

#include "gateway/cli/marks_words.h"

#include "tests/fuzz/property.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  using namespace tracegate;
  const std::string text(TextOf(bytes, size));
  const std::vector<MarksWord> words = WordsIn(text);
  for (const MarksWord& word : words) {
    Require(!word.text.empty() && text.find(word.text) != std::string::npos,
            "what is recognised stands in the text");
    Require(!word.kind.empty() && !word.meaning.empty(), "what is recognised means something");
  }
  const std::string serial = WeaponOf(words).serial;
  Require(serial.empty() || text.find(serial) != std::string::npos, "the serial is as written");
  return 0;
}
