#include "adapters/mapping/character_set.h"

#include <unicode/errorcode.h>
#include <unicode/localpointer.h>
#include <unicode/ucnv.h>
#include <unicode/unistr.h>

#include <algorithm>

#include "absl/status/status.h"
#include "adapters/mapping/several_bytes.h"

namespace tracegate {
namespace {

// How many bytes the character at the front of UTF-8 text has, by its first.
size_t CharacterBytes(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text.front());
  const size_t bytes = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  return std::min(bytes, text.size());
}

// The character of one byte in UTF-8; empty where the set has none there. ICU gives the controls above ASCII for bytes
// that a set leaves free; of those only the line end of EBCDIC (NEL) is ever written by a registry.
std::string CharacterOf(char byte, UConverter* converter) {
  icu::ErrorCode error;
  const icu::UnicodeString character(&byte, 1, converter, error);
  if (error.isFailure() || character.countChar32() != 1 || character[0] == 0xFFFD) return "";
  if (character[0] == 0x85) return "\n";
  if (character[0] >= 0x80 && character[0] < 0xA0) return "";
  std::string utf8;
  return character.toUTF8String(utf8);
}

// Whether each character stands for itself, whatever was before it.
bool HasSeveralBytes(UConverterType type) {
  return type == UCNV_MBCS || type == UCNV_UTF16 || type == UCNV_UTF16_BigEndian ||
         type == UCNV_UTF16_LittleEndian;
}

}  // namespace

absl::StatusOr<CharacterSet> CharacterSet::Named(const std::string& name) {
  icu::ErrorCode error;
  const icu::LocalUConverterPointer converter(ucnv_open(name.c_str(), error));
  if (!name.empty() && error.isFailure()) {
    return absl::InvalidArgumentError("is no character set; expected such as ISO-8859-1");
  }
  CharacterSet set;
  if (name.empty() || ucnv_getType(converter.getAlias()) == UCNV_UTF8) return set;
  if (ucnv_getMaxCharSize(converter.getAlias()) != 1) {
    if (!HasSeveralBytes(ucnv_getType(converter.getAlias()))) {
      return absl::InvalidArgumentError(
          "switches between sets as it goes; expected one such as Shift_JIS or UTF-16");
    }
    set.several_ = name;
    return set;
  }
  for (int i = 0; i < 256; ++i) {
    const char byte = static_cast<char>(i);
    std::string& character = set.characters_[static_cast<size_t>(i)];
    character = CharacterOf(byte, converter.getAlias());
    if (!character.empty()) set.bytes_.emplace(character, byte);
  }
  return set;
}

std::string CharacterSet::Decode(std::string_view bytes) const {
  if (is_utf8()) return std::string(bytes);
  if (has_several_bytes()) return DecodeSeveralBytes(several_, bytes);
  std::string text;
  text.reserve(bytes.size());
  for (const char byte : bytes) {
    const std::string& character = characters_[static_cast<unsigned char>(byte)];
    if (character.empty()) {
      text += byte;
    } else {
      text += character;
    }
  }
  return text;
}

std::optional<std::string> CharacterSet::Encode(std::string_view text) const {
  if (is_utf8()) return std::string(text);
  if (has_several_bytes()) return EncodeSeveralBytes(several_, text);
  std::string bytes;
  for (size_t length = 0; !text.empty(); text.remove_prefix(length)) {
    length = CharacterBytes(text);
    const auto found = bytes_.find(text.substr(0, length));
    if (found == bytes_.end()) return std::nullopt;
    bytes += found->second;
  }
  return bytes;
}

}  // namespace tracegate
