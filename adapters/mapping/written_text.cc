#include "adapters/mapping/written_text.h"

#include <unicode/bytestream.h>
#include <unicode/errorcode.h>
#include <unicode/normalizer2.h>

#include <algorithm>

#include "protos/tracegate/utf8.h"

namespace tracegate {
namespace {

bool IsControl(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte == 0x7F || (byte < 0x20 && c != '\t' && c != '\n' && c != '\r');
}

void AppendEscaped(char c, std::string* text) {
  static constexpr char kHex[] = "0123456789abcdef";
  const auto byte = static_cast<unsigned char>(c);
  *text += "\\x";
  *text += kHex[byte >> 4];
  *text += kHex[byte & 15];
}

std::string EscapeControls(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    if (IsControl(c)) {
      AppendEscaped(c, &escaped);
    } else {
      escaped += c;
    }
  }
  return escaped;
}

}  // namespace

WrittenText ReadWritten(std::string_view value) {
  WrittenText written;
  // What is escaped can only get longer, so no more than the bound need be looked at.
  std::string_view rest = value.substr(0, kWrittenBytesMax + 4);
  while (!rest.empty()) {
    const std::string_view valid = rest.substr(0, ValidUtf8Prefix(rest));
    const bool controls = std::any_of(valid.begin(), valid.end(), IsControl);
    if (controls) written.changed = "has control characters, written \\xNN";
    written.text += controls ? EscapeControls(valid) : std::string(valid);
    rest.remove_prefix(valid.size());
    if (written.text.size() > kWrittenBytesMax) break;
    if (rest.empty()) break;
    written.changed = "has bytes that are not UTF-8, written \\xNN";
    AppendEscaped(rest[0], &written.text);
    rest.remove_prefix(1);
  }
  if (value.size() > kWrittenBytesMax || written.text.size() > kWrittenBytesMax) {
    written.changed = "is longer than 4096 bytes and was cut";
    written.text = CutText(written.text, kWrittenBytesMax);
  }
  return written;
}

std::string WordOf(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r\n";
  const size_t begin = text.find_first_not_of(kBlanks);
  if (begin == std::string_view::npos) return "";
  const std::string word(text.substr(begin, text.find_last_not_of(kBlanks) - begin + 1));
  const auto is_ascii = [](char c) { return static_cast<unsigned char>(c) < 0x80; };
  if (std::all_of(word.begin(), word.end(), is_ascii)) return word;

  icu::ErrorCode error;
  const icu::Normalizer2* nfc = icu::Normalizer2::getNFCInstance(error);
  std::string normal;
  icu::StringByteSink<std::string> sink(&normal);
  if (error.isSuccess()) nfc->normalizeUTF8(0, word, sink, nullptr, error);
  return error.isSuccess() ? normal : word;
}

std::string_view CutText(std::string_view text, size_t bytes_max) {
  if (text.size() <= bytes_max) return text;
  return text.substr(0, ValidUtf8Prefix(text.substr(0, bytes_max)));
}

}  // namespace tracegate
