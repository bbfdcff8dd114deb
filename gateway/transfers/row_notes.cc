#include "gateway/transfers/row_notes.h"

#include "protos/tracegate/utf8.h"

namespace tracegate {
namespace {

constexpr size_t kNotesMax = 8;
constexpr size_t kNoteBytesMax = 200;

}  // namespace

void RowNotes::Add(std::string_view note) {
  if (note.empty()) return;
  if (note.size() > kNoteBytesMax) {
    note = note.substr(0, kNoteBytesMax);
    note = note.substr(0, ValidUtf8Prefix(note));
  }
  if (first_.find(note) != first_.end()) return;
  if (first_.size() == kNotesMax && note > *first_.rbegin()) {
    more_ = true;
    return;
  }
  first_.emplace(note);
  if (first_.size() <= kNotesMax) return;
  first_.erase(std::prev(first_.end()));
  more_ = true;
}

std::string RowNotes::Text() const {
  std::string text;
  for (const std::string& note : first_) text += (text.empty() ? "" : "; ") + note;
  return more_ ? text + "; and others" : text;
}

}  // namespace tracegate
