#ifndef TRACEGATE_ADAPTERS_MAPPING_WRITTEN_TEXT_H_
#define TRACEGATE_ADAPTERS_MAPPING_WRITTEN_TEXT_H_

#include <cstddef>
#include <string>
#include <string_view>

namespace tracegate {

// What a message holds of one value; longer ones are cut.
inline constexpr size_t kWrittenBytesMax = 4096;

// A registry's value as a message can hold it.
struct WrittenText {
  std::string text;
  std::string_view changed;  // how it differs from the registry's bytes; empty where it does not
};

// Keeps the value byte for byte where a message may hold it so. Bytes that are not UTF-8, and control
// characters other than tab and line break, become `\xNN`; past kWrittenBytesMax the rest is cut.
WrittenText ReadWritten(std::string_view value);

// The word in a value: without the blanks that a fixed-width column pads with, in Unicode NFC, so that
// two spellings of one letter are one word. `text` is UTF-8.
std::string WordOf(std::string_view text);

// `text` without what is past `bytes_max`, cut between characters. `text` is UTF-8.
std::string_view CutText(std::string_view text, size_t bytes_max);

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_MAPPING_WRITTEN_TEXT_H_
