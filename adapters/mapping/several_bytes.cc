#include "adapters/mapping/several_bytes.h"

#include <unicode/errorcode.h>
#include <unicode/localpointer.h>
#include <unicode/ucnv.h>
#include <unicode/unistr.h>
#include <unicode/utf16.h>

#include <algorithm>
#include <array>
#include <cstdint>

namespace tracegate {
namespace {

constexpr char kNoCharacter = '\xFF';

// Adds UTF-16 to UTF-8 text, all but half a character at its end, which goes to the front; how much went there.
size_t Take(UChar* units, size_t count, std::string* text) {
  const bool half = count > 0 && U16_IS_LEAD(units[count - 1]);
  const size_t whole = count - (half ? 1 : 0);
  icu::UnicodeString(false, units, static_cast<int32_t>(whole)).toUTF8String(*text);
  if (half) units[0] = units[whole];
  return half ? 1 : 0;
}

}  // namespace

std::string DecodeSeveralBytes(const std::string& set, std::string_view bytes) {
  icu::ErrorCode opened;
  const icu::LocalUConverterPointer converter(ucnv_open(set.c_str(), opened));
  ucnv_setToUCallBack(converter.getAlias(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr,
                      opened);
  if (opened.isFailure()) return std::string(bytes.size(), kNoCharacter);
  std::string text;
  text.reserve(bytes.size());
  std::array<UChar, 8192> units;
  size_t kept = 0;
  const char* from = bytes.data();
  const char* const end = from + bytes.size();
  UErrorCode outcome = U_BUFFER_OVERFLOW_ERROR;
  while (U_FAILURE(outcome)) {
    outcome = U_ZERO_ERROR;
    UChar* to = units.data() + kept;
    ucnv_toUnicode(converter.getAlias(), &to, units.data() + units.size(), &from, end, nullptr,
                   /*flush=*/true, &outcome);
    kept = Take(units.data(), static_cast<size_t>(to - units.data()), &text);
    if (U_FAILURE(outcome) && outcome != U_BUFFER_OVERFLOW_ERROR) text += kNoCharacter;
  }
  return text;
}

std::optional<std::string> EncodeSeveralBytes(const std::string& set, std::string_view text) {
  icu::ErrorCode error;
  const icu::LocalUConverterPointer converter(ucnv_open(set.c_str(), error));
  ucnv_setFromUCallBack(converter.getAlias(), UCNV_FROM_U_CALLBACK_STOP, nullptr, nullptr, nullptr,
                        error);
  const auto unicode = icu::UnicodeString::fromUTF8(
      icu::StringPiece(text.data(), static_cast<int32_t>(text.size())));
  if (error.isFailure() || unicode.indexOf(static_cast<UChar>(0xFFFD)) >= 0) return std::nullopt;
  std::string bytes(static_cast<size_t>(unicode.length()) *
                            static_cast<size_t>(ucnv_getMaxCharSize(converter.getAlias())) +
                        16,
                    '\0');
  const int32_t length =
      ucnv_fromUChars(converter.getAlias(), bytes.data(), static_cast<int32_t>(bytes.size()),
                      unicode.getBuffer(), unicode.length(), error);
  if (error.isFailure()) return std::nullopt;
  bytes.resize(static_cast<size_t>(length));
  return bytes;
}

}  // namespace tracegate
