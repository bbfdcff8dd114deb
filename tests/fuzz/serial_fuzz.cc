// A serial number off a form, a registry or a weapon.

#include "adapters/marking/serial.h"

#include <set>

#include "tests/fuzz/property.h"

namespace tracegate {
namespace {

void CheckKeys(const SerialReading& reading) {
  const bool whole = reading.unread == 0 && !reading.length_unknown;
  Require(whole == reading.pattern.empty(), "there is a pattern where something is unread");
  Require(whole == !reading.key.empty(), "there is a key where nothing is unread");
  Require(reading.key.empty() == reading.plain_key.empty(), "a key comes in its own script too");
  Require(reading.read > 0 || !whole, "a key has characters");
  for (const std::string& key :
       {reading.key, reading.sound_key, reading.plain_key, reading.pattern}) {
    RequireText(key, "a key");
    Require(key.find(' ') == std::string::npos, "a key has no spaces");
  }
}

void CheckSpellings(const SerialReading& reading) {
  const std::vector<std::string> spellings = SpellingsOf(reading);
  const std::set<std::string> each(spellings.begin(), spellings.end());
  Require(each.size() == spellings.size(), "a spelling stands once");
  Require(each.size() <= kSerialSpellingsMax, "spellings are bounded");
  Require(each.count("") == 0, "nobody looks for nothing");
}

}  // namespace
}  // namespace tracegate

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  using namespace tracegate;
  const std::string_view text = TextOf(bytes, size);
  const SerialReading reading = ReadSerial(text);
  Require(reading.verbatim == text, "what was read is kept");
  CheckSpellings(reading);
  if (reading.numbers.empty()) {
    Require(reading.key.empty() && reading.pattern.empty(), "no number has no key");
  } else {
    Require(reading.chosen < reading.numbers.size(), "the chosen number is one of them");
    CheckKeys(reading);
  }
  return 0;
}
