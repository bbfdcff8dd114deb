#ifndef TRACEGATE_GATEWAY_TRANSFERS_ROW_NOTES_H_
#define TRACEGATE_GATEWAY_TRANSFERS_ROW_NOTES_H_

#include <set>
#include <string>
#include <string_view>

namespace tracegate {

// The words of all the lines that a row adds up, each once, in alphabetical order and bounded: the same whatever the order
// in which they came.
class RowNotes {
 public:
  void Add(std::string_view note);

  // "Glock 17; Glock 19; and others".
  std::string Text() const;

 private:
  std::set<std::string, std::less<>> first_;
  bool more_ = false;
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_TRANSFERS_ROW_NOTES_H_
