#include "adapters/marking/mark_characters.h"

#include <algorithm>

#include "adapters/marking/ascii_text.h"
#include "adapters/marking/serial_set.h"
#include "adapters/marking/text.h"

namespace tracegate {
namespace {

constexpr std::string_view kUnreadSigns[] = {"?",      "*",      "_",      "#",     "\u25A1",
                                             "\u25A0", "\u2022", "\uFF1F", "\uFFFD"};
constexpr std::string_view kOrdinalSigns[] = {"\u2116", "\u00BA",
                                              "\u00B0"};  // No., N with o, N with a ring
constexpr std::string_view kEllipsis = "\u2026";

// Length of the sign at the front that is one of `signs`, 0 where there is none.
template <size_t kCount>
size_t SignAtFront(std::string_view text, const std::string_view (&signs)[kCount]) {
  for (const std::string_view sign : signs) {
    if (text.substr(0, sign.size()) == sign) return sign.size();
  }
  return 0;
}

// Length of a run of dots at the front that stands for missing characters.
size_t DotRun(std::string_view text) {
  if (text.substr(0, kEllipsis.size()) == kEllipsis) return kEllipsis.size();
  const size_t dots = std::min(text.find_first_not_of('.'), text.size());
  return dots >= 2 ? dots : 0;
}

}  // namespace

size_t OrdinalSignAtFront(std::string_view text) { return SignAtFront(text, kOrdinalSigns); }

std::string MarkCharacters(std::string_view text) {
  std::string marks;
  size_t start = 0;
  const auto flush = [&](size_t end) { marks += FoldWord(text.substr(start, end - start)); };
  for (size_t i = 0; i < text.size();) {
    if (IsAsciiAlnum(text[i])) {
      ++i;
      continue;
    }
    if (const SerialSet set = SerialSetAt(text, i); set.bytes > 0) {
      flush(i);
      marks += set.members.empty() ? '*' : '?';
      i += set.bytes;
      start = i;
      continue;
    }
    const size_t dots = DotRun(text.substr(i));
    const size_t unread = dots == 0 ? SignAtFront(text.substr(i), kUnreadSigns) : 0;
    const size_t ordinal = OrdinalSignAtFront(text.substr(i));
    if (dots + unread + ordinal == 0) {
      ++i;
      continue;
    }
    flush(i);
    if (unread > 0) marks += '?';
    if (dots > 0 && (marks.empty() || marks.back() != '*')) marks += '*';
    i += dots + unread + ordinal;
    start = i;
  }
  flush(text.size());
  return marks;
}

}  // namespace tracegate
