#ifndef TRACEGATE_GATEWAY_TRANSFERS_TEXT_ARENA_H_
#define TRACEGATE_GATEWAY_TRANSFERS_TEXT_ARENA_H_

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <memory>
#include <string_view>
#include <vector>

namespace tracegate {

// Keeps many short texts side by side, without a length and an allocation for each.
//
// Thread safety: as a std::vector. Lifetime: what is kept lives as long as the arena.
class TextArena {
 public:
  std::string_view Keep(std::string_view text) {
    if (text.size() > left_) {
      left_ = std::max(kBlockBytes, text.size());
      blocks_.push_back(std::make_unique<char[]>(left_));
      next_ = blocks_.back().get();
    }
    // Nothing is copied out of an empty view: its data may be null.
    if (!text.empty()) std::memcpy(next_, text.data(), text.size());
    const std::string_view kept(next_, text.size());
    next_ += text.size();
    left_ -= text.size();
    return kept;
  }

 private:
  static constexpr size_t kBlockBytes = size_t{1} << 16;

  std::vector<std::unique_ptr<char[]>> blocks_;
  char* next_ = nullptr;
  size_t left_ = 0;
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_TRANSFERS_TEXT_ARENA_H_
