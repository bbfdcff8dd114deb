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

// The bytes by which a registry stores text: UTF-8, or a set with one byte for each character, such as ISO-8859-1,
// windows-1251, IBM437 or the EBCDIC set IBM037.
//
// Thread safety: immutable.
class CharacterSet {
 public:
  // UTF-8: nothing is changed.
  CharacterSet() = default;

  // By its IANA or ICU name; empty: UTF-8. Errors: INVALID_ARGUMENT saying what is wrong with the name.
  static absl::StatusOr<CharacterSet> Named(const std::string& name);

  // In UTF-8. A byte that is no character of the set stays as it is: with what is no UTF-8 either, it is told as lost
  // later on.
  std::string Decode(std::string_view bytes) const;

  // The bytes of UTF-8 text; nothing where the set lacks one of its characters, so that no cell can hold it.
  std::optional<std::string> Encode(std::string_view text) const;

  bool is_utf8() const { return bytes_.empty(); }
  // Whether ASCII text has the same bytes in it, as in all sets but those of EBCDIC.
  bool holds_ascii() const { return is_utf8() || Encode("AZaz09 -?") == "AZaz09 -?"; }

 private:
  std::array<std::string, 256> characters_;         // by byte
  std::map<std::string, char, std::less<>> bytes_;  // by character; empty for UTF-8
};

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_MAPPING_CHARACTER_SET_H_
