#include "adapters/marking/remark.h"

#include <algorithm>
#include <utility>

#include "adapters/marking/text.h"

namespace tracegate {

void RemarkList::Add(v1::RemarkSeverity severity, const std::string& field, v1::RemarkKind kind,
                     std::string_view key, const RemarkValues& values) {
  const RemarkText& text = RemarkTexts::Standard().Find(key, language_);
  v1::MarkRemark& remark = remarks_.emplace_back();
  remark.set_field(path_.empty() || field.empty() ? path_ + field : path_ + "." + field);
  remark.set_kind(kind);
  remark.set_severity(severity);
  remark.set_message(Filled(text.text, values));
  remark.set_help(Filled(text.help, values));
}

void RemarkList::Error(const std::string& field, v1::RemarkKind kind, std::string_view key,
                       const RemarkValues& values) {
  Add(v1::REMARK_SEVERITY_ERROR, field, kind, key, values);
}

void RemarkList::Warning(const std::string& field, v1::RemarkKind kind, std::string_view key,
                         const RemarkValues& values) {
  Add(v1::REMARK_SEVERITY_WARNING, field, kind, key, values);
}

void RemarkList::Note(const std::string& field, v1::RemarkKind kind, std::string_view key,
                      const RemarkValues& values) {
  Add(v1::REMARK_SEVERITY_NOTE, field, kind, key, values);
}

std::string Quoted(std::string_view text) {
  constexpr size_t kShownBytesMax = 60;
  std::string shown = Nfc(text.substr(0, kShownBytesMax));
  if (text.size() > kShownBytesMax) {
    // The cut may have split a character: the replacement sign it left goes too.
    constexpr std::string_view kReplacement = "\uFFFD";
    while (shown.size() >= kReplacement.size() &&
           std::string_view(shown).substr(shown.size() - kReplacement.size()) == kReplacement) {
      shown.resize(shown.size() - kReplacement.size());
    }
    shown += "...";
  }
  std::replace_if(
      shown.begin(), shown.end(), [](char c) { return (c >= 0 && c < ' ') || c == 0x7F; }, ' ');
  return "'" + shown + "'";
}

}  // namespace tracegate
