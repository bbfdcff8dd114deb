#ifndef TRACEGATE_ADAPTERS_PLUGIN_LINE_SPLITTER_H_
#define TRACEGATE_ADAPTERS_PLUGIN_LINE_SPLITTER_H_

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

namespace tracegate {

// Cuts what a process writes into lines of printable text of at most `kLineBytesMax`; the rest of a longer one is passed
// over. Bytes beyond ASCII stay; control characters become blanks.
class LineSplitter {
 public:
  static constexpr size_t kLineBytesMax = 512;

  explicit LineSplitter(std::function<void(std::string)> take) : take_(std::move(take)) {}

  void Add(std::string_view bytes) {
    for (const char c : bytes) {
      if (c == '\n') {
        End();
      } else if (line_.size() < kLineBytesMax) {
        line_ += static_cast<unsigned char>(c) < ' ' || c == 0x7f ? ' ' : c;
      }
    }
  }

  // What stands after the last line break is a line too.
  void End() {
    while (!line_.empty() && line_.back() == ' ') line_.pop_back();
    if (!line_.empty()) take_(std::exchange(line_, {}));
  }

 private:
  const std::function<void(std::string)> take_;
  std::string line_;
};

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_PLUGIN_LINE_SPLITTER_H_
