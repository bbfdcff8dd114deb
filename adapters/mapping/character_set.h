#ifndef TRACEGATE_ADAPTERS_MAPPING_CHARACTER_SET_H_
#define TRACEGATE_ADAPTERS_MAPPING_CHARACTER_SET_H_

#include <array>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace tracegate {

// The bytes by which a registry stores text: UTF-8; a set with one byte for each character, such as ISO-8859-1,
// windows-1251, IBM437 or the EBCDIC set IBM037; or one with several, such as Shift_JIS, GB18030 or UTF-16, in which only
// a text as a whole can be taken apart.
//
// Thread safety: immutable.
class CharacterSet {
 public:
  // UTF-8: nothing is changed.
  CharacterSet() = default;

  // By its IANA or ICU name; empty: UTF-8. Errors: INVALID_ARGUMENT saying what is wrong with the name: sets that switch
  // between others as they go, such as ISO-2022-JP, are none of these.
  static absl::StatusOr<CharacterSet> Named(const std::string& name);

  // In UTF-8. A byte that is no character of the set stays as it is, or with several bytes becomes an FF: with what is no
  // UTF-8 either, it is told as lost later on.
  std::string Decode(std::string_view bytes) const;

  // The bytes of UTF-8 text; nothing where the set lacks one of its characters, so that no cell can hold it.
  std::optional<std::string> Encode(std::string_view text) const;

  bool is_utf8() const { return bytes_.empty() && several_.empty(); }
  // Whether a character of it may have several bytes; not of UTF-8.
  bool has_several_bytes() const { return !several_.empty(); }
  // Whether ASCII text has the same bytes in it, as in all sets but those of EBCDIC.
  bool holds_ascii() const { return is_utf8() || Encode("AZaz09 -?") == "AZaz09 -?"; }

 private:
  std::array<std::string, 256> characters_;         // by byte
  std::map<std::string, char, std::less<>> bytes_;  // by character; empty but for one byte each
  std::string several_;                             // ICU's name of a set with several; else empty
};

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_MAPPING_CHARACTER_SET_H_
